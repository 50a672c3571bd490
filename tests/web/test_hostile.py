"""What browsers never send, and strangers do: each gets a page, its headers, and no more."""

import asyncio
import base64
from collections.abc import Iterable, MutableMapping
from typing import Any

import pytest
from fastapi import APIRouter
from fastapi.testclient import TestClient

from tests.web.answers import CASE_ID, SITE_ID, a_page, a_site
from tests.web.feedback.city import a_case as a_whole_case
from tests.web.house import HANDLER, Gateway, browser, hidden_of, problem

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
Message = MutableMapping[str, Any]  # Any: as ASGI has it


def is_a_page_of_ours(answer: Any) -> bool:
    return answer.headers["x-content-type-options"] == "nosniff" and answer.text.count("<h1") == 1


async def _send(client: TestClient, headers: dict[str, str], messages: Iterable[Message]) -> list[Message]:
    """Post a form to the sign-in in the messages of a server, and return those of the answer."""
    scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "POST", "scheme": "http",
        "path": "/sign-in", "raw_path": b"/sign-in", "query_string": b"", "root_path": "",
        "headers": [(name.lower().encode(), value.encode()) for name, value in headers.items()],
        "server": ("kumppani.test", 80), "client": ("127.0.0.1", 1),
    }  # fmt: skip
    coming = iter(messages)
    answers: list[Message] = []

    async def receive() -> Message:
        return next(coming)

    async def send(message: Message) -> None:
        answers.append(message)

    await client.app(scope, receive, send)  # type: ignore[arg-type]  # httpx names another type of messages
    return answers


@pytest.mark.parametrize(
    ("headers", "body"),
    [
        ({"Content-Type": "multipart/form-data"}, b"broken"),
        ({"Content-Type": "multipart/form-data; boundary=xx"}, b"broken"),
        (FORM, "&".join(f"a{number}=1" for number in range(1001)).encode()),
        (FORM, "&".join(f"a{number}=1" for number in range(20_000)).encode()),
    ],
    ids=["no boundary", "broken parts", "1 001 fields", "20 000 fields"],
)
@pytest.mark.parametrize("path", ["/sign-in", "/feedback/new"])
def test_a_form_that_cannot_be_read_gets_a_page(headers, body, path):
    with browser(Gateway()) as client:
        answer = client.post(path, content=body, headers=headers)
    assert answer.status_code == 400
    assert is_a_page_of_ours(answer)
    assert "Lomaketta ei voitu lukea" in answer.text


def test_a_form_that_cannot_be_read_after_the_session_leads_to_sign_in():
    with browser(Gateway(problem(401, "unauthenticated"))) as client:
        answer = client.post(
            f"/cases/{CASE_ID}/close", content=b"x", headers={"Content-Type": "multipart/form-data"}
        )
    assert answer.status_code == 401
    assert is_a_page_of_ours(answer)


def test_a_form_of_nine_megabytes_gets_a_page():
    with browser(Gateway()) as client:
        answer = client.post("/sign-in", content=b"a" * 9_000_000, headers=FORM)
    assert answer.status_code == 413
    assert is_a_page_of_ours(answer)


def test_a_form_that_never_ends_is_not_read_to_its_end():
    def without_end() -> Iterable[Message]:
        for number in range(20):
            assert number < 12, "more was read than is taken"
            yield {"type": "http.request", "body": b"a" * 100_000, "more_body": True}

    with browser(Gateway()) as client:
        start, *_ = asyncio.run(_send(client, FORM, without_end()))
    assert start["status"] == 413


def test_a_browser_that_closes_in_the_middle_of_its_form_is_no_fault(caplog):
    messages = [{"type": "http.request", "body": b"form_to", "more_body": True}, {"type": "http.disconnect"}]
    with browser(Gateway()) as client:
        asyncio.run(_send(client, FORM, messages))
    assert [record for record in caplog.records if record.levelname != "DEBUG"] == []


def test_the_page_of_what_broke_has_the_headers_too():
    broken = APIRouter()

    @broken.get("/broken")
    async def fail() -> None:
        raise ZeroDivisionError

    with browser(Gateway(), rooms=[broken], raising=False) as client:
        answer = client.get("/broken")
    assert answer.status_code == 500
    assert is_a_page_of_ours(answer)
    assert "default-src 'none'" in answer.headers["content-security-policy"]


@pytest.mark.parametrize("forged", [{"form_version": "9" * 5000}, {"form_key": "ä" * 9}])
def test_forged_hidden_fields_are_as_good_as_none(forged):
    gateway = Gateway()
    with browser(gateway) as client:
        hidden = hidden_of(client.get("/sign-in").text)
        client.post(f"/cases/{CASE_ID}/close", data=hidden | forged)
    (sent,) = (asked for asked in gateway.asked if asked.method == "POST")
    assert sent.headers["idempotency-key"].isascii()
    assert "if-match" not in sent.headers


def test_a_forged_number_of_what_was_seen_is_none():
    gateway = Gateway()
    gateway[f"POST /cases/{CASE_ID}/close"] = problem(412, "stale")
    gateway[f"GET /cases/{CASE_ID}"] = a_whole_case()
    with browser(gateway) as client:
        hidden = hidden_of(client.get("/sign-in").text)
        answer = client.post(f"/cases/{CASE_ID}/close", data=hidden | {"seen_history": "9" * 5000})
    assert answer.status_code == 412
    assert "Joku muu ehti ensin" in answer.text


def test_an_address_that_is_none_is_a_foreign_origin():
    with browser(Gateway()) as client:
        hidden = hidden_of(client.get("/sign-in").text)
        answer = client.post("/sign-in", data=hidden, headers={"Origin": "http://["})
    assert answer.status_code == 403


def test_our_own_host_under_another_scheme_is_a_foreign_origin():
    with browser(Gateway(), demo=False, signed_in=False) as client:
        hidden = hidden_of(client.get("/sign-in").text)
        foreign = client.post("/sign-in", data=hidden, headers={"Origin": "http://kumppani.test"})
        own = client.post("/sign-in", data=hidden, headers={"Origin": "https://kumppani.test"})
    assert foreign.status_code == 403
    assert own.status_code == 422  # ours, and refused by this gateway, which signs nobody in


@pytest.mark.parametrize("kept", [b"[" * 5000, b"\xff\xfe", b'["loud", "word"]', b'["info", 1]'])
def test_a_notice_that_we_did_not_write_is_not_shown(kept):
    with browser(Gateway()) as client:
        client.cookies.set("kumppani_notice", base64.urlsafe_b64encode(kept).decode(), domain="kumppani.test")
        answer = client.get("/glossary")
    assert answer.status_code == 200
    assert 'class="ds-alert notice"' not in answer.text


def test_a_kept_form_of_brackets_is_none():
    gateway = Gateway()
    gateway["POST /sessions"] = {"token": "new-session", "person": HANDLER}
    with browser(gateway, signed_in=False) as client:
        hidden = hidden_of(client.get("/sign-in").text)
        typed = {"username": "handler", "kept_path": "/cases", "kept": "[" * 5000}
        answer = client.post("/sign-in", data=hidden | typed)
    assert answer.status_code == 303


def test_a_session_that_no_header_can_carry_is_none():
    with browser(Gateway(), signed_in=False) as client:
        answer = client.get("/", headers={"Cookie": b"kumppani_session=\xe9\xe9"})
    assert answer.headers["location"] == "/sign-in"


def test_a_scripted_redirect_carries_any_address():
    gateway = Gateway()
    gateway["POST /sessions"] = {"token": "new-session", "person": HANDLER}
    with browser(gateway, signed_in=False) as client:
        hidden = hidden_of(client.get("/sign-in").text)
        answer = client.post("/sign-in", data=hidden | {"then": "/sites?q=€"}, headers={"HX-Request": "true"})
    assert answer.headers["hx-redirect"] == "/sites?q=%E2%82%AC"


@pytest.mark.parametrize(
    "typed", ["%0A", "%00", "%7F", "..%2Fsites%2F" + SITE_ID, "..%2F..%2F..%2Fmetrics", "%EF%BC%91"]
)
def test_only_ids_reach_the_gateways_addresses(typed):
    gateway = Gateway()
    gateway[f"GET /sites/{SITE_ID}"] = a_site()
    with browser(gateway) as client:
        answer = client.get(f"/contact?site_id={typed}")
    assert answer.status_code == 404
    assert [asked.url.path for asked in gateway.asked] == ["/api/v1/me"]  # for the navigation


def test_an_empty_choice_of_site_asks_which():
    gateway = Gateway()
    gateway["GET /sites"] = a_page(a_site())
    with browser(gateway) as client:
        assert client.get("/contact?site_id=").status_code == 200


def test_chosen_cases_are_ids():
    gateway = Gateway()
    with browser(gateway) as client:
        hidden = hidden_of(client.get("/sign-in").text)
        for odd in ("../people", "urn:uuid:" + CASE_ID, "{" + CASE_ID + "}"):
            client.post("/cases/selected", data=hidden | {"case_id": odd, "act": "acknowledge"})
    assert {asked.method for asked in gateway.asked} == {"GET"}


def test_an_address_of_mail_cannot_add_receivers():
    gateway = Gateway()
    reporter = {"name": "Seppo", "email": "x@y.fi?bcc=spy@evil.example"}
    gateway[f"GET /cases/{CASE_ID}"] = a_whole_case(reporter=reporter)
    with browser(gateway) as client:
        html = client.get(f"/cases/{CASE_ID}").text
    assert 'href="mailto:x@y.fi%3Fbcc%3Dspy@evil.example"' in html


def test_no_redirect_names_the_host_that_was_asked_for():
    with browser(Gateway()) as client:
        for path in ("/sites/", "/static", "/cases/"):
            answer = client.get(path, headers={"Host": "evil.example"})
            assert "evil.example" not in answer.headers.get("location", "")


def test_another_site_does_not_choose_the_language():
    with browser(Gateway()) as client:
        answer = client.get("/language/sv?next=/sites", headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.headers["location"] == "/sites"
    assert "set-cookie" not in answer.headers


def test_outside_the_demo_no_neighbouring_site_can_set_our_cookies():
    gateway = Gateway()
    gateway["POST /sessions"] = {"token": "new-session", "person": HANDLER}
    with browser(gateway, signed_in=False, demo=False) as client:
        shown = client.get("/sign-in")
        entered = client.post("/sign-in", data=hidden_of(shown.text) | {"username": "handler"})
        left = client.post("/sign-out", data=hidden_of(client.get("/sign-in").text))
    set_cookies = [
        cookie for answer in (shown, entered, left) for cookie in answer.headers.get_list("set-cookie")
    ]
    assert {cookie.split("=")[0] for cookie in set_cookies} >= {
        "__Host-kumppani_visitor", "__Host-kumppani_session", "__Host-kumppani_notice",
    }  # fmt: skip
    for cookie in set_cookies:
        assert cookie.startswith("__Host-")
        assert "; Secure" in cookie
        assert "; Path=/" in cookie


def test_no_two_answers_hold_the_same_form_token():
    with browser(Gateway()) as client:
        first, second = (hidden_of(client.get("/sign-in").text)["form_token"] for _ in range(2))
        assert first[:40] != second[:40]
        assert first[-40:] != second[-40:]
        for token in (first, second):
            assert client.post("/sign-in", data={"form_token": token}).status_code == 422


def test_a_name_in_the_history_is_no_markup_and_fills_in_nothing():
    gateway = Gateway()
    change = {"at": "2026-11-24T06:00:00Z", "what": "assigned", "by": "Päivi"}
    names = {"before": {"name": "100 %"}, "after": {"name": "<img src=x>"}}
    gateway[f"GET /cases/{CASE_ID}"] = a_whole_case(history=[change | names])
    with browser(gateway) as client:
        html = client.get(f"/cases/{CASE_ID}").text
    assert "100 % → &lt;img src=x&gt;" in html


def test_the_trace_of_a_stranger_ends_at_the_door():
    gateway = Gateway()
    with browser(gateway) as client:
        client.get("/", headers={"traceparent": "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"})
    assert gateway.asked
    assert not any("4bf92f35" in request.headers["traceparent"] for request in gateway.asked)
