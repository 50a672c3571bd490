"""Builders that are valid by default, and a small city made with them through the service's own routes."""

import itertools
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from fastapi.testclient import TestClient

from chassis.actors import Actor
from chassis.database import Database
from services.customers.actors import usecases as actors
from tests.actors import actor, bearer

NOW = datetime(2026, 3, 10, 10, 0, tzinfo=UTC)
"""A Tuesday noon in Helsinki."""
Json = dict[str, Any]  # Any: JSON as it is read back in tests
Headers = dict[str, str]


class City:
    """Two departments, three customers, four sites, two producers and the cast of the access tests."""

    def __init__(self, client: TestClient, database: Database) -> None:
        self.client = client
        self.database = database
        self.admin: Headers = bearer(actor("administrator"), "customers")
        self._numbers = itertools.count(1)
        culture = self.a_department(
            name="Sivistys- ja kulttuuripalvelut", groups=["Opetus", "Varhaiskasvatus"]
        )
        welfare = self.a_department(name="Hyvinvointipalvelut", groups=["Hoivapalvelut"])
        self.culture, self.welfare = culture, welfare
        self.teaching = self.a_customer(name="Opetuspalvelut", department=culture, group=0)
        self.early = self.a_customer(name="Varhaiskasvatus", department=culture, group=1)
        self.care = self.a_customer(name="Hoivapalvelut", department=welfare, group=0)
        self.own = self.a_producer(name="Oulun Serviisi", own=True)
        self.outside = self.a_producer(name="Siisti Pohjola Oy")
        services = [("meals", self.own), ("cleaning", self.outside)]
        self.school = self.a_site(name="Kaakkurin koulu", customer=self.teaching, services=services)
        self.other_school = self.a_site(
            name="Äimäraution koulu", customer=self.teaching, services=[("meals", self.own)]
        )
        self.daycare = self.a_site(
            name="Pöllökankaan päiväkoti",
            customer=self.early,
            kind="day_care",
            calendar="day_care",
            services=[("meals", self.own), ("cleaning", self.own)],
        )
        self.home = self.a_site(
            name="Iinatin hoivakoti",
            customer=self.care,
            kind="care_home",
            calendar="around_the_clock",
            services=[("meals", self.own)],
        )
        self._cast()

    def _cast(self) -> None:
        self.deputy = self.a_person("deputy", assignments=[role("service_supervisor", service="cleaning")])
        self.contract_contact = self.a_person(
            "contract-contact", assignments=[role("contract_contact", department_id=self.culture["id"])]
        )
        self.school_head = self.a_person(
            "school-head", assignments=[role("site_head", site_id=self.school["id"])]
        )
        self.daycare_head = self.a_person(
            "daycare-head", assignments=[role("site_head", site_id=self.daycare["id"])]
        )
        self.supervisor = self.a_person(
            "supervisor",
            assignments=[role("service_supervisor", service="meals", stand_in_id=self.deputy["id"])],
        )
        self.handler = self.a_person(
            "handler", assignments=[role("complaint_handler", stand_in_id=self.deputy["id"])]
        )
        self.account_manager = self.a_person(
            "account-manager",
            assignments=[role("account_manager"), role("account_manager", customer_id=self.teaching["id"])],
        )
        self.management = self.a_person("management", assignments=[role("management")])
        self.administrator = self.a_person("admin", assignments=[role("administrator")])
        self.producer_supervisor = self.a_person(
            "producer-supervisor",
            assignments=[role("producer_supervisor", producer_id=self.outside["id"])],
        )
        self.integration = self.a_person("integration", assignments=[role("integration")])

    def actor(self, username: str) -> Actor:
        """Return a person of the city as the gateway would resolve the person today."""
        with self.database.session() as session:
            resolved = actors.resolve_username(session, username, NOW).model_dump()
        return Actor(
            subject=str(resolved["person_id"]),
            **{name: resolved[name] for name in Actor.model_fields if name in resolved},
        )

    def as_(self, username: str) -> Headers:
        """Return the headers of a person of the city."""
        return bearer(self.actor(username), "customers")

    def get(self, path: str, username: str = "", **query: str) -> Any:
        """Return the JSON of a path that must answer 200."""
        answer = self.client.get(path, headers=self.as_(username) if username else self.admin, params=query)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def names(self, path: str, username: str, **query: str) -> list[str]:
        """Return the names in a list as a person of the city sees it."""
        return [each["name"] for each in self.get(path, username, **query)["items"]]

    def make(self, path: str, body: Json) -> Json:
        """Return what a POST by the administrator made."""
        answer = self.client.post(path, headers=self.admin, json=body)
        assert answer.status_code == 201, answer.text
        made: Json = answer.json()
        return made

    def number(self) -> int:
        """Return a number not used before."""
        return next(self._numbers)

    def a_department(self, *, name: str = "Konsernipalvelut", groups: list[str] | None = None) -> Json:
        """Make a department."""
        wanted = [{"name": each, "end_customers": "Asukkaat"} for each in groups or []]
        return self.make(
            "/v1/departments", {"code": f"D{self.number()}", "name": name, "customer_groups": wanted}
        )

    def a_customer(
        self,
        *,
        name: str = "Nuorisopalvelut",
        department: Json | None = None,
        group: int | None = None,
        **more: Any,
    ) -> Json:
        """Make a customer; internal when it has a department."""
        return self.make("/v1/customers", customer_body(name, department, group, **more))

    def a_producer(self, *, name: str = "", own: bool = False, **more: Any) -> Json:
        """Make a producer."""
        named = name or f"Tuottaja {self.number()} Oy"
        return self.make("/v1/producers", producer_body(named, own=own, **more))

    def a_site(self, *, customer: Json, services: list[tuple[str, Json]] | None = None, **more: Any) -> Json:
        """Make a site."""
        return self.make("/v1/sites", site_body(customer, services, **more))

    def a_person(
        self, username: str | None = None, *, assignments: list[Json] | None = None, **more: Any
    ) -> Json:
        """Make a person."""
        return self.make("/v1/people", person_body(username or f"p{self.number()}", assignments, **more))


def customer_body(name: str, department: Json | None, group: int | None, **more: Any) -> Json:
    """Return a new customer as JSON."""
    return {
        "name": name,
        "kind": "internal" if department else "external",
        "department_id": department["id"] if department else None,
        "customer_group_id": department["customer_groups"][group]["id"]
        if department and group is not None
        else None,
        **more,
    }


def producer_body(name: str, **more: Any) -> Json:
    """Return a producer as JSON."""
    return {"name": name, "phone": "+358 8 555 0100", "email": "tuottaja@example.com", **more}


def site_body(customer: Json, services: list[tuple[str, Json]] | None = None, **more: Any) -> Json:
    """Return a new site as JSON."""
    return {
        "name": "Kontinkankaan koulu",
        "kind": "comprehensive_school",
        "customer_id": customer["id"],
        "address": {"street": "Pesätie 11", "postal_code": "90420", "city": "Oulu"},
        "coordinates": {"latitude": 64.958, "longitude": 25.524},
        "calendar": "school",
        "services": [
            {"service": service, "producer_id": producer["id"], "standard": "Perustaso"}
            for service, producer in services or []
        ],
        **more,
    }


def person_body(username: str, assignments: list[Json] | None = None, **more: Any) -> Json:
    """Return a person as JSON."""
    return {
        "username": username,
        "name": f"Testi {username.title()}",
        "title": "Asiantuntija",
        "email": f"{username}@example.com",
        "phone": "+358 44 703 0101",
        "language": "fi",
        "assignments": assignments or [],
        **more,
    }


def role(name: str, **more: Any) -> Json:
    """Return an assignment that holds since the beginning of 2025."""
    return {"role": name, "valid_from": "2025-01-01", **more}


def fresh_id() -> str:
    """Return an id that nothing has."""
    return str(UUID(int=7))
