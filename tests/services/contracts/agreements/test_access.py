"""Who sees and does what with contracts: each level its own, strangers nothing."""

import pytest

from chassis.tables import new_id
from tests.actors import actor, bearer, forged
from tests.services.contracts.world import World, a_line, a_point


def test_a_stranger_gets_404_on_the_contract_and_everything_of_it(world: World) -> None:
    path = world.signed()
    contract = path.removesuffix("/years/2026")
    for who in (world.stranger, world.outside_producer):
        for address in (contract, path, f"{path}/history", f"/sites/{world.site}/agreed"):
            world.ask(who, "GET", address, expect=404)
        world.ask(who, "PUT", f"{path}/points/changes", a_point(), expect=404, if_match='"1"')
        for step, body in (("submit", {}), ("sign", {}), ("terminate", {"reason": "x"})):
            world.ask(who, "POST", f"{path}/{step}", body, expect=404, if_match='"1"')
        assert world.ask(who, "GET", f"/contracts?customer_id={world.customer}")["items"] == []
        reference = world.ask(world.contact, "GET", contract)["reference"]
        assert world.ask(who, "GET", f"/search?q={reference}")["items"] == []


def test_a_site_head_reads_a_signed_year_with_the_own_sites_lines_only(world: World) -> None:
    year = world.ask(world.head, "GET", world.signed())
    assert [line["site_id"] for line in year["lines"]] == [str(world.site)]
    assert "3.90" not in str(year)
    assert year["allowed"] == []


def test_a_site_head_does_not_see_a_draft_anywhere(world: World) -> None:
    contract = world.contract()
    path = world.draft(2027, contract=contract)
    world.ask(world.head, "GET", f"/contracts/{contract['id']}", expect=404)
    world.ask(world.head, "GET", path, expect=404)
    world.signed(2026, contract)
    seen = world.ask(world.head, "GET", f"/contracts/{contract['id']}")
    assert [year["year"] for year in seen["years"]] == [2026]
    assert world.ask(world.head, "GET", "/contracts?year=2027")["items"] == []


def test_a_site_head_changes_nothing_and_reads_no_history(world: World) -> None:
    path = world.signed()
    world.ask(world.head, "PUT", f"{path}/points/changes", a_point(), expect=403, if_match='"1"')
    world.ask(world.head, "POST", f"{path}/terminate", {"reason": "x"}, expect=403)
    world.ask(world.head, "GET", f"{path}/history", expect=403)


def test_what_is_agreed_for_a_site_is_for_its_people_and_the_parties(world: World) -> None:
    world.signed()
    for who in (world.head, world.contact, world.supervisor):
        agreed = world.ask(who, "GET", f"/sites/{world.site}/agreed")
        assert [line["price"]["amount"] for line in agreed["lines"]] == ["4.85"]
        assert agreed["targets"][0]["response"] == {"basis": "business", "duration": "PT4H"}
    world.ask(world.head, "GET", f"/sites/{world.next_site}/agreed", expect=404)


def test_the_contract_contact_writes_points_but_not_prices(world: World) -> None:
    path = world.draft()
    world.edit(path, "points/communication", a_point(), world.contact)
    world.edit(path, "lines", {"items": [a_line(world.site)]}, world.contact, expect=403)
    world.edit(path, "targets", {"items": []}, world.contact, expect=403)


def test_another_customers_contact_sees_nothing(world: World) -> None:
    other = actor("contract_contact", customer_ids=[world.other_customer])
    path = world.signed()
    world.ask(other, "GET", path, expect=404)
    world.consent(other, path, "sign", {}, expect=404)


@pytest.mark.parametrize("who", ["contact", "head", "supervisor", "outside_producer"])
def test_only_account_managers_and_administrators_make_contracts(world: World, who: str) -> None:
    body = {"customer_id": str(world.customer), "services": ["meals"]}
    world.ask(getattr(world, who), "POST", "/contracts", body, expect=403)
    world.ask(world.administrator, "POST", "/contracts", body, expect=201)


@pytest.mark.parametrize(("role", "party"), [("management", "customer"), ("account_manager", None)])
def test_a_signer_who_is_also_a_contact_acts_for_the_producer_at_other_customers_only(
    world: World, role: str, party: str | None
) -> None:
    both = world.account_manager.model_copy(
        update={
            "roles": frozenset({role, "contract_contact"}),
            "customer_ids": frozenset({world.other_customer}),
        }
    )
    own = world.draft(contract=world.contract(customer_id=str(world.other_customer)))
    assert world.ask(both, "GET", own)["acts_for"] == party
    assert world.ask(both, "GET", world.draft())["acts_for"] == "producer"
    world.ask(both, "POST", f"{own}/submit", {}, expect=403)


def test_an_administrator_signs_for_nobody(world: World) -> None:
    path = world.draft()
    world.fill(path)
    world.to_approval(path)
    world.consent(world.administrator, path, "sign", {}, expect=403)


def test_without_a_true_actor_token_there_is_401(world: World) -> None:
    path = f"/v1/contracts/{new_id()}"
    for headers in (
        {},
        forged(world.administrator, "contracts"),
        bearer(world.administrator, "customers"),
        bearer(world.administrator, "contracts", issued_at=1_700_000_000),
    ):
        assert world.client.get(path, headers=headers).status_code == 401


def test_lists_filter_by_customer_year_and_effective_state(world: World) -> None:
    contract = world.contract()
    world.signed(2026, contract)
    world.draft(2027, copy_from=2026, contract=contract)
    base = f"/contracts?customer_id={world.customer}"

    def found(more: str) -> list[str]:
        return [each["id"] for each in world.ask(world.contact, "GET", base + more)["items"]]

    assert found("&year=2026&state=in_force") == [contract["id"]]
    assert found("&year=2027&state=draft") == [contract["id"]]
    assert found("&year=2026&state=draft") == []
    assert found("&state=signed") == []
    assert found(f"&q={contract['reference'].lower()}") == [contract["id"]]
    assert found("&q=%25") == []


def test_contracts_are_paged_by_reference(world: World) -> None:
    made = [world.contract()["reference"] for _ in range(3)]
    base = f"/contracts?customer_id={world.customer}&limit=2"
    first = world.ask(world.contact, "GET", base)
    second = world.ask(world.contact, "GET", f"{base}&cursor={first['next']}")
    assert [each["reference"] for each in first["items"] + second["items"]] == made
    assert second["next"] is None
    world.ask(world.contact, "GET", f"{base}&cursor=nonsense", expect=422)
