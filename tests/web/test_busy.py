"""More to do than can be done: the page that says so costs little, and what was typed is not lost."""

import pytest
from fastapi import Request

from chassis.places import Places
from tests.web.house import Gateway, browser, hidden_of
from web.busy import Busy

WORDS = {"fi": "Palvelussa on ruuhkaa", "sv": "Det är rusning i tjänsten", "en": "The service is busy"}
TYPED = "Lounas loppui kesken, kolme luokkaa jäi ilman."


@pytest.mark.parametrize("language", WORDS)
def test_a_page_refused_at_the_door_says_so_in_the_persons_language(language: str) -> None:
    gateway = Gateway()
    with browser(gateway, language=language) as client:
        client.app.state.places = Places(0, line=0)
        for _ in range(2):  # the second is the first one kept
            answer = client.get("/cases?view=open")
            assert answer.status_code == 503
            assert f'<h1 class="ds-heading" data-size="lg">{WORDS[language]}</h1>' in answer.text
            assert f'<html lang="{language}"' in answer.text
            assert answer.headers["cache-control"] == "no-store"
            assert answer.headers["content-language"] == language
            assert int(answer.headers["retry-after"]) > 0
            assert "script-src 'self'" in answer.headers["content-security-policy"]
            assert answer.headers["x-content-type-options"] == "nosniff"
    assert gateway.asked == []


def test_a_form_refused_at_the_door_is_kept_and_sent_again_with_its_key() -> None:
    gateway = Gateway()
    with browser(gateway) as client:
        places, client.app.state.places = client.app.state.places, Places(0, line=0)
        typed = {"description": TYPED, "form_key": "the-key-of-this-form", "form_token": "of-an-older-page"}
        refused = client.post("/feedback/new", data=typed, headers={"Origin": "http://kumppani.test"})
        assert refused.status_code == 503
        assert int(refused.headers["retry-after"]) > 0
        assert WORDS["fi"] in refused.text
        kept = hidden_of(refused.text)
        assert (kept["description"], kept["form_key"]) == (TYPED, "the-key-of-this-form")

        client.app.state.places = places
        sent = client.post("/feedback/new", data=kept, headers={"Origin": "http://kumppani.test"})
        assert sent.status_code == 404  # our own form again: it gets as far as asking for its site
    assert [each.url.path for each in gateway.asked] == ["/api/v1/me", "/api/v1/sites"]


@pytest.mark.parametrize(
    ("method", "headers", "kind"),
    [
        ("GET", [], "fi"),
        ("GET", [(b"accept-language", b"en")], "en"),
        ("GET", [(b"accept-language", b"en"), (b"cookie", b"kumppani_language=sv")], "sv"),
        ("GET", [(b"hx-request-type", b"partial")], None),
        ("POST", [], None),
    ],
)
def test_only_whole_pages_are_ready_each_in_its_language(
    method: str, headers: list[tuple[bytes, bytes]], kind: str | None
) -> None:
    with browser(Gateway()) as client:
        asked = {"type": "http", "method": method, "path": "/cases", "query_string": b"", "headers": headers}
        assert Busy().kind(Request(asked | {"app": client.app})) == kind


def test_a_part_of_a_page_refused_at_the_door_is_a_part() -> None:
    with browser(Gateway()) as client:
        client.app.state.places = Places(0, line=0)
        answer = client.get("/cases", headers={"HX-Request": "true", "HX-Request-Type": "partial"})
    assert answer.status_code == 503
    assert "<html" not in answer.text
    assert WORDS["fi"] in answer.text


def test_static_files_need_no_place() -> None:
    with browser(Gateway()) as client:
        client.app.state.places = Places(0, line=0)
        assert client.get("/static/house.css").status_code == 200
