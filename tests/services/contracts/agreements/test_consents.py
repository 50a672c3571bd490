"""Approving and signing a contract year: by whom, of which content, and what follows."""

import pytest

from tests.actors import bearer
from tests.services.contracts.world import POINTS, World, a_point


@pytest.mark.parametrize("point", POINTS)
def test_signing_is_refused_while_one_point_is_missing(world: World, point: str) -> None:
    path = world.draft()
    world.fill(path, leave_out=point)
    world.to_approval(path)
    problem = world.consent(world.contact, path, "sign", {}, expect=409)
    assert problem["code"] == "contract_incomplete"
    assert [each["code"] for each in problem["blockers"]] == [point]
    assert problem["blockers"][0]["text"] in problem["detail"].lower()


def test_naming_persons_of_one_side_only_is_not_enough(world: World) -> None:
    path = world.draft()
    world.fill(path)
    world.edit(path, "persons", {"items": [{"party": "producer", "role": "Vastaava", "name": "Maija"}]})
    year = world.ask(world.account_manager, "GET", path)
    assert [each["code"] for each in year["blockers"]] == ["responsible_persons"]


def test_signing_waits_for_both_approvals(world: World) -> None:
    path = world.draft()
    world.fill(path)
    world.ask(world.account_manager, "POST", f"{path}/submit", {})
    world.ask(world.account_manager, "POST", f"{path}/propose", {})
    world.consent(world.account_manager, path, "approve", {"party": "producer"})
    problem = world.consent(world.account_manager, path, "sign", {}, expect=409)
    assert [each["code"] for each in problem["blockers"]] == ["customer_approval"]


def test_one_signature_does_not_make_a_contract(world: World) -> None:
    path = world.draft()
    world.fill(path)
    world.to_approval(path)
    year = world.consent(world.contact, path, "sign", {})
    assert year["state"] == "in_approval"
    assert year["content_hash"] is None
    assert [each["party"] for each in year["signed_by"]] == ["customer"]


def test_a_party_signs_once_and_for_itself_only(world: World) -> None:
    path = world.draft()
    world.fill(path)
    world.to_approval(path)
    world.consent(world.account_manager, path, "sign", {"party": "customer"}, expect=403)
    world.consent(world.contact, path, "sign", {"party": "customer"})
    problem = world.consent(world.contact, path, "sign", {}, expect=409)
    assert problem["code"] == "already_done"


def test_both_signatures_freeze_the_year_with_its_hash(world: World) -> None:
    path = world.signed()
    year = world.ask(world.contact, "GET", path)
    assert year["state"] == "in_force"
    assert len(year["content_hash"]) == 64
    assert year["blockers"] == []
    assert {each["party"]: each["name"] for each in year["signed_by"]} == {
        "customer": "Antti Koski",
        "producer": "Maija Virtanen",
    }


def test_a_signed_year_refuses_every_edit(world: World) -> None:
    path = world.signed()
    before = world.ask(world.account_manager, "GET", path)
    edits: dict[str, object] = {f"points/{point}": a_point() for point in POINTS}
    edits |= {part: {"items": []} for part in ("persons", "lines", "targets", "annexes")}
    answers = {part: world.edit(path, part, body, expect=409)["code"] for part, body in edits.items()}
    assert answers == dict.fromkeys(edits, "contract_frozen")
    assert world.ask(world.account_manager, "GET", path) == before


def test_an_edit_during_approval_takes_the_approvals_back(world: World) -> None:
    path = world.draft()
    world.fill(path)
    world.to_approval(path)
    year = world.edit(path, "points/changes", a_point("Muutokset käsitellään kuukausittain."))
    assert year["approved_by"] == []
    assert [each["code"] for each in year["blockers"]] == ["customer_approval", "producer_approval"]


def test_a_repeated_signature_with_its_key_is_one_signature(world: World) -> None:
    path = world.draft()
    world.fill(path)
    world.to_approval(path)
    first = world.consent(world.contact, path, "sign", {}, idempotency_key="sign-1")
    again = world.consent(world.contact, path, "sign", {}, idempotency_key="sign-1")
    assert again == first


def test_steps_without_a_body_are_taken_in_the_actors_own_party_and_name(world: World) -> None:
    path = world.draft()
    world.fill(path)
    for who, step in (
        (world.account_manager, "submit"),
        (world.account_manager, "propose"),
        (world.contact, "approve"),
        (world.account_manager, "approve"),
        (world.contact, "sign"),
        (world.account_manager, "sign"),
    ):
        version = world.ask(world.account_manager, "GET", path)["version"]
        headers = bearer(who, "contracts") | {"If-Match": f'"{version}"'}
        answer = world.client.post(f"/v1{path}/{step}", headers=headers)
        assert answer.status_code == 200, answer.text
    signed = [(each["party"], each["name"]) for each in answer.json()["signed_by"]]
    assert sorted(signed) == [("customer", "Antti Koski"), ("producer", "Maija Virtanen")]


def test_a_signature_on_paper_names_the_signer_and_who_recorded_it(world: World) -> None:
    path = world.draft()
    world.fill(path)
    world.to_approval(path)
    director = "Kaupunginjohtaja Päivi Laajala"
    world.consent(world.contact, path, "sign", {"name": director})
    world.consent(world.account_manager, path, "sign", {"name": "Maija Virtanen"})
    year = world.ask(world.contact, "GET", path)
    signed = {each["party"]: (each["name"], each["recorded_by"]) for each in year["signed_by"]}
    assert signed == {"customer": (director, "Antti Koski"), "producer": ("Maija Virtanen", None)}
    frozen, own, on_paper = world.ask(world.contact, "GET", f"{path}/history")["items"][:3]
    assert on_paper["after"] == {"party": "customer", "name": director, "recorded_by": "Antti Koski"}
    assert own["after"] == {"party": "producer", "name": "Maija Virtanen"}
    assert {(each["name"], each["recorded_by"]) for each in frozen["after"]["signed_by"]} == set(
        signed.values()
    )


@pytest.mark.parametrize("step", ["approve", "sign"])
def test_nobody_consents_without_saying_which_content_was_read(world: World, step: str) -> None:
    path = world.draft()
    world.fill(path)
    world.to_approval(path)
    world.ask(world.contact, "POST", f"{path}/{step}", {}, expect=428)
    version = world.ask(world.contact, "GET", path)["version"]
    world.edit(path, "points/changes", a_point("Muutokset käsitellään kuukausittain."))
    problem = world.ask(world.contact, "POST", f"{path}/{step}", {}, expect=412, if_match=f'"{version}"')
    assert problem["code"] == "stale"
    year = world.ask(world.contact, "GET", path)
    assert (year["signed_by"], year["approved_by"]) == ([], [])
