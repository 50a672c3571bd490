"""Signing in as a person of the demo city, and coming back with the typed form."""

from fastapi import APIRouter
from starlette.responses import PlainTextResponse

from tests.web.house import HANDLER, Gateway, browser, gone, hidden_of, problem
from web.forms import Posted
from web.viewer import SignedIn

PEOPLE = {
    "items": [
        {"username": "handler", "name": "Päivi Käsittelijä", "title": "Käsittelijä", "roles": []},
        {"username": "integration", "name": "Liittymä", "title": "", "roles": []},
    ]
}
SESSION = {"token": "new-session", "expires_at": "2026-11-24T15:00:00Z", "person": {"name": "Päivi"}}


def a_gateway(me=None) -> Gateway:
    gateway = Gateway(me) if me is not None else Gateway()
    gateway["GET /demo-people"] = PEOPLE
    gateway["POST /sessions"] = SESSION
    return gateway


def sign_in(client, html: str, username: str = "handler"):
    return client.post("/sign-in", data={**hidden_of(html), "username": username})


def test_a_stranger_is_sent_to_sign_in_and_back():
    with browser(a_gateway(), signed_in=False) as client:
        first = client.get("/customers?q=koulu")
        assert first.status_code == 303
        form = client.get(first.headers["location"])
        answer = sign_in(client, form.text)
    assert answer.status_code == 303
    assert answer.headers["location"] == "/customers?q=koulu"
    assert "kumppani_session=new-session" in answer.headers["set-cookie"]
    assert "HttpOnly" in answer.headers["set-cookie"]


def test_people_who_can_use_the_pages_are_offered_with_what_they_can_do():
    with browser(a_gateway(), signed_in=False) as client:
        html = client.get("/sign-in").text
    assert 'value="handler"' in html
    assert "Käsittelee palautteita määräajan mukaan" in html
    assert 'value="integration"' not in html


def test_a_refused_sign_in_says_so_and_offers_the_people_again():
    gateway = a_gateway()
    gateway["POST /sessions"] = problem(404, "not_found", "Tätä ei löydy.")
    with browser(gateway, signed_in=False) as client:
        answer = sign_in(client, client.get("/sign-in").text)
    assert answer.status_code == 422
    assert "Tätä ei löydy." in answer.text
    assert 'value="handler"' in answer.text


def test_signing_in_without_the_gateway_says_so():
    gateway = a_gateway()
    gateway["POST /sessions"] = gone
    gateway["GET /demo-people"] = gone
    with browser(gateway, signed_in=False) as client:
        answer = sign_in(client, client.get("/sign-in").text)
    assert answer.status_code == 503
    assert "Kirjautuminen ei juuri nyt onnistu" in answer.text


def test_an_ended_session_is_told_and_forgotten():
    with browser(a_gateway(problem(401, "unauthenticated"))) as client:
        answer = client.get("/customers")
    assert answer.headers["location"] == "/sign-in?next=%2Fcustomers"
    cookies = answer.headers.get_list("set-cookie")
    assert any(cookie.startswith('kumppani_session=""') for cookie in cookies)
    assert any(cookie.startswith("kumppani_notice=") for cookie in cookies)


def test_a_form_sent_after_the_session_is_kept_over_the_sign_in():
    """N6: what a person wrote is never lost; the same key makes twice once."""
    gateway = a_gateway(problem(401, "unauthenticated"))
    typed = {"form_key": "the-key", "description": "Kolmas vuoro jäi ilman perunoita"}
    with browser(gateway, rooms=[a_room()]) as client:
        ended = client.post("/notes", data={"form_token": "of the old session", **typed})
        assert ended.status_code == 401
        gateway["GET /me"] = HANDLER
        resumed = sign_in(client, ended.text)
        kept = hidden_of(resumed.text)
        sent = client.post("/notes", data=kept)
    assert "Kolmas vuoro jäi ilman perunoita" in resumed.text
    assert sent.text == "the-key: Kolmas vuoro jäi ilman perunoita"


def test_a_form_of_another_site_is_not_kept_over_the_sign_in():
    gateway = a_gateway(problem(401, "unauthenticated"))
    with browser(gateway, rooms=[a_room()]) as client:
        answer = client.post(
            "/notes", data={"description": "planted words"}, headers={"Origin": "https://evil.example"}
        )
    assert answer.status_code == 401
    assert "planted words" not in answer.text


def a_room() -> APIRouter:
    """Return a room that says back what was posted to it."""
    room = APIRouter()

    @room.post("/notes")
    async def note(viewer: SignedIn, form: Posted) -> PlainTextResponse:
        return PlainTextResponse(f"{form.key}: {form.text('description')}")

    return room


def test_signing_out_ends_the_session_on_both_sides():
    gateway = a_gateway()
    with browser(gateway) as client:
        html = client.get("/").text
        token = html.split('name="form_token" value="')[1].split('"')[0]
        answer = client.post("/sign-out", data={"form_token": token})
    assert answer.headers["location"] == "/sign-in"
    assert answer.headers["clear-site-data"] == '"storage"'
    assert gateway.sent("DELETE", "/sessions/current") == [None]


def test_one_can_sign_out_when_the_gateway_is_away():
    gateway = a_gateway()
    with browser(gateway) as client:
        token = client.get("/").text.split('name="form_token" value="')[1].split('"')[0]
        gateway["DELETE /sessions/current"] = gone
        answer = client.post("/sign-out", data={"form_token": token})
    assert answer.status_code == 303
