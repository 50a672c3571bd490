"""What is not visible is nowhere: not in a list, a count, a search, a feed, a calendar or on a page.

The stranger is the head of a day-care centre of another customer.
"""

import itertools

import pytest

from tests.access.reading import HEAD, STRANGER, every_event, gateway_text
from tests.access.things import Ids, Things
from tests.city import RunningCity

WORDS = ("Alppilan", "koulu", "Opetuspalvelut", "Hanna", "Seppälä", "S-2026", "P-2026", "Lounas")
LISTS = (
    "/departments",
    "/customers",
    "/sites",
    "/contracts",
    "/contacts",
    "/clock?year=2026",
    "/clock?year=2027",
    "/cases",
)
PAGES = (
    "/",
    "/customers",
    "/sites?q=koulu",
    "/contact?site=Alppilan",
    "/contact?site_id={site_id}&topic=meals",
    "/search?q=Alppilan",
    "/cases",
    "/cases?site_id={site_id}",
    "/cases?customer_id={customer_id}",
    "/feedback/new?site_id={site_id}",
    "/feedback/new?q=Alppilan",
    "/contracts",
    "/contracts?customer_id={customer_id}",
    "/clock",
    "/clock?customer_id={customer_id}",
    "/clock/calendars",
)


@pytest.fixture(scope="module")
def secrets(city: RunningCity, ids: Ids) -> frozenset[str]:
    """What a stranger must never read: ids and numbers of the school's things."""
    read = city.read_all
    cases = read("admin", f"/cases?customer_id={ids['customer_id']}")
    contracts = read("admin", f"/contracts?customer_id={ids['customer_id']}")
    steps = read("admin", f"/clock?year=2026&customer_id={ids['customer_id']}")
    assert cases
    assert contracts
    assert steps
    things = [*cases, *contracts, *steps]
    numbers = {each["reference"] for each in (*cases, *contracts)}
    return frozenset({each["id"] for each in things} | numbers | {ids["site_id"], ids["customer_id"]})


def told(text: str, secrets: frozenset[str]) -> set[str]:
    """Return the secrets that a text tells."""
    return {secret for secret in secrets if secret in text}


@pytest.mark.parametrize("path", LISTS)
def test_the_strangers_lists_hold_nothing_of_the_school(
    city: RunningCity, secrets: frozenset[str], path: str
) -> None:
    assert told(str(city.read_all(STRANGER, path)), secrets) == set()


@pytest.mark.parametrize(
    ("path", "name"),
    [
        *((path, "customer_id") for path in ("/sites", "/contracts", "/clock")),
        *itertools.product(("/contacts", "/cases", "/cases/counts"), ("customer_id", "site_id")),
    ],
)
def test_asking_for_the_school_finds_the_stranger_nothing(
    city: RunningCity, ids: Ids, path: str, name: str
) -> None:
    found = city.read(STRANGER, f"{path}?{name}={ids[name]}")
    assert found.get("items", []) == []
    counts = {**found, **found.get("summary", {})}
    assert {value for value in counts.values() if isinstance(value, int)} <= {0, 2026}


def test_the_strangers_counts_are_those_of_the_own_cases(city: RunningCity) -> None:
    (site,) = city.read(STRANGER, "/me")["sites"]
    opened = ("received", "acknowledged", "in_progress", "waiting")
    cases = city.read_all("admin", f"/cases?site_id={site['id']}")
    counts = city.read(STRANGER, "/cases/counts")
    assert counts["open"] == sum(case["state"] in opened for case in cases)
    for state in opened:
        assert counts[state] == sum(case["state"] == state for case in cases)


@pytest.mark.parametrize("word", WORDS)
def test_no_search_finds_the_stranger_anything_of_the_school(
    city: RunningCity, secrets: frozenset[str], word: str
) -> None:
    assert told(gateway_text(city, STRANGER, f"/search?q={word}&limit=50"), secrets) == set()
    assert told(str(city.read_all(STRANGER, f"/cases?q={word}")), secrets) == set()
    assert told(str(city.read_all(STRANGER, f"/sites?q={word}")), secrets) == set()


def test_a_case_is_not_found_by_its_number(city: RunningCity, ids: Ids) -> None:
    number = city.read("admin", f"/cases/{ids['case_id']}")["reference"]
    assert city.read(STRANGER, f"/search?q={number}")["items"] == []
    assert city.read(HEAD, f"/search?q={number}")["items"]


def test_the_strangers_feed_of_events_tells_nothing_of_the_school(
    city: RunningCity, secrets: frozenset[str]
) -> None:
    events = list(every_event(city, STRANGER))
    assert events
    assert told(str(events), secrets) == set()


def test_no_event_of_the_client_feed_carries_personal_data(city: RunningCity, ids: Ids) -> None:
    person = city.read("admin", f"/people/{ids['person_id']}")
    case = city.read("admin", f"/cases/{ids['case_id']}")
    private = {person["name"], person["email"], person["phone"], case["description"], case["subject"]}
    for who in (HEAD, "integration"):
        events = list(every_event(city, who))
        assert any(event["subject"] == ids["case_id"] for event in events)
        assert {word for word in private if word in str(events)} == set()


def test_the_strangers_calendar_holds_nothing_of_the_school(
    city: RunningCity, ids: Ids, secrets: frozenset[str]
) -> None:
    for path in ("/clock.ics", f"/clock.ics?customer_id={ids['customer_id']}"):
        text = gateway_text(city, STRANGER, path).replace("\r\n ", "")
        assert told(text, secrets) == set()
        assert "Opetuspalvelut" not in text


def test_a_calendar_link_shows_what_its_maker_may_see(
    city: RunningCity, ids: Ids, secrets: frozenset[str]
) -> None:
    link = city.do(STRANGER, "POST", "/calendar-feeds", {"customer_id": ids["customer_id"]})
    calendar = city.ask("gateway", "GET", link["path"])
    assert calendar.status_code == 200
    assert "BEGIN:VEVENT" not in calendar.text
    city.do(STRANGER, "POST", "/calendar-feeds", {})
    own = city.do(HEAD, "POST", "/calendar-feeds", {})
    assert own["id"] not in str(city.read_all(STRANGER, "/calendar-feeds"))
    assert "Opetuspalvelut" in city.ask("gateway", "GET", own["path"]).text.replace("\r\n ", "")


def test_a_revoked_or_guessed_calendar_link_is_404(city: RunningCity) -> None:
    link = city.do(HEAD, "POST", "/calendar-feeds", {})
    known = city.credentials("gateway", HEAD)
    gone = city.ask("gateway", "DELETE", f"/api/v1/calendar-feeds/{link['id']}", headers=known)
    assert gone.status_code == 204
    for path in (link["path"], "/api/v1/clock.ics?token=guessed"):
        assert city.ask("gateway", "GET", path).status_code == 404


@pytest.mark.parametrize("page", PAGES)
def test_no_page_shows_the_stranger_anything_of_the_school(
    city: RunningCity, ids: Ids, secrets: frozenset[str], page: str
) -> None:
    address = page.format_map(ids)
    shown = city.ask("web", "GET", address, headers=city.credentials("web", STRANGER))
    assert shown.status_code == 200
    asked = {each for each in secrets if each in address}  # a page may repeat what it was asked
    assert told(shown.text, secrets) - asked == set()
    assert "Hanna Seppälä" not in shown.text


def test_the_stranger_does_nothing_to_the_schools_case_by_choosing_it_in_a_list(
    city: RunningCity, things: Things
) -> None:
    case_id = things.of("received_case")["case_id"]
    headers, hidden = city.form_of(city.credentials("web", STRANGER))
    form = hidden | {"case_id": case_id, "act": "acknowledge"}
    assert city.ask("web", "POST", "/cases/selected", headers=headers, form=form).status_code == 303
    assert city.read("admin", f"/cases/{case_id}")["state"] == "received"


def test_the_stranger_revokes_no_calendar_link_of_the_schools_head(city: RunningCity) -> None:
    link = city.do(HEAD, "POST", "/calendar-feeds", {})
    headers, hidden = city.form_of(city.credentials("web", STRANGER))
    page = f"/clock/calendars/{link['id']}/revoke"
    assert city.ask("web", "POST", page, headers=headers, form=hidden).status_code == 303
    assert city.ask("gateway", "GET", link["path"]).status_code == 200


@pytest.mark.parametrize("path", ["/customers", "/sites", "/contracts", "/contacts", "/clock", "/cases"])
def test_the_schools_own_head_finds_what_the_stranger_does_not(
    city: RunningCity, secrets: frozenset[str], path: str
) -> None:
    assert told(str(city.read_all(HEAD, path)), secrets)
