"""Calendar subscriptions: the address is shown once, and ends when its owner says so."""

from tests.web.contracts.city import CUSTOMER, FEED_ID, city, form_of
from tests.web.house import browser, problem

CALENDARS = "/clock/calendars"
FEED = {
    "id": FEED_ID,
    "year": None,
    "customer_id": CUSTOMER["id"],
    "responsible": "both_parties",
    "created_at": "2026-11-24T07:00:00Z",
}
MADE = {**FEED, "token": "Zk3v0c9qXb1n", "path": "/api/v1/clock.ics?token=Zk3v0c9qXb1n"}
LISTED = {"items": [FEED], "next": None}


def test_the_address_is_shown_once_whole_and_ready_to_copy():
    gateway = city(**{"POST /calendar-feeds": MADE, "GET /calendar-feeds": LISTED})
    with browser(gateway) as client:
        before = client.get(CALENDARS).text
        hidden = form_of(before, CALENDARS)
        made = client.post(CALENDARS, data={**hidden, "customer_id": CUSTOMER["id"], "responsible": ""})
        after = client.get(CALENDARS).text
    address = "http://kumppani.test/api/v1/clock.ics?token=Zk3v0c9qXb1n"
    assert f'value="{address}" readonly' in made.text
    assert f'href="webcal{address[4:]}"' in made.text
    assert "Zk3v0c9qXb1n" not in before
    assert "Zk3v0c9qXb1n" not in after
    assert made.headers["cache-control"] == "no-store"
    assert gateway.sent("POST", "/calendar-feeds") == [{"customer_id": CUSTOMER["id"], "responsible": None}]


def test_how_to_subscribe_is_told_for_outlook_google_and_phone():
    gateway = city(**{"POST /calendar-feeds": MADE})
    with browser(gateway) as client:
        hidden = form_of(client.get(CALENDARS).text, CALENDARS)
        made = client.post(CALENDARS, data=hidden)
    for words in ("Outlook", "Google-kalenteri", "iPhone", "Android"):
        assert words in made.text


def test_the_form_starts_from_the_clocks_filters():
    with browser(city()) as client:
        html = client.get(f"{CALENDARS}?customer_id={CUSTOMER['id']}&responsible=enterprise").text
    assert f'<option value="{CUSTOMER["id"]}" selected>' in html
    assert '<option value="enterprise" selected>' in html


def test_own_subscriptions_are_told_by_what_they_show():
    with browser(city(**{"GET /calendar-feeds": LISTED})) as client:
        html = client.get(CALENDARS).text
    assert "<strong>Opetuspalvelut, molemmat osapuolet</strong>" in html
    assert f'action="{CALENDARS}/{FEED_ID}/revoke"' in html


def test_a_subscription_is_ended():
    gateway = city(**{"GET /calendar-feeds": LISTED, f"DELETE /calendar-feeds/{FEED_ID}": {}})
    path = f"{CALENDARS}/{FEED_ID}/revoke"
    with browser(gateway) as client:
        answer = client.post(path, data=form_of(client.get(CALENDARS).text, path))
    assert answer.headers["location"] == CALENDARS
    assert gateway.sent("DELETE", f"/calendar-feeds/{FEED_ID}") == [None]


def test_a_subscription_that_is_gone_already_is_ended_too():
    gateway = city(**{"GET /calendar-feeds": LISTED})
    path = f"{CALENDARS}/{FEED_ID}/revoke"
    with browser(gateway) as client:
        answer = client.post(path, data=form_of(client.get(CALENDARS).text, path))
    assert answer.status_code == 303


def test_without_subscriptions_the_page_says_what_would_be_here():
    with browser(city()) as client:
        assert "Tilauksia ei ole" in client.get(CALENDARS).text


def test_a_subscription_that_is_refused_keeps_the_form():
    gateway = city(**{"POST /calendar-feeds": problem(422, "invalid_input", "Asiakasta ei ole.")})
    with browser(gateway) as client:
        hidden = form_of(client.get(CALENDARS).text, CALENDARS)
        answer = client.post(CALENDARS, data={**hidden, "responsible": "enterprise"})
    assert answer.status_code == 422
    assert "Asiakasta ei ole." in answer.text
    assert '<option value="enterprise" selected>' in answer.text


def test_the_page_stands_without_its_list():
    with browser(city(**{"GET /calendar-feeds": problem(503, "unavailable")})) as client:
        page = client.get(CALENDARS)
    assert page.status_code == 200
    assert "ei vastaa juuri nyt" in page.text
