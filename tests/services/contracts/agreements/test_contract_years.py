"""Drafting, writing, signing and what follows, over HTTP on a real database."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from chassis.database import Database
from chassis.tables import new_id
from tests.services.contracts.world import POINTS, World, a_line, a_point, a_target
from tests.support.statements import statements


def test_references_run_by_year(world: World) -> None:
    first, second = world.contract()["reference"], world.contract()["reference"]
    assert first.startswith("S-2026-")
    assert int(second[-3:]) == int(first[-3:]) + 1


def test_a_new_draft_tells_what_is_missing_the_six_points_first(world: World) -> None:
    year = world.ask(world.account_manager, "GET", world.draft())
    assert [each["code"] for each in year["blockers"]] == [*POINTS, "lines"]
    assert "puuttuu: viestinnän työnjako" in [each["text"] for each in year["blockers"]]
    assert year["state"] == "draft"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("sv", "saknas: arbetsfördelning i kommunikationen"),
        ("en", "missing: division of communication work"),
    ],
)
def test_blockers_speak_the_readers_language(world: World, language: str, text: str) -> None:
    year = world.ask(world.account_manager, "GET", world.draft(), accept_language=language)
    assert text in [each["text"] for each in year["blockers"]]


def test_an_edit_of_the_lines_reads_a_bounded_number_of_times(world: World, database: Database) -> None:
    path = world.draft()
    world.fill(path)
    body = {"items": [a_line(world.site), a_line(world.next_site)]}
    version = world.ask(world.account_manager, "GET", path)["version"]
    with statements(database) as sent:
        world.ask(world.account_manager, "PUT", f"{path}/lines", body, if_match=f'"{version}"')
    assert len([each for each in sent if each.lstrip().lower().startswith("select")]) <= 12, sent


def test_a_number_that_cannot_be_stored_is_refused(world: World) -> None:
    person = {"party": "producer", "role": "Vastaava", "name": "Maija", "phone": "040\x00"}
    refused = world.edit(world.draft(), "persons", {"items": [person]}, expect=422)
    assert refused["errors"][0]["pointer"] == "#/items/0/phone"


def test_returning_asks_for_a_reason_and_goes_back_to_draft(world: World) -> None:
    path = world.draft()
    world.ask(world.account_manager, "POST", f"{path}/submit", {})
    world.ask(world.contact, "POST", f"{path}/return", {}, expect=422)
    year = world.ask(world.contact, "POST", f"{path}/return", {"reason": "Hinnat puuttuvat."})
    assert year["state"] == "draft"


def test_a_step_from_the_wrong_state_is_refused(world: World) -> None:
    path = world.draft()
    assert (
        world.ask(world.account_manager, "POST", f"{path}/propose", {}, expect=409)["code"] == "step_refused"
    )
    assert world.ask(world.account_manager, "POST", f"{path}/terminate", {"reason": "x"}, expect=409)


def test_a_signed_year_comes_into_force_and_ends_by_its_dates(
    world: World, at: Callable[[datetime], None]
) -> None:
    path = world.signed(2027)
    states = []
    for moment in (
        datetime(2026, 12, 31, 21, 59, tzinfo=UTC),  # still the old year in Helsinki
        datetime(2026, 12, 31, 22, 0, tzinfo=UTC),
        datetime(2027, 12, 31, 21, 59, tzinfo=UTC),
        datetime(2027, 12, 31, 22, 0, tzinfo=UTC),
    ):
        at(moment)
        states.append(world.ask(world.contact, "GET", path)["state"])
    assert states == ["signed", "in_force", "in_force", "ended"]


def test_termination_ends_the_year_that_day(world: World) -> None:
    path = world.signed()
    world.ask(world.contact, "POST", f"{path}/terminate", {"reason": "Toimipaikka suljetaan."}, expect=403)
    year = world.ask(world.account_manager, "POST", f"{path}/terminate", {"reason": "Toimipaikka suljetaan."})
    assert (year["state"], year["valid_until"]) == ("terminated", "2026-03-10")
    assert world.ask(world.contact, "GET", f"/sites/{world.site}/agreed", expect=404)


def test_next_year_is_drafted_beside_the_living_one_with_the_old_prices(world: World) -> None:
    contract = world.contract()
    living = world.signed(2026, contract)
    draft = world.ask(world.account_manager, "GET", world.draft(2027, copy_from=2026, contract=contract))
    assert world.ask(world.contact, "GET", living)["state"] == "in_force"
    assert draft["state"] == "draft"
    assert (draft["valid_from"], draft["valid_until"]) == ("2027-01-01", "2027-12-31")
    assert [line["previous_price"]["amount"] for line in draft["lines"]] == ["4.85", "3.90"]
    before = {line["site_id"]: line["quantity"] for line in world.ask(world.contact, "GET", living)["lines"]}
    assert {line["site_id"]: line["previous_quantity"] for line in draft["lines"]} == before
    assert draft["blockers"] == []
    assert draft["signed_by"] == []


def test_the_quantity_of_the_year_before_stays_with_a_line_that_is_sent_again(world: World) -> None:
    path = world.draft()
    world.edit(path, "lines", {"items": [{**a_line(world.site), "previous_quantity": "744.50"}]})
    (line,) = world.ask(world.contact, "GET", path)["lines"]
    assert line["previous_quantity"] == "744.5"
    told = ("site_name", "yearly", "previous_yearly")
    sent = {name: line[name] for name in line if name not in told}
    assert world.edit(path, "lines", {"items": [sent]})["lines"] == [line]


def test_a_year_is_drafted_once_and_copied_only_from_one_that_exists(world: World) -> None:
    contract = world.contract()
    world.draft(2026, contract=contract)
    path = f"/contracts/{contract['id']}/years"
    again = world.ask(world.account_manager, "POST", path, {"year": 2026}, expect=409)
    assert again["code"] == "year_exists"
    lost = world.ask(world.account_manager, "POST", path, {"year": 2028, "copy_from": 2025}, expect=409)
    assert lost["code"] == "nothing_to_copy"


def test_money_travels_as_exact_text(world: World) -> None:
    path = world.draft()
    lines = [a_line(world.site, amount="0.1234", quantity="0.5"), a_line(world.site, amount="12")]
    year = world.edit(path, "lines", {"items": lines})
    assert [(line["price"]["amount"], line["quantity"]) for line in year["lines"]] == [
        ("0.1234", "0.5"),
        ("12.00", "41200"),
    ]


@pytest.mark.parametrize("amount", [4.85, "4,85", "-1", "1e3", "0.12345", ""])
def test_money_that_is_not_exact_text_is_refused(world: World, amount: object) -> None:
    path = world.draft()
    line = {**a_line(world.site), "price": {"amount": amount, "currency": "EUR"}}
    problem = world.edit(path, "lines", {"items": [line]}, expect=422)
    assert problem["errors"][0]["pointer"] == "#/items/0/price/amount"


def test_a_line_sent_with_its_id_stays_the_same_line(world: World) -> None:
    path = world.draft()
    first = world.edit(path, "lines", {"items": [a_line(world.site), a_line(world.next_site)]})["lines"]
    kept = a_line(world.site, amount="5.10", id=first[0]["id"], change_reason="Raaka-aineet kallistuivat.")
    second = world.edit(path, "lines", {"items": [kept]})["lines"]
    assert [line["id"] for line in second] == [first[0]["id"]]
    assert second[0]["price"]["amount"] == "5.10"
    problem = world.edit(path, "lines", {"items": [kept, kept]}, expect=422)
    assert problem["errors"][0]["code"] == "unknown_line"


def test_targets_are_set_once_for_each_service_and_severity(world: World) -> None:
    path = world.draft()
    world.edit(path, "targets", {"items": [a_target(), a_target()]}, expect=422)
    world.edit(
        path, "targets", {"items": [a_target(response={"basis": "business", "duration": "PT0H"})]}, expect=422
    )
    year = world.edit(
        path, "targets", {"items": [a_target(), a_target(severity="critical", resolution=None)]}
    )
    again = world.edit(path, "targets", {"items": [a_target()]})
    assert [target["severity"] for target in year["targets"]] == ["critical", "normal"]
    assert again["targets"] == [a_target()]


def test_an_edit_needs_the_version_that_was_read(world: World) -> None:
    path = world.draft()
    body = a_point()
    world.ask(world.account_manager, "PUT", f"{path}/points/changes", body, expect=428)
    world.ask(world.account_manager, "PUT", f"{path}/points/changes", body, if_match='"1"')
    problem = world.ask(
        world.account_manager, "PUT", f"{path}/points/tendering", body, expect=412, if_match='"1"'
    )
    assert problem["current_version"] > 1


def test_every_edit_counts_a_version_even_when_only_rows_below_change(world: World) -> None:
    path = world.draft()
    versions = [world.edit(path, "annexes", {"items": []})["version"] for _ in range(3)]
    assert versions == sorted(set(versions))


def test_history_tells_who_did_what_and_what_it_changed(world: World) -> None:
    path = world.signed()
    entries = world.ask(world.contact, "GET", f"{path}/history", None)["items"]
    assert [each["what"] for each in entries[:3]] == ["frozen", "signed", "signed"]
    assert entries[-1]["what"] == "drafted"
    rest = world.ask(world.contact, "GET", f"{path}/history?limit=2")
    assert rest["items"] == entries[:2]
    assert world.ask(world.contact, "GET", f"{path}/history?cursor={rest['next']}")["items"] == entries[2:]


def test_allowed_names_what_this_person_may_do_now(world: World) -> None:
    path = world.draft()
    assert world.ask(world.account_manager, "GET", path)["allowed"] == ["submit", "edit_points", "edit_terms"]
    assert world.ask(world.contact, "GET", path)["allowed"] == ["edit_points"]
    assert world.ask(world.supervisor, "GET", path)["allowed"] == []
    world.fill(path)
    world.to_approval(path)
    contact = world.ask(world.contact, "GET", path)
    assert contact["allowed"] == ["sign", "return", "reject", "edit_points"]
    assert contact["acts_for"] == "customer"


def test_a_line_names_a_site_of_the_contracts_customer_only(world: World) -> None:
    path = world.draft()
    lines = [a_line(world.site), a_line(world.foreign_site), a_line(new_id())]
    problem = world.edit(path, "lines", {"items": lines}, expect=422)
    assert [(each["pointer"], each["code"]) for each in problem["errors"]] == [
        ("#/items/1/site_id", "not_a_site_of_customer"),
        ("#/items/2/site_id", "not_a_site_of_customer"),
    ]
    assert world.ask(world.account_manager, "GET", path)["lines"] == []
