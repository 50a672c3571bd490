"""What the service publishes, and the names it keeps of others."""

import asyncio
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

import httpx2
import pytest
import sqlalchemy as sa
from fastapi import FastAPI

from chassis.actors import Actor, ActorSigner
from chassis.database import Database
from chassis.events import CloudEvent
from chassis.outbound import Neighbour
from chassis.tables import new_id
from services.contracts.agreements.record import clauses
from services.contracts.agreements.repository import content_of, year_for
from services.contracts.agreements.rules import content_hash
from services.contracts.listeners import HANDLERS
from services.contracts.settings import ContractsSettings
from services.contracts.worker import create_worker
from tests.actors import private_jwk
from tests.services.contracts.world import Json, World
from trade.days import HELSINKI


def events(world: World, type_: str, subject: str) -> list[Json]:
    """Return the data of the published events of a subject, oldest first."""
    token = ActorSigner("feedback", private_jwk("feedback")).as_itself("contracts")
    items: list[Json] = []
    after = ""
    while True:
        feed = world.client.get(
            f"/v1/events?after={after}&limit=200", headers={"Authorization": f"Bearer {token}"}
        ).json()
        if not feed["items"]:
            break
        items += feed["items"]
        after = feed["next"]
    return [each["data"] for each in items if each["type"].endswith(type_) and each["subject"] == subject]


def told(database: Database, subject: str) -> list[Json]:
    """Return what the events of a subject tell about people, oldest first."""
    with database.session() as session:
        found = session.scalars(
            sa.text(
                "select told.data from event_personal as told join event on event.id = told.event_id"
                " where told.subject = :subject order by event.sequence"
            ),
            {"subject": subject},
        )
        return list(found)


def tell(database: Database, kind: str, data: Json) -> None:
    """Let the listener's handler take an event of the customers service."""
    event = CloudEvent(
        id=str(new_id()),
        source="/services/customers",
        type=f"kumppani.customers.{kind}.changed",
        subject=str(data["id"]),
        time=datetime(2026, 3, 1, tzinfo=UTC).isoformat(),
        data=data,
    )
    with database.session() as session:
        HANDLERS[event.type](session, event)


def a_site(world: World, customer: UUID | None = None) -> Json:
    """Return the state of the world's site."""
    return {"id": str(world.site), "name": "Koulu", "customer_id": str(customer or world.customer)}


def test_a_year_publishes_its_whole_state_with_personal_data_apart(world: World, database: Database) -> None:
    path = world.signed()
    year = world.ask(world.contact, "GET", path)
    state = events(world, "contracts.year.changed", year["id"])[-1]
    assert state["customer_id"] == str(world.customer)
    assert (state["state"], state["valid_from"], state["valid_until"]) == (
        "signed",
        "2026-01-01",
        "2026-12-31",
    )
    assert {(line["site_id"], line["service"]) for line in state["lines"]} == {
        (str(world.site), "meals"),
        (str(world.next_site), "meals"),
    }
    assert state["targets"] == year["targets"]
    assert state["content_hash"] == year["content_hash"]
    assert state["version"] == year["version"]
    personal = told(database, year["id"])[-1]["personal"]
    assert personal["persons"] == year["persons"]
    assert "Virtanen" not in str(state)


def test_a_refused_signature_publishes_nothing(world: World) -> None:
    path = world.draft()
    year = world.ask(world.account_manager, "GET", path)
    world.consent(world.account_manager, path, "sign", {}, expect=409)
    assert len(events(world, "contracts.year.changed", year["id"])) == 1


def test_the_kept_hash_can_be_counted_again_from_the_rows(world: World, database: Database) -> None:
    path = world.signed()
    year = world.ask(world.contact, "GET", path)
    with database.session() as session:
        contract, row = year_for(session, world.contact, UUID(year["contract_id"]), 2026)
        assert content_hash(clauses(contract, row, content_of(session, row.id))) == year["content_hash"]
        row.agreed_until = date(2026, 6, 30)
        assert content_hash(clauses(contract, row, content_of(session, row.id))) != year["content_hash"]
        session.rollback()


def test_names_come_from_the_customers_feed(world: World, database: Database) -> None:
    path = world.signed()
    assert world.ask(world.contact, "GET", path)["customer"] == {"id": str(world.customer), "name": ""}
    more = {"number": "A-001", "version": 1, "something_new": True}
    tell(database, "customer", {"id": str(world.customer), "name": "Opetuspalvelut", **more})
    site = {**a_site(world), "name": "Kaakkurin koulu", **more}
    tell(database, "site", site)
    tell(database, "site", {**site, "name": "Kaakkurin yhtenäiskoulu"})
    year = world.ask(world.contact, "GET", path)
    assert year["customer"]["name"] == "Opetuspalvelut"
    assert [line["site_name"] for line in year["lines"]] == ["Kaakkurin yhtenäiskoulu", ""]
    assert world.ask(world.contact, "GET", "/search?q=opetusp")["items"][0]["kind"] == "contract"
    assert (
        world.ask(world.contact, "GET", "/contracts?q=OPETUS")["items"][0]["reference"] == year["reference"]
    )


def test_a_clock_can_be_generated_for_every_known_customer(world: World, database: Database) -> None:
    tell(database, "customer", {"id": str(world.customer), "name": "Museot ja kirjastot"})
    world.ask(world.account_manager, "POST", "/clock/generate", {"year": 2031})
    clock = world.ask(world.contact, "GET", "/clock?year=2031")
    assert clock["summary"]["total"] == 11
    assert clock["items"][0]["customer_name"] == "Museot ja kirjastot"


@pytest.mark.parametrize(("changed", "status"), [({"phone": "044 1"}, 200), ({"assignments": []}, 404)])
def test_calendar_links_end_when_the_owners_assignments_change(
    world: World, database: Database, changed: Json, status: int
) -> None:
    path = world.ask(world.contact, "POST", "/calendar-feeds", {}, expect=201)["path"]
    assignment = {"role": "contract_contact", "customer_id": str(world.customer)}
    person = {"id": world.contact.subject, "assignments": [assignment], "phone": ""}
    tell(database, "person", person)
    tell(database, "person", {**person, **changed})
    assert world.client.get(path.removeprefix("/api")).status_code == status


def a_person(who: Actor, **spells: str | None) -> Json:
    """Return the state of a person with one assignment."""
    return {"id": who.subject, "assignments": [{"role": "contract_contact", **spells}]}


def opened(world: World, made: Json, expect: int) -> None:
    """Read the calendar of a link that was made."""
    assert world.client.get(made["path"].removeprefix("/api")).status_code == expect


@pytest.mark.parametrize(
    ("spells", "last"),
    [
        ({"valid_from": "2026-01-01", "valid_until": "2026-04-30"}, date(2026, 4, 30)),
        ({"valid_from": "2026-05-01", "valid_until": "2026-12-31"}, date(2026, 4, 30)),
        ({"valid_from": "2026-01-01", "valid_until": "2026-03-10"}, date(2026, 3, 10)),
    ],
)
def test_a_link_opens_through_the_last_day_of_its_owners_rights(
    world: World, database: Database, at: Callable[[datetime], None], spells: Json, last: date
) -> None:
    tell(database, "person", a_person(world.contact, **spells))
    made = world.ask(world.contact, "POST", "/calendar-feeds", {}, expect=201)
    assert made["ends_on"] == last.isoformat()
    midnight = datetime.combine(last + timedelta(days=1), time(), HELSINKI)
    at(midnight - timedelta(seconds=1))
    opened(world, made, 200)
    at(midnight)
    opened(world, made, 404)
    assert world.ask(world.contact, "GET", "/calendar-feeds")["items"] == []
    world.ask(world.contact, "DELETE", f"/calendar-feeds/{made['id']}", expect=404)


def test_a_link_of_rights_without_an_end_goes_on(
    world: World, database: Database, at: Callable[[datetime], None]
) -> None:
    tell(database, "person", a_person(world.contact, valid_from="2026-01-01", valid_until=None))
    made = world.ask(world.contact, "POST", "/calendar-feeds", {}, expect=201)
    at(datetime(2029, 1, 1, tzinfo=UTC))
    opened(world, made, 200)


def test_a_link_of_somebody_unknown_opens_for_thirty_days(
    world: World, at: Callable[[datetime], None]
) -> None:
    made = world.ask(world.contact, "POST", "/calendar-feeds", {}, expect=201)
    assert made["ends_on"] == "2026-04-09"
    at(datetime(2026, 4, 10, tzinfo=UTC))
    opened(world, made, 404)


@pytest.mark.parametrize(("until", "status"), [(None, 200), ("2026-03-20", 404)])
def test_a_link_gets_its_true_end_when_its_owner_becomes_known(
    world: World, database: Database, at: Callable[[datetime], None], until: str | None, status: int
) -> None:
    made = world.ask(world.contact, "POST", "/calendar-feeds", {}, expect=201)
    tell(database, "person", a_person(world.contact, valid_from="2026-01-01", valid_until=until))
    at(datetime(2026, 3, 21, tzinfo=UTC) if until else datetime(2027, 1, 1, tzinfo=UTC))
    opened(world, made, status)


def test_links_of_a_sites_people_end_when_the_site_gets_another_customer(
    world: World, database: Database
) -> None:
    tell(database, "site", a_site(world))
    heads, contacts = (
        world.ask(who, "POST", "/calendar-feeds", {}, expect=201) for who in (world.head, world.contact)
    )
    tell(database, "site", {**a_site(world), "name": "Uusi nimi"})
    opened(world, heads, 200)
    tell(database, "site", a_site(world, world.other_customer))
    opened(world, heads, 404)
    opened(world, contacts, 200)


def test_the_worker_reads_the_customers_feed(
    world: World, settings: ContractsSettings, database: Database
) -> None:
    customer = str(world.customer)
    asked: list[httpx2.Request] = []

    def answer(request: httpx2.Request) -> httpx2.Response:
        asked.append(request)
        event = {
            "id": str(new_id()),
            "source": "/services/customers",
            "type": "kumppani.customers.customer.changed",
            "subject": customer,
            "time": "2026-03-01T00:00:00+00:00",
            "data": {"id": customer, "number": "A-001", "name": "Liikuntapalvelut"},
        }
        items = [] if request.url.params["after"] else [event]
        return httpx2.Response(200, json={"items": items, "next": "1.1"})

    async def catch_up() -> int:
        neighbour = Neighbour("customers", "http://customers", transport=httpx2.MockTransport(answer))
        worker = create_worker(settings, database=database, neighbours={"customers": neighbour})
        count = await worker.listeners[0].catch_up()
        await neighbour.close()
        return count

    assert asyncio.run(catch_up()) == 1
    assert asyncio.run(catch_up()) == 0
    assert asked[0].headers["authorization"].startswith("Bearer ")
    contract = world.contract()
    assert contract["customer"]["name"] == "Liikuntapalvelut"


def test_every_route_is_documented_with_its_problems(app: FastAPI) -> None:
    for path, operations in app.openapi()["paths"].items():
        for method, operation in operations.items():
            assert operation["summary"], path
            if path != "/v1/clock.ics":
                assert "401" in operation["responses"], (method, path)
