"""What the neighbours publish arrives in the copies, and reaches intake."""

from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from chassis.events import CloudEvent
from chassis.tables import new_id
from services.feedback.app import directory_of
from services.feedback.cases.upkeep import recalculate_after_changes
from services.feedback.copies.listeners import CUSTOMERS
from services.feedback.copies.model import PersonCopy, SiteCopy
from services.feedback.copies.rules import Assignment, People, Person, Place, choose, handler
from services.feedback.worker import CONTRACTS
from tests.services.feedback.city import City, Service

HANDLERS = {**CUSTOMERS, **CONTRACTS}


def hear(service: Service, kind: str, data: dict[str, Any]) -> None:
    event = CloudEvent(
        id=str(uuid4()),
        source="/services/x",
        type=kind,
        subject=data["id"],
        time="2026-03-10T10:00:00Z",
        data=data,
    )
    with service.database.session() as session:
        HANDLERS[kind](session, event)


def site(city: City, **changes: Any) -> dict[str, Any]:
    return {
        "id": str(city.school),
        "version": 2,
        "name": "Kaakkurin koulu",
        "kind": "comprehensive_school",
        "customer_id": str(city.education),
        "customer_name": "Opetuspalvelut",
        "calendar": "school",
        "services": [{"service": "meals", "producer_id": str(city.own), "producer_name": "", "own": True}],
    } | changes


def year(city: City, **changes: Any) -> dict[str, Any]:
    return {
        "id": str(new_id()),
        "reference": "S-2026-012",
        "customer_id": str(city.education),
        "year": 2026,
        "state": "signed",
        "valid_from": "2026-01-01",
        "valid_until": "2026-12-31",
        "signed_at": "2025-12-20T10:00:00Z",
        "lines": [],
        "targets": [
            {
                "service": "meals",
                "severity": "normal",
                "response": {"basis": "business", "duration": "PT1H"},
                "resolution": {"basis": "business", "duration": "PT8H"},
            }
        ],
        "version": 3,
    } | changes


def test_a_renamed_site_is_renamed_in_cases(service: Service) -> None:
    service.report()
    hear(service, "kumppani.customers.site.changed", site(service.city, name="Kaakkurin uusi koulu"))

    assert service.report()["site"]["name"] == "Kaakkurin uusi koulu"


def test_an_older_state_never_overwrites_a_newer_one(service: Service) -> None:
    hear(service, "kumppani.customers.site.changed", site(service.city, version=5, name="Uusi"))
    hear(service, "kumppani.customers.site.changed", site(service.city, version=4, name="Vanha"))

    with service.database.session() as session:
        assert session.get_one(SiteCopy, service.city.school).name == "Uusi"


def test_a_persons_assignments_and_absences_are_kept(service: Service) -> None:
    stand_in = {"person_id": str(service.city.supervisor), "name": "Pia"}
    hear(
        service,
        "kumppani.customers.person.changed",
        {
            "id": str(service.city.handler),
            "version": 2,
            "name": "Hanna Uusi",
            "title": "Käsittelijä",
            "email": "h@x.example",
            "phone": "+358",
            "language": "fi",
            "username": None,
            "assignments": [
                {
                    "id": str(new_id()),
                    "role": "complaint_handler",
                    "department_id": None,
                    "customer_id": str(service.city.education),
                    "site_id": None,
                    "producer_id": None,
                    "service": None,
                    "topics": [],
                    "stand_in": stand_in,
                    "valid_from": "2026-01-01",
                    "valid_until": None,
                }
            ],
            "absences": [{"first_day": "2026-03-10", "last_day": "2026-03-10"}],
        },
    )

    with service.database.session() as session:
        assert session.get_one(PersonCopy, service.city.handler).name == "Hanna Uusi"
    assert service.report()["handler"]["name"] == "Pia Palveluesimies"


def test_a_contract_years_targets_reach_the_next_case(service: Service) -> None:
    hear(service, "kumppani.contracts.year.changed", year(service.city))

    case = service.report()
    clock = service.get(f"/cases/{case['id']}/clock", service.city.school_head()).json()

    assert case["response_due_at"] == "2026-03-10T11:00:00Z"
    assert clock["policy"]["source"] == "contract_year"
    assert clock["policy"]["contract_reference"] == "S-2026-012"


def test_a_change_of_targets_recalculates_open_cases_and_no_closed_ones(service: Service) -> None:
    resolved = service.act(service.report(), "resolve", body="Tehty.")
    opened = service.report()
    service.later(minutes=15)
    hear(service, "kumppani.contracts.year.changed", year(service.city))
    directory = directory_of(service.settings)

    first = recalculate_after_changes(service.database, directory, service.now)
    second = recalculate_after_changes(service.database, directory, service.now)

    assert (first, second) == (1, 0)
    after = service.get(f"/cases/{opened['id']}", service.city.staff()).json()
    assert after["response_due_at"] == "2026-03-10T11:00:00Z"
    [entry] = [item for item in after["history"] if item["what"] == "targets_changed"]
    assert entry["before"]["response"]["duration"] == "PT4H"
    assert entry["after"]["response"]["duration"] == "PT1H"
    same = service.get(f"/cases/{resolved['id']}", service.city.staff()).json()
    assert same["version"] == resolved["version"]


@pytest.fixture
def place() -> Place:
    return Place(new_id(), new_id(), new_id(), "meals", new_id())


DAY = date(2026, 3, 10)
DESK = Person(None, "Desk")


def person(name: str, role: str = "complaint_handler", **limits: Any) -> Person:
    away = limits.pop("away", False)
    return Person(
        new_id(), name, assignments=(Assignment(role, **limits),), absences=((DAY, DAY),) if away else ()
    )


def test_the_closest_assignment_handles_it(place: Place) -> None:
    everybody = person("kaikki")
    customers = person("asiakas", customer_id=place.customer_id)
    sites = person("kohde", site_id=place.site_id)
    others = person("muu", site_id=new_id())
    people = People.of([everybody, customers, sites, others], DESK)

    assert handler(people, place, DAY, praise=False).person is sites


def test_an_assignment_outside_its_days_does_not_count(place: Place) -> None:
    people = People.of([person("ennen", valid_until=date(2026, 3, 9))], DESK)

    assert handler(people, place, DAY, praise=False).person is DESK


def test_somebody_away_yields_to_the_stand_in(place: Place) -> None:
    second = person("sijainen", role="service_supervisor")
    first = person("poissa", away=True, stand_in_id=second.id)

    assigned = choose(People.of([first, second], DESK), "complaint_handler", place, DAY)

    assert assigned is not None
    assert (assigned.person, assigned.instead_of) == (second, first)


def test_somebody_away_without_stand_in_yields_to_an_equal(place: Place) -> None:
    away, here = person("poissa", away=True), person("paikalla")

    assigned = choose(People.of([away, here], DESK), "complaint_handler", place, DAY)

    assert assigned is not None
    assert assigned.person is here
