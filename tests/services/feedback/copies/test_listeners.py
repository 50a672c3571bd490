"""What the neighbours publish arrives in the copies, and reaches intake."""

from typing import Any
from uuid import uuid4

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import OperationalError

from chassis.events import CloudEvent
from chassis.tables import new_id
from services.feedback.app import read_models_of
from services.feedback.cases import upkeep
from services.feedback.cases.upkeep import recalculate_after_changes, renew_open_cases
from services.feedback.copies.listeners import CUSTOMERS
from services.feedback.copies.model import PersonCopy, SiteCopy
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
    directory = read_models_of(service.settings)

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


def test_a_case_that_cannot_be_worked_out_keeps_no_other_from_its_new_targets(service: Service) -> None:
    poison, sound = service.report(), service.report()
    number = {"case": poison["id"]}
    with service.database.session() as session:
        log = "select data from case_event where case_id = :case and number = 1"
        data = sa.text("update case_event set data = :data where case_id = :case and number = 1").bindparams(
            sa.bindparam("data", type_=sa.JSON)
        )
        whole = session.execute(sa.text(log), number).scalar_one()
        session.execute(data, {**number, "data": {}})
    hear(service, "kumppani.contracts.year.changed", year(service.city))
    directory = read_models_of(service.settings)

    first = recalculate_after_changes(service.database, directory, service.now)
    second = recalculate_after_changes(service.database, directory, service.now)
    with service.database.session() as session:
        session.execute(data, {**number, "data": whole})
    in_the_night = renew_open_cases(service.database, directory, service.now)

    assert (first, second, in_the_night) == (1, 0, 1)
    for case in (poison, sound):
        after = service.get(f"/cases/{case['id']}", service.city.staff()).json()
        assert after["response_due_at"] == "2026-03-10T11:00:00Z"


def test_a_lost_database_leaves_the_change_to_be_done(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    service.report()
    hear(service, "kumppani.contracts.year.changed", year(service.city))
    directory = read_models_of(service.settings)

    def lost(*_: object) -> None:
        raise OperationalError("select", {}, Exception("gone"))

    with monkeypatch.context() as broken:
        broken.setattr(upkeep, "_renew", lost)
        with pytest.raises(OperationalError):
            recalculate_after_changes(service.database, directory, service.now)

    assert recalculate_after_changes(service.database, directory, service.now) == 1


def test_an_erased_person_is_copied_without_a_name(service: Service) -> None:
    erased = {"id": str(service.city.handler), "version": 9, "assignments": [{"role": "complaint_handler"}]}

    hear(service, "kumppani.customers.person.changed", erased)

    with service.database.session() as session:
        known = session.get(PersonCopy, service.city.handler)
        assert known is not None
        assert (known.name, known.email, known.phone, known.absences) == ("", "", "", [])
    assert service.report()["reference"]
