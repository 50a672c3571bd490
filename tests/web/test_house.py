"""The house: headers, navigation, languages, failures that keep what was typed."""

import re
from urllib.parse import urljoin

import pytest

from tests.web.house import SCHOOL_HEAD, Gateway, browser, gone, hidden_of, problem

STATIC_ADDRESS = re.compile(r'(?:href|src)="(/static/[^"#]+)')


def test_every_page_forbids_inline_script_and_style_and_has_none():
    with browser(Gateway()) as client:
        answer = client.get("/")
    assert "script-src 'self'" in answer.headers["content-security-policy"]
    assert "style-src 'self'" in answer.headers["content-security-policy"]
    assert not re.search(r"<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)", answer.text)
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cache-control"] == "no-store"


def test_a_page_has_one_heading_landmarks_a_skip_link_and_a_title():
    with browser(Gateway()) as client:
        html = client.get("/").text
    assert html.count("<h1") == 1
    assert '<a class="ds-skip-link" href="#main">' in html
    assert '<main id="main"' in html
    assert "<title>Etusivu – Kumppani</title>" in html


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("fi", "Henkilöt ja tiedot ovat keksittyjä"),
        ("sv", "Personerna och uppgifterna är påhittade"),
        ("en", "People and data are invented"),
    ],
)
@pytest.mark.parametrize("path", ["/", "/sign-in", "/none-such"])
def test_every_page_of_a_demo_city_says_that_it_is_one(language, words, path):
    with browser(Gateway(), language=language) as client:
        assert words in client.get(path).text


def test_a_page_of_real_people_says_nothing_of_a_demo():
    with browser(Gateway(), demo=False) as client:
        assert "demo-note" not in client.get("/").text


NAMED_BY_FILES = re.compile(r'(?:url\("|import [^;]*?from "|new URL\(")(\.?/?[\w/.-]+)"')


def test_the_files_of_a_page_exist_and_keep_for_good():
    with browser(Gateway()) as client:
        waiting, answers = set(STATIC_ADDRESS.findall(client.get("/").text)), {}
        while waiting:
            address = waiting.pop()
            answers[address] = client.get(address)
            named = NAMED_BY_FILES.findall(answers[address].text) if address.endswith(("css", "js")) else []
            waiting |= {urljoin(address, name) for name in named} - set(answers)
    names = {address.split("/", 3)[3] for address in answers}
    assert names >= {"pages.css", "house.js", "drafts.js", "vendor/htmx/htmx.min.js", "vendor/icons.svg"}
    assert sum(name.endswith(".woff2") for name in names) == 2
    assert all(answer.status_code == 200 for answer in answers.values())
    assert {answer.headers["cache-control"] for answer in answers.values()} == {
        "public, max-age=31536000, immutable"
    }


def test_a_page_waits_for_one_style_sheet_and_a_room_for_one_more():
    gateway = Gateway()
    gateway["GET /cases"] = {"items": []}
    with browser(gateway) as client:
        for path, most in (("/", 1), ("/sign-in", 1), ("/cases", 2)):
            assert client.get(path).text.count('rel="stylesheet"') <= most


def test_files_leave_compressed_for_those_who_take_it():
    with browser(Gateway()) as client:
        address = next(each for each in STATIC_ADDRESS.findall(client.get("/").text) if "pages.css" in each)
        packed = client.get(address, headers={"Accept-Encoding": "br, gzip"})
        plain = client.get(address, headers={"Accept-Encoding": "identity, gzip;q=0"})
    assert packed.headers["content-encoding"] == "gzip"
    assert int(packed.headers["content-length"]) < 40_000
    assert "content-encoding" not in plain.headers
    assert packed.headers["vary"] == plain.headers["vary"] == "Accept-Encoding"
    assert packed.content == plain.content


def test_a_file_that_the_browser_has_is_not_sent_again():
    with browser(Gateway()) as client:
        first = client.get("/static/house.css")
        again = client.get("/static/house.css", headers={"If-None-Match": first.headers["etag"]})
    assert first.headers["cache-control"] == "no-cache"  # its address tells no version
    assert again.status_code == 304
    assert again.content == b""


@pytest.mark.parametrize("path", ["../web/settings.py", "%2e%2e/settings.py", "nothing.css", ""])
def test_only_static_files_are_had(path):
    with browser(Gateway()) as client:
        assert client.get(f"/static/{path}").status_code == 404


def test_what_browsers_and_crawlers_ask_for_untold_is_there():
    with browser(Gateway(), signed_in=False) as client:
        icon = client.get("/favicon.ico", follow_redirects=True)
        robots = client.get("/robots.txt")
        shown = client.get("/sign-in").text
    assert icon.headers["content-type"] == "image/svg+xml"
    assert robots.text.startswith("User-agent: *")
    assert '<meta name="description" content="' in shown


def test_the_navigation_offers_only_rooms_that_hold_something():
    with browser(Gateway(SCHOOL_HEAD)) as client:
        ways = client.get("/").text.split('class="ways"')[1].split("</nav>")[0]
    assert 'href="/sites"' in ways
    assert 'href="/customers"' not in ways


def test_the_room_one_is_in_is_marked_in_the_navigation():
    with browser(Gateway()) as client:
        ways = client.get("/glossary").text.split('class="ways"')[1].split("</nav>")[0]
    assert re.findall(r'href="([^"]+)" aria-current="page"', ways) == ["/glossary"]


@pytest.mark.parametrize(
    ("language", "word"), [("fi", "Kirjaudu ulos"), ("sv", "Logga ut"), ("en", "Sign out")]
)
def test_pages_speak_the_chosen_language(language, word):
    with browser(Gateway(), language=language) as client:
        answer = client.get("/")
    assert f'<html lang="{language}"' in answer.text
    assert word in answer.text


def test_the_language_switch_leads_back_to_the_same_view():
    with browser(Gateway()) as client:
        answer = client.get("/language/sv?next=/sites%3Fq%3Dkoulu")
    assert answer.headers["location"] == "/sites?q=koulu"
    assert "kumppani_language=sv" in answer.headers["set-cookie"]


@pytest.mark.parametrize("elsewhere", ["https://evil.example", "//evil.example", "/\\evil.example", "evil"])
def test_no_link_of_ours_leads_to_another_site(elsewhere):
    with browser(Gateway()) as client:
        answer = client.get("/language/sv", params={"next": elsewhere})
    assert answer.headers["location"] == "/"


def test_an_unknown_address_gets_a_friendly_page_with_the_navigation():
    with browser(Gateway()) as client:
        answer = client.get("/nowhere")
    assert answer.status_code == 404
    assert "Sivua ei löytynyt" in answer.text
    assert 'class="ways"' in answer.text


def test_a_malformed_id_is_a_page_that_does_not_exist():
    with browser(Gateway()) as client:
        assert client.get("/sites/not-an-id").status_code == 404


def test_the_missing_gateway_is_told_in_words():
    with browser(Gateway(gone)) as client:
        answer = client.get("/")
    assert answer.status_code == 503
    assert "Osa Kumppanista ei vastaa" in answer.text
    assert "Kumppanin tiedot" in answer.text


def test_a_fragment_fails_as_a_fragment():
    gateway = Gateway()
    gateway["GET /customers"] = problem(503, "unavailable")
    with browser(gateway) as client:
        answer = client.get("/customers", headers={"HX-Request": "true", "HX-Request-Type": "partial"})
    assert answer.status_code == 503
    assert "<html" not in answer.text
    assert "Asiakasrekisteri" in answer.text


def test_a_fragment_asked_after_the_session_leads_the_whole_page_to_sign_in():
    gateway = Gateway(problem(401, "unauthenticated"))
    headers = {
        "HX-Request": "true",
        "HX-Request-Type": "partial",
        "HX-Current-URL": "http://kumppani.test/customers?q=koulu",
    }
    with browser(gateway) as client:
        answer = client.get("/customers?q=koulu", headers=headers)
    assert answer.headers["hx-redirect"] == "/sign-in?next=%2Fcustomers%3Fq%3Dkoulu"


def test_a_form_of_another_site_does_nothing_and_keeps_nothing():
    gateway = Gateway()
    with browser(gateway) as client:
        token = hidden_of(client.get("/sign-in").text)["form_token"]
        answer = client.post(
            "/sign-in",
            data={"form_token": token, "username": "handler", "note": "a long text of a stranger"},
            headers={"Origin": "https://evil.example"},
        )
    assert answer.status_code == 403
    assert gateway.sent("POST", "/sessions") == []
    assert "a long text of a stranger" not in answer.text


def test_a_form_with_an_old_token_is_kept_and_may_be_sent_again():
    gateway = Gateway()
    with browser(gateway) as client:
        answer = client.post(
            "/sign-in", data={"form_token": "old", "form_key": "k", "note": "Kolmas vuoro jäi ilman"}
        )
        hidden = hidden_of(answer.text)
    assert answer.status_code == 403
    assert hidden["note"] == "Kolmas vuoro jäi ilman"
    assert hidden["form_key"] == "k"
    assert hidden["form_token"] != "old"
