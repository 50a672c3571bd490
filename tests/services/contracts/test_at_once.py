"""Two people at once: nothing is done twice, and nobody's text is lost unseen."""

from concurrent.futures import ThreadPoolExecutor

from httpx2 import Response

from tests.actors import bearer
from tests.services.contracts.world import Json, World, a_point


def at_once(world: World, method: str, path: str, bodies: list[Json], **headers: str) -> list[Response]:
    """Send the requests at the same time."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}

    def ask(body: Json) -> Response:
        token = bearer(world.account_manager, "contracts")
        return world.client.request(method, f"/v1{path}", json=body, headers={**token, **named})

    with ThreadPoolExecutor(len(bodies)) as people:
        return list(people.map(ask, bodies))


def test_a_clock_generated_at_once_has_its_eleven_rows(world: World) -> None:
    body = {"year": 2026, "customer_id": str(world.customer)}
    answers = at_once(world, "POST", "/clock/generate", [body] * 4)
    assert {answer.status_code for answer in answers} == {200}
    assert world.ask(world.contact, "GET", "/clock")["summary"]["total"] == 11


def test_references_given_at_once_are_all_different(world: World) -> None:
    body = {"customer_id": str(world.customer), "services": ["meals"]}
    answers = at_once(world, "POST", "/contracts", [body] * 6)
    assert len({answer.json()["reference"] for answer in answers}) == 6


def test_of_two_edits_of_one_version_the_second_is_told(world: World) -> None:
    path = world.draft()
    bodies = [a_point("Ensimmäinen."), a_point("Toinen.")]
    answers = at_once(world, "PUT", f"{path}/points/changes", bodies, if_match='"1"')
    assert sorted(answer.status_code for answer in answers) == [200, 412]


def test_a_year_drafted_at_once_is_drafted_once(world: World) -> None:
    path = f"/contracts/{world.contract()['id']}/years"
    answers = at_once(world, "POST", path, [{"year": 2027}] * 3)
    assert sorted(answer.status_code for answer in answers) == [201, 409, 409]


def test_one_idempotency_key_at_once_makes_one_contract(world: World) -> None:
    body = {"customer_id": str(world.customer), "services": ["meals"]}
    answers = at_once(world, "POST", "/contracts", [body] * 4, idempotency_key="at-once")
    assert len({answer.json()["id"] for answer in answers}) == 1
