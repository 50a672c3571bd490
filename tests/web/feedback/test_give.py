"""Anna palautetta: what is asked, what is sent, and that nothing typed is lost."""

import httpx2
from fastapi.testclient import TestClient
from httpx2 import Response

from tests.web.feedback.city import CASE_ID, HEAD, OTHER_ID, SITE_ID, THE_SITE, URGENT, a_case, city, form_of
from tests.web.house import SITE, browser, problem

GIVE = "/feedback/new"
TYPED = {"kind": "complaint", "description": "Lounas loppui kesken. Kolme luokkaa jäi ilman.", "wish": "call"}


def posted(client: TestClient, **typed: str) -> Response:
    page = client.get(GIVE)
    return client.post(GIVE, data={**form_of(page.text, GIVE), **TYPED, **typed})


def test_the_only_site_is_chosen_by_itself() -> None:
    with browser(city(HEAD)) as client:
        page = client.get(GIVE)
    assert page.status_code == 200
    assert "Rajakylän koulu" in page.text
    assert f'name="site_id" value="{SITE_ID}"' in page.text


def test_an_own_site_that_is_known_with_its_services_is_not_asked_for() -> None:
    own = SITE | {"services": [{"service": "meals"}, {"service": "cleaning"}]}
    gateway = city(HEAD | {"sites": [own]})
    with browser(gateway) as client:
        pages = [client.get(address).text for address in (GIVE, f"{GIVE}?site_id={SITE_ID}")]
        answer = posted(client, service="cleaning")
    assert [f'name="site_id" value="{SITE_ID}"' in page and 'value="cleaning"' in page for page in pages] == [
        True,
        True,
    ]
    assert answer.status_code == 303
    assert [request.url.path for request in gateway.asked if "/sites" in request.url.path] == []


def test_another_site_is_asked_for_by_who_has_one_of_their_own() -> None:
    gateway = city(HEAD | {"sites": [SITE | {"id": OTHER_ID, "services": [{"service": "meals"}]}]})
    with browser(gateway) as client:
        page = client.get(f"{GIVE}?site_id={SITE_ID}").text
        found = client.get(f"{GIVE}?q=koulu").text
    assert f'name="site_id" value="{SITE_ID}"' in page
    assert 'id="field-description"' not in found


def test_the_link_of_a_qr_code_chooses_the_site() -> None:
    gateway = city(HEAD)
    gateway["GET /sites"] = {"items": [THE_SITE, THE_SITE | {"name": "Toinen koulu"}], "next": None}
    with browser(gateway) as client:
        assert 'id="field-description"' not in client.get(GIVE).text
        assert 'id="field-description"' in client.get(f"{GIVE}?site_id={SITE_ID}").text


def test_a_site_that_is_not_ones_own_leads_to_the_choice() -> None:
    gateway = city(HEAD)
    with browser(gateway) as client:
        page = client.get(f"{GIVE}?site_id=0190a000-0000-7000-8000-0000000000ff")
    assert "Linkin kohdetta ei löytynyt" in page.text


def test_what_is_not_chosen_is_left_to_the_service() -> None:
    gateway = city(HEAD)
    with browser(gateway) as client:
        answer = posted(client)
    assert answer.status_code == 303
    assert answer.headers["location"] == f"/feedback/sent/{CASE_ID}"
    (body,) = gateway.sent("POST", "/cases")
    assert body == {
        "site_id": SITE_ID,
        "kind": "complaint",
        "description": TYPED["description"],
        "channel": "web",
        "wish": "call",
    }


def test_twice_pressed_carries_the_same_key() -> None:
    gateway = city(HEAD)
    with browser(gateway) as client:
        fields = form_of(client.get(GIVE).text, GIVE)
        for _ in range(2):
            client.post(GIVE, data={**fields, **TYPED})
    keys = [request.headers["idempotency-key"] for request in gateway.asked if request.method == "POST"]
    assert len(keys) == 2
    assert len(set(keys)) == 1


def test_a_chosen_service_is_sent_and_one_of_another_site_is_not() -> None:
    gateway = city(HEAD)
    with browser(gateway) as client:
        posted(client, service="cleaning")
        assert posted(client, service="coffee").status_code == 303
    first, second = gateway.sent("POST", "/cases")
    assert (first["service"], "service" in second) == ("cleaning", False)


def test_the_box_stands_under_the_kinds_with_whom_to_call_and_needs_no_script() -> None:
    with browser(city(HEAD)) as client:
        page = client.get(GIVE).text
    expected = ('name="kind"', 'name="danger"', "tel:0447001112", 'id="field-description"')
    order = [page.index(each) for each in expected]
    assert order == sorted(order)
    assert "Ota ruoka pois jaosta." in page


def test_after_sending_the_call_comes_first_and_nothing_is_asked_again() -> None:
    gateway = city(HEAD)
    gateway[f"GET /cases/{CASE_ID}"] = a_case(severity="critical")
    with browser(gateway) as client:
        page = client.get(f"/feedback/sent/{CASE_ID}").text
    main = page.split("<main", 1)[1]
    assert "Soita nyt: Leena Päivystäjä</h1>" in main
    assert main.index("Soita nyt") < main.index("Kiitos, palaute on perillä")
    assert "Onko joku sairastunut" not in main
    assert main.count("<h1") == 1


def test_a_reader_who_is_the_one_to_call_is_told_so() -> None:
    own = {"code": "you_yourself", "text": "Olet itse tämän aiheen vastuuhenkilö: tässä on sijaisesi."}
    gateway = city(HEAD, **{"GET /whom-to-contact": URGENT | {"reason": own}})
    with browser(gateway) as client:
        assert "Olet itse tämän aiheen vastuuhenkilö" in client.get(GIVE).text


def test_the_form_stands_when_nobody_can_judge_the_words() -> None:
    gateway = city(HEAD)
    gateway["POST /cases/triage"] = problem(503, "unavailable")
    with browser(gateway) as client:
        assert posted(client, kind="").status_code == 422


def test_the_ticked_box_is_sent() -> None:
    gateway = city(HEAD)
    with browser(gateway) as client:
        posted(client, danger="yes")
    (body,) = gateway.sent("POST", "/cases")
    assert body["danger"] is True


def test_when_it_happened_is_local_time() -> None:
    gateway = city(HEAD)
    with browser(gateway) as client:
        posted(client, occurred_at="2026-11-23T11:30")
    (body,) = gateway.sent("POST", "/cases")
    assert body["occurred_at"] == "2026-11-23T11:30:00+02:00"


def test_what_is_missing_is_said_and_what_is_typed_comes_back() -> None:
    gateway = city(HEAD)
    with browser(gateway) as client:
        answer = posted(client, kind="", description="Jotain outoa tapahtui", occurred_at="eilen")
    assert answer.status_code == 422
    assert gateway.sent("POST", "/cases") == []
    for words in (
        "Valitse, millaisesta asiasta on kyse.",
        "Anna päivä ja kellonaika",
        "Jotain outoa tapahtui",
    ):
        assert words in answer.text


def test_a_refusal_of_the_gateway_stands_at_its_field() -> None:
    errors = [{"pointer": "#/occurred_at", "code": "in_future", "detail": "Aika on tulevaisuudessa."}]
    gateway = city(HEAD)
    gateway["POST /cases"] = problem(422, "invalid", "Tarkista", errors=errors)
    with browser(gateway) as client:
        answer = posted(client, occurred_at="2027-11-23T11:30")
    assert answer.status_code == 422
    assert 'id="fault-occurred_at"' in answer.text
    assert "Lounas loppui kesken" in answer.text


def test_a_failed_send_keeps_the_text_and_the_key() -> None:
    def away(_: httpx2.Request) -> httpx2.Response:
        raise httpx2.ConnectError("away")

    gateway = city(HEAD)
    gateway["POST /cases"] = away
    with browser(gateway) as client:
        fields = form_of(client.get(GIVE).text, GIVE)
        answer = client.post(GIVE, data={**fields, **TYPED})
    assert answer.status_code == 503
    assert "Kolme luokkaa jäi ilman." in answer.text
    assert fields["form_key"] in answer.text


def test_a_word_finds_its_way_in_without_the_registry() -> None:
    gateway = city(HEAD)
    gateway["GET /sites"] = problem(503, "unavailable")
    gateway[f"GET /sites/{SITE_ID}"] = problem(503, "unavailable")
    with browser(gateway) as client:
        page = client.get(f"{GIVE}?site_id={SITE_ID}")
        answer = client.post(GIVE, data={**form_of(page.text, GIVE), **TYPED})
    assert page.status_code == 200
    assert answer.status_code == 303
    assert len(gateway.sent("POST", "/cases")) == 1


def test_an_ended_session_keeps_the_text() -> None:
    gateway = city(HEAD)
    with browser(gateway) as client:
        fields = form_of(client.get(GIVE).text, GIVE)
        gateway["GET /me"] = problem(401, "unauthenticated")
        answer = client.post(GIVE, data={**fields, **TYPED})
    assert answer.status_code == 401
    assert "Kolme luokkaa j" in answer.text


def test_the_words_typed_so_far_tell_the_service() -> None:
    with browser(city(HEAD)) as client:
        fields = form_of(client.get(GIVE).text, GIVE)
        answer = client.post(
            f"{GIVE}/guess", data={**fields, "description": "Vessat siivoamatta", "service": ""}
        )
    assert answer.text.lstrip().startswith('<div class="guess" id="guess">')
    assert '<option value="cleaning" selected>' in answer.text


def test_a_service_that_the_person_chose_is_left_as_it_is() -> None:
    with browser(city(HEAD)) as client:
        fields = form_of(client.get(GIVE).text, GIVE)
        answer = client.post(
            f"{GIVE}/guess",
            data={**fields, "description": "Vessat siivoamatta", "service": "meals", "guessed": ""},
        )
    assert answer.status_code == 204


def test_words_of_danger_show_whom_to_call() -> None:
    with browser(city(HEAD)) as client:
        fields = form_of(client.get(GIVE).text, GIVE)
        answer = client.post(
            f"{GIVE}/guess", data={**fields, "description": "Oppilas oksensi lounaan jälkeen"}
        )
    assert "tel:0447001112" in answer.text
    assert "112" in answer.text


def test_the_stand_in_is_called_when_the_person_is_away() -> None:
    stand_in = {"person_id": None, "name": "Siiri Sijainen", "phone": "044 999", "email": None}
    gateway = city(HEAD, **{"GET /whom-to-contact": URGENT | {"away": True, "stand_in": stand_in}})
    with browser(gateway) as client:
        assert "Siiri Sijainen, 044\u00a0999" in client.get(GIVE).text


def test_the_receipt_names_who_answers_and_by_when() -> None:
    with browser(city(HEAD)) as client:
        page = client.get(f"/feedback/sent/{CASE_ID}")
    for words in ("P-2026-000123", "Päivi Käsittelijä", "tel:0447003003", "ti 24.11. klo 11.00"):
        assert words in page.text


def test_a_stranger_gets_404_for_the_receipt() -> None:
    with browser(city(HEAD)) as client:
        assert client.get("/feedback/sent/0190a000-0000-7000-8000-0000000000ff").status_code == 404


def test_the_form_speaks_each_language() -> None:
    for language, words in (("sv", "Vad hände?"), ("en", "What happened?")):
        with browser(city(HEAD), language=language) as client:
            assert words in client.get(GIVE).text


def test_the_tile_of_an_illness_leads_to_a_form_that_knows_it() -> None:
    with browser(city(HEAD)) as client:
        home = client.get("/").text
        tile = (
            home.split('<ul class="tell">', 1)[1].split('href="', 1)[1].split('"', 1)[0].replace("&amp;", "&")
        )
        page = client.get(tile).text
    assert "Joku sairastui" in home
    assert 'value="yes" checked' in page.split('name="danger"', 1)[0].rsplit("<input", 1)[1]
    assert page.index("tel:0447001112") < page.index('id="field-description"')


def test_thanks_that_are_sent_have_no_time_to_be_answered_by() -> None:
    thanks = a_case(kind="praise", severity="low", resolution_due_at=None)
    with browser(city(HEAD, **{f"GET /cases/{CASE_ID}": thanks})) as client:
        page = client.get(f"/feedback/sent/{CASE_ID}").text
    assert "Kiitos, viesti menee tekijöille" in page
    assert "Vastaus viimeistään" not in page
