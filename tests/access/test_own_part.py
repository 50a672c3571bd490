"""The head of the school, the contract contact and the outside producer see their own part, and all of it."""

from tests.access.reading import CONTACT, HEAD, OUTSIDE, every_event, gateway_text
from tests.access.things import Ids, Things
from tests.city import Json, RunningCity

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
