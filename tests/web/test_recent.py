"""Who looks is asked once for a moment, and again as soon as it may be somebody else, or nobody."""

from tests.web.house import HANDLER, Gateway, browser, hidden_of, problem
from web.recent import MOST, REMEMBERED, Recent


def asked(gateway: Gateway) -> int:
    return sum(each.url.path == "/api/v1/me" for each in gateway.asked)


def test_pages_that_follow_each_other_ask_once_who_looks() -> None:
    gateway = Gateway()
    with browser(gateway) as client:
        client.get("/glossary")
        client.get("/glossary")
        assert asked(gateway) == 1

        client.cookies.set("kumppani_session", "another-session", domain="kumppani.test")
        client.get("/glossary")
    assert asked(gateway) == 2


def test_after_signing_out_the_session_is_nobodys() -> None:
    gateway = Gateway()
    with browser(gateway) as client:
        form = hidden_of(client.get("/sign-in").text)
        client.get("/glossary")
        client.post("/sign-out", data=form)
        gateway["GET /me"] = problem(401, "unauthenticated")
        client.cookies.set("kumppani_session", "a-session", domain="kumppani.test")
        assert client.get("/cases").headers["location"].startswith("/sign-in")


def test_a_session_that_the_gateway_ended_is_nobodys() -> None:
    gateway = Gateway()
    with browser(gateway) as client:
        client.get("/glossary")
        gateway["GET /cases"] = gateway["GET /me"] = problem(401, "unauthenticated")
        assert client.get("/cases").headers["location"].startswith("/sign-in")
        client.cookies.set("kumppani_session", "a-session", domain="kumppani.test")
        client.get("/glossary")
    assert asked(gateway) == 2


def test_a_person_whose_sites_are_missing_just_now_is_asked_for_again() -> None:
    gateway = Gateway(HANDLER | {"sites": None})
    with browser(gateway) as client:
        client.get("/glossary")
        client.get("/glossary")
    assert asked(gateway) == 2


def test_a_person_is_remembered_for_a_moment_only_and_the_oldest_go_first() -> None:
    now = 100.0
    recent = Recent[str](lambda: now)
    recent.remember("first", "Päivi")
    assert recent.of("first") == "Päivi"

    now += REMEMBERED
    assert recent.of("first") is None

    for number in range(MOST + 1):
        recent.remember(f"session {number}", "Raija")
    assert recent.of("session 0") is None
    assert recent.of("session 1") == "Raija"
