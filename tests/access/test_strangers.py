"""What is not visible is nowhere: not in a list, a count, a search, a feed, a calendar or on a page.

The stranger is the head of a day-care centre of another customer; the school's head and the outside
producer's supervisor see their own part of the city only.
"""

import itertools
from collections.abc import Iterator

import pytest

from tests.access.things import Ids, Things
from tests.city import Json, RunningCity

STRANGER = "daycare-head"
HEAD = "school-head"
CONTACT = "contract-contact"
OUTSIDE = "producer-supervisor"
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
def ids(things: Things) -> Ids:
    """The school's ids."""
    return things.of("school")


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


def gateway_text(city: RunningCity, who: str, path: str) -> str:
    """Return a good answer of the gateway as text."""
    answer = city.ask("gateway", "GET", f"/api/v1{path}", headers=city.credentials("gateway", who))
    assert answer.status_code == 200, answer.text
    return answer.text


def every_event(city: RunningCity, who: str) -> Iterator[Json]:
    """Yield the whole client feed of somebody."""
    after = ""
    while True:
        feed = city.read(who, f"/events?after={after}")
        assert not feed["degraded"]
        if feed["next"] == after:
            return
        yield from feed["items"]
        after = feed["next"]


# -- the stranger ---------------------------------------------------------------------------------------


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


# -- the school's head ----------------------------------------------------------------------------------


def test_a_schools_head_sees_the_own_site_only(city: RunningCity, ids: Ids) -> None:
    assert [site["id"] for site in city.read_all(HEAD, "/sites")] == [ids["site_id"]]
    assert [customer["id"] for customer in city.read_all(HEAD, "/customers")] == [ids["customer_id"]]
    assert {case["site"]["id"] for case in city.read_all(HEAD, "/cases")} == {ids["site_id"]}
    assert city.read(HEAD, f"/customers/{ids['customer_id']}")["site_count"] == 1


def test_a_schools_head_reads_the_signed_year_with_the_own_sites_lines_only(
    city: RunningCity, ids: Ids
) -> None:
    year = city.read(HEAD, f"/contracts/{ids['contract_id']}/years/2026")
    whole = city.read(CONTACT, f"/contracts/{ids['contract_id']}/years/2026")
    assert {line["site_id"] for line in year["lines"]} == {ids["site_id"]}
    assert len({line["site_id"] for line in whole["lines"]}) > 50
    known = city.credentials("gateway", HEAD)
    drafted = f"/api/v1/contracts/{ids['contract_id']}/years/2027"
    assert city.ask("gateway", "GET", drafted, headers=known).status_code == 404


def test_the_site_card_and_the_overview_hold_the_heads_own_part(city: RunningCity, ids: Ids) -> None:
    overview = city.read(HEAD, f"/customers/{ids['customer_id']}/overview")
    card = city.read(HEAD, f"/sites/{ids['site_id']}/card")
    assert {site["id"] for site in overview["sites"]} == {ids["site_id"]}
    assert {case["site"]["id"] for case in overview["open_cases"] or card["open_cases"]} <= {ids["site_id"]}
    assert {line["site_id"] for line in overview["contract_year"]["lines"]} == {ids["site_id"]}
    named = [each["site_id"] for each in (*overview["contacts"], *card["contacts"]) if each["site_id"]]
    assert set(named) == {ids["site_id"]}


def test_the_customers_side_never_reads_what_the_producers_side_notes(
    city: RunningCity, things: Things
) -> None:
    case_id = things.of("received_case")["case_id"]
    note = "Keittiössä oli sairastapaus."
    city.do("handler", "POST", f"/cases/{case_id}/messages", {"body": note, "public": False})
    for who in (HEAD, CONTACT, "integration"):
        assert note not in str(city.read(who, f"/cases/{case_id}"))
    events = [event for event in every_event(city, HEAD) if event["subject"] == case_id]
    assert [event["type"] for event in events] == ["kumppani.feedback.case.reported"]
    assert note in str(city.read("supervisor", f"/cases/{case_id}"))


# -- the contract contact -------------------------------------------------------------------------------


def test_a_contract_contact_sees_all_of_the_department_and_nothing_of_others(
    city: RunningCity, ids: Ids
) -> None:
    department = ids["department_id"]
    of_department = city.read_all("admin", f"/customers?department_id={department}")
    own = {customer["id"] for customer in of_department}
    assert len(own) == 5
    assert [each["id"] for each in city.read_all(CONTACT, "/departments")] == [department]
    assert {each["id"] for each in city.read_all(CONTACT, "/customers")} == own
    for path in ("/sites", "/contracts", "/cases", "/clock?year=2026"):
        everything = city.read_all("admin", path)
        expected = {each["id"] for each in everything if _customer_of(each) in own}
        assert {each["id"] for each in city.read_all(CONTACT, path)} == expected
        assert len(expected) < len(everything)


def _customer_of(thing: Json) -> str:
    customer: str = thing.get("customer_id") or thing["customer"]["id"]
    return customer


def test_a_contract_contact_gets_404_on_another_departments_things(city: RunningCity, ids: Ids) -> None:
    others = [
        each
        for each in city.read_all("admin", "/customers")
        if not each["department"] or each["department"]["id"] != ids["department_id"]
    ]
    assert len(others) > 10
    known = city.credentials("gateway", CONTACT)
    for customer in others:
        answer = city.ask("gateway", "GET", f"/api/v1/customers/{customer['id']}", headers=known)
        assert answer.status_code == 404


# -- the outside producer -------------------------------------------------------------------------------


def test_an_outside_producers_supervisor_sees_cases_about_its_own_work_only(
    city: RunningCity, ids: Ids
) -> None:
    producer = ids["producer_id"]
    everything = city.read_all("admin", "/cases")
    own = {case["id"] for case in everything if case["producer"] and case["producer"]["id"] == producer}
    assert own
    assert {case["id"] for case in city.read_all(OUTSIDE, "/cases")} == own
    counted = city.read(OUTSIDE, "/cases/counts")
    states = ("received", "acknowledged", "in_progress", "waiting")
    opened = [case for case in everything if case["id"] in own and case["state"] in states]
    assert counted["open"] == len(opened)
    subjects = {
        event["subject"]
        for event in every_event(city, OUTSIDE)
        if event["type"].startswith("kumppani.feedback")
    }
    assert subjects <= own


def test_an_outside_producers_supervisor_sees_the_sites_it_serves_only(city: RunningCity, ids: Ids) -> None:
    served = {
        site["id"]
        for site in city.read_all("admin", "/sites")
        if ids["producer_id"] in {service["producer_id"] for service in site["services"]}
    }
    assert served
    assert {site["id"] for site in city.read_all(OUTSIDE, "/sites")} == served


def test_an_outside_producers_supervisor_sees_no_contracts_customers_and_no_clock(
    city: RunningCity, ids: Ids
) -> None:
    for path in ("/contracts", "/customers", "/departments", "/clock?year=2026", "/clock?year=2027"):
        assert city.read_all(OUTSIDE, path) == []
    assert city.read(OUTSIDE, "/clock?year=2026")["summary"]["total"] == 0
    assert "BEGIN:VEVENT" not in gateway_text(city, OUTSIDE, "/clock.ics")
    types = {event["type"].rsplit(".", 2)[0] for event in every_event(city, OUTSIDE)}
    assert not {each for each in types if each.startswith("kumppani.contracts")}
    found = city.read(OUTSIDE, "/search?q=Opetus&limit=50")["items"]
    assert {each["kind"] for each in found} <= {"site", "case"}


def test_the_card_of_a_served_site_shows_an_outside_producer_its_own_part(
    city: RunningCity, ids: Ids
) -> None:
    producer = ids["producer_id"]
    for site in city.read_all(OUTSIDE, "/sites"):
        card = city.read(OUTSIDE, f"/sites/{site['id']}/card")
        assert card["agreed"] is None
        assert {case["producer"]["id"] for case in card["open_cases"]} <= {producer}
