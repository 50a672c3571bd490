"""A small city in the local copies, and a running feedback service above it."""

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from fastapi import FastAPI
from fastapi.testclient import TestClient

from chassis.actors import Actor
from chassis.database import Database
from chassis.tables import new_id
from services.feedback.app import create_app
from services.feedback.copies.model import CustomerCopy, PersonCopy, ProducerCopy, SiteCopy
from services.feedback.copies.version import bump
from services.feedback.settings import FeedbackSettings
from tests import actors
from tests.support.client import Client

TUESDAY = datetime(2026, 3, 10, 10, 0, tzinfo=UTC)
"""12:00 in Oulu, a school day."""


@dataclass
class City:
    """Ids of the cast: a school and a day-care of two customers, own and outside producer, people."""

    own: UUID = field(default_factory=new_id)
    outside: UUID = field(default_factory=new_id)
    education: UUID = field(default_factory=new_id)
    early_years: UUID = field(default_factory=new_id)
    school: UUID = field(default_factory=new_id)
    daycare: UUID = field(default_factory=new_id)
    handler: UUID = field(default_factory=new_id)
    second_handler: UUID = field(default_factory=new_id)
    supervisor: UUID = field(default_factory=new_id)
    account_manager: UUID = field(default_factory=new_id)
    manager: UUID = field(default_factory=new_id)
    head: UUID = field(default_factory=new_id)

    def school_head(self) -> Actor:
        return actors.actor(
            "site_head",
            person_id=self.head,
            name="Raija Rehtori",
            site_ids={self.school},
            site_customer_ids={self.education},
        )

    def daycare_head(self) -> Actor:
        return actors.actor("site_head", site_ids={self.daycare}, site_customer_ids={self.early_years})

    def contract_contact(self) -> Actor:
        return actors.actor("contract_contact", customer_ids={self.education})

    def staff(self, role: str = "complaint_handler") -> Actor:
        ids = {"complaint_handler": self.handler, "service_supervisor": self.supervisor}
        return actors.actor(role, person_id=ids.get(role, self.manager), name="Kalle Käsittelijä")

    def outside_supervisor(self) -> Actor:
        return actors.actor("producer_supervisor", producer_ids={self.outside})

    def fill(self, database: Database) -> None:
        """Write the copies as the customers feed would."""

        def person(person_id: UUID, name: str, *assignments: dict[str, Any]) -> PersonCopy:
            return PersonCopy(
                id=person_id,
                version=1,
                name=name,
                title="",
                email=f"{person_id.hex[-8:]}@ouka.example",
                phone="+358 40 123",
                language="fi",
                assignments=list(assignments),
                absences=[],
            )

        def services(**producers: UUID) -> list[dict[str, Any]]:
            return [{"service": name, "producer_id": str(who)} for name, who in producers.items()]

        with database.session() as session:
            session.add_all(
                [
                    ProducerCopy(id=self.own, version=1, name="Oulun Serviisi", own=True),
                    ProducerCopy(id=self.outside, version=1, name="Siivous Oy", own=False),
                    CustomerCopy(id=self.education, version=1, name="Opetuspalvelut"),
                    CustomerCopy(id=self.early_years, version=1, name="Varhaiskasvatus"),
                    SiteCopy(
                        id=self.school,
                        version=1,
                        name="Kaakkurin koulu",
                        customer_id=self.education,
                        calendar="school",
                        services=services(meals=self.own, cleaning=self.outside),
                    ),
                    SiteCopy(
                        id=self.daycare,
                        version=1,
                        name="Tuulikello",
                        customer_id=self.early_years,
                        calendar="day_care",
                        services=services(meals=self.own, cleaning=self.own),
                    ),
                    person(
                        self.handler,
                        "Hanna Käsittelijä",
                        {
                            "role": "complaint_handler",
                            "customer_id": str(self.education),
                            "stand_in": {"person_id": str(self.second_handler), "name": ""},
                        },
                    ),
                    person(self.second_handler, "Toni Toinen", {"role": "complaint_handler"}),
                    person(self.supervisor, "Pia Palveluesimies", {"role": "service_supervisor"}),
                    person(
                        self.account_manager,
                        "Aino Asiakkuus",
                        {
                            "role": "account_manager",
                            "customer_id": str(self.education),
                            "stand_in": {"person_id": str(self.supervisor), "name": ""},
                        },
                    ),
                    person(self.manager, "Johanna Johtaja", {"role": "management"}),
                    person(self.head, "Raija Rehtori", {"role": "site_head", "site_id": str(self.school)}),
                ]
            )
            bump(session)


@dataclass
class Service:
    """A running service with a clock that the test moves."""

    app: FastAPI
    client: TestClient
    database: Database
    city: City
    settings: FeedbackSettings
    now: datetime = TUESDAY

    def later(self, **spans: float) -> datetime:
        """Move the clock on."""
        self.now += timedelta(**spans)
        return self.now

    def as_(self, who: Actor, **headers: str) -> dict[str, str]:
        """Return the headers of a request by the actor; the token is always fresh."""
        return actors.bearer(who, "feedback") | headers

    def get(self, path: str, who: Actor, **params: Any) -> Any:
        return self.client.get(f"/v1{path}", headers=self.as_(who), params=params)

    def post(self, path: str, who: Actor, body: dict[str, Any], **headers: str) -> Any:
        return self.client.post(f"/v1{path}", json=body, headers=self.as_(who, **headers))

    def report(self, who: Actor | None = None, **changes: Any) -> dict[str, Any]:
        """Report a valid word, by the school's head unless told, and return the case."""
        answer = self.post("/cases", who or self.city.school_head(), a_word(self.city, **changes))
        assert answer.status_code == 201, answer.text
        return answer.json()

    def act(self, case: dict[str, Any], action: str, who: Actor | None = None, **body: Any) -> dict[str, Any]:
        """Do something to a case, by the handler unless told, and return the case."""
        answer = self.post(f"/cases/{case['id']}/{action}", who or self.city.staff(), body)
        assert answer.status_code == 200, answer.text
        return answer.json()


def a_word(city: City, **changes: Any) -> dict[str, Any]:
    """Return a valid body of an intake."""
    return {
        "site_id": str(city.school),
        "kind": "complaint",
        "service": "meals",
        "subject": "Lounas loppui kesken",
        "description": "Kolme luokkaa jäi ilman pääruokaa.",
        "channel": "web",
    } | {name: str(value) if isinstance(value, UUID) else value for name, value in changes.items()}


@contextmanager
def a_service(url: str, *, city: City | None = None) -> Generator[Service]:
    """Start the service on a migrated database."""
    settings = FeedbackSettings(
        database_url=url,
        trusted_keys=actors.trusted_keys(),
        signing_key=actors.private_jwk("feedback"),
    )
    database = Database(url)
    place = city or City()
    place.fill(database)
    app = create_app(settings, database=database, clock=lambda: service.now)
    try:
        with Client(app, raise_server_exceptions=False) as client:
            service = Service(app, client, database, place, settings)
            yield service
    finally:
        database.close()


def rows(service: Service, sql: str, **values: object) -> list[Any]:
    with service.database.session() as session:
        return list(session.execute(sa.text(sql), values).all())
