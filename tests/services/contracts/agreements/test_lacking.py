"""What the unsigned years of a contract lack, told in the list and with the contract itself."""

import pytest

from chassis.actors import Actor
from chassis.database import Database
from tests.actors import actor
from tests.services.contracts.world import POINTS, World
from tests.support.statements import statements


def lacking(world: World, contract_id: str, who: Actor | None = None) -> dict[int, list[str]]:
    """Return the codes of what each year lacks; the list and the contract have to say the same."""
    reader = who or world.contact
    [listed] = world.ask(reader, "GET", f"/contracts?customer_id={world.customer}")["items"]
    assert world.ask(reader, "GET", f"/contracts/{contract_id}") == listed
    return {each["year"]: [blocker["code"] for blocker in each["blockers"]] for each in listed["years"]}


def test_a_signed_year_lacks_nothing_and_a_new_draft_everything(world: World) -> None:
    contract = world.contract()
    world.signed(2026, contract)
    world.draft(2027, contract=contract)
    assert lacking(world, contract["id"]) == {2026: [], 2027: [*POINTS, "lines"]}


def test_the_list_says_what_the_year_itself_says_at_every_step(world: World) -> None:
    contract = world.contract()
    path = world.draft(2027, contract=contract)

    def agreed() -> list[str]:
        own = [each["code"] for each in world.ask(world.contact, "GET", path)["blockers"]]
        assert lacking(world, contract["id"]) == {2027: own}
        return own

    world.fill(path, leave_out="communication")
    assert agreed() == ["communication"]
    world.edit(path, "persons", {"items": [{"party": "producer", "role": "Vastaava", "name": "Maija"}]})
    world.edit(path, "lines", {"items": []})
    assert agreed() == ["responsible_persons", "communication", "lines"]
    world.ask(world.account_manager, "POST", f"{path}/submit", {})
    world.ask(world.account_manager, "POST", f"{path}/propose", {})
    world.consent(world.account_manager, path, "approve", {"party": "producer"})
    assert agreed() == ["responsible_persons", "communication", "lines", "customer_approval"]
    world.ask(world.account_manager, "POST", f"{path}/reject", {"reason": "Ei sovittu."})
    assert agreed() == []


def test_one_contracts_lack_is_not_anothers(world: World) -> None:
    complete, empty = world.contract(), world.contract()
    world.fill(world.draft(2027, contract=complete))
    world.draft(2027, contract=empty)
    listed = world.ask(world.contact, "GET", f"/contracts?customer_id={world.customer}")["items"]
    counts = {each["id"]: len(each["years"][0]["blockers"]) for each in listed}
    assert counts == {complete["id"]: 0, empty["id"]: len(POINTS) + 1}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fi", "puuttuu: viestinnän työnjako"),
        ("sv", "saknas: arbetsfördelning i kommunikationen"),
        ("en", "missing: division of communication work"),
    ],
)
def test_it_is_told_in_the_readers_language(world: World, language: str, text: str) -> None:
    contract = world.contract()
    world.draft(2027, contract=contract)
    for path in (f"/contracts/{contract['id']}", f"/contracts?customer_id={world.customer}"):
        answer = world.ask(world.contact, "GET", path, accept_language=language)
        [year] = answer.get("items", [answer])[0]["years"]
        assert text in [each["text"] for each in year["blockers"]]


def test_a_site_head_and_a_stranger_are_told_nothing_of_a_draft(world: World) -> None:
    contract = world.contract()
    world.signed(2026, contract)
    world.draft(2027, contract=contract)
    assert lacking(world, contract["id"], world.head) == {2026: []}
    other = actor("contract_contact", customer_ids=[world.other_customer])
    for who in (world.stranger, world.outside_producer, other):
        world.ask(who, "GET", f"/contracts/{contract['id']}", expect=404)
        assert world.ask(who, "GET", f"/contracts?customer_id={world.customer}")["items"] == []


def test_a_longer_list_asks_the_database_no_more(world: World, database: Database) -> None:
    def asked() -> int:
        with statements(database) as seen:
            world.ask(world.contact, "GET", f"/contracts?customer_id={world.customer}")
        return len(seen)

    world.draft(2027)
    one = asked()
    for _ in range(3):
        contract = world.contract()
        for year in (2026, 2027):
            world.draft(year, contract=contract)
    assert asked() == one
