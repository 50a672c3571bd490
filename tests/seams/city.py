"""A small city behind the gateway: three real services in this process, filled through their own doors."""

import asyncio
import contextlib
from collections.abc import AsyncGenerator, Callable
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID, uuid4

import httpx2
from fastapi import FastAPI
from starlette.applications import Starlette
from starlette.types import ASGIApp, Receive, Scope, Send

from chassis.database import Database
from chassis.in_process import inward
from chassis.outbound import Neighbour
from chassis.worker import Worker
from gateway.app import create_app as create_gateway
from gateway.settings import GatewaySettings
from kumppani.databases import admit_demo_people
from services.contracts.app import create_app as create_contracts
from services.contracts.settings import ContractsSettings
from services.contracts.worker import create_worker as create_contracts_worker
from services.customers.app import create_app as create_customers
from services.customers.settings import CustomersSettings
from services.feedback.app import create_app as create_feedback
from services.feedback.settings import FeedbackSettings
from services.feedback.worker import create_worker as create_feedback_worker
from tests.actors import actor, bearer, private_jwk, trusted_keys
from tests.support.client import Client

NOW = datetime(2026, 3, 10, 8, 0, tzinfo=UTC)
"""A Tuesday, 10:00 in Oulu."""
PATIENCE = 60.0
"""Seconds that the gateway waits here: a busy machine is no part that has fallen away."""
Json = dict[str, Any]  # Any: JSON
POINTS = ("responsible_persons", "annual_clock", "communication", "tendering", "joint_development", "changes")


class City:
    """The apps, a client of the gateway, and the cast."""

    def __init__(self, database_url_for: Callable[[str], str]) -> None:
        urls = {name: database_url_for(name) for name in ("customers", "contracts", "feedback", "gateway")}
        self.databases = {name: Database(url, pool_size=5) for name, url in urls.items()}

        def common(name: str) -> Json:
            return {
                "demo": True,
                "database_url": urls[name],
                "signing_key": private_jwk(name),
                "trusted_keys": trusted_keys(),
                "log_level": "WARNING",
            }

        feedback = FeedbackSettings.model_validate(common("feedback"))
        contracts = ContractsSettings.model_validate(common("contracts"))
        self.services: dict[str, FastAPI] = {
            "customers": create_customers(
                CustomersSettings.model_validate(common("customers")),
                database=self.databases["customers"],
                clock=_now,
            ),
            "contracts": create_contracts(contracts, database=self.databases["contracts"], clock=_now),
            "feedback": create_feedback(feedback, database=self.databases["feedback"], clock=_now),
        }
        self.neighbours = {name: self.neighbour(name) for name in self.services}
        self.workers: tuple[Worker, ...] = (
            create_contracts_worker(
                contracts, database=self.databases["contracts"], neighbours=self.neighbours
            ),
            create_feedback_worker(feedback, database=self.databases["feedback"], neighbours=self.neighbours),
        )
        admit_demo_people(urls["gateway"])
        gateway = GatewaySettings(
            demo=True,
            database_url=urls["gateway"],
            signing_key=private_jwk("gateway"),
            log_level="WARNING",
            patience=PATIENCE,
            write_patience=PATIENCE,
        )
        self.gateway = create_gateway(
            gateway, neighbours=self.neighbours, database=self.databases["gateway"], clock=_now
        )
        self._lives = Starlette(lifespan=self._lifespan)
        self.client = Client(self._all, raise_server_exceptions=False)
        self._sessions: dict[str, dict[str, str]] = {}

    async def _all(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Start and stop everything together; requests are the gateway's."""
        app: ASGIApp = self._lives if scope["type"] == "lifespan" else self.gateway
        await app(scope, receive, send)

    @contextlib.asynccontextmanager
    async def _lifespan(self, _: Starlette) -> AsyncGenerator[None]:
        async with contextlib.AsyncExitStack() as stack:
            for app in (*self.services.values(), self.gateway):
                await stack.enter_async_context(app.router.lifespan_context(app))
            yield

    def neighbour(self, name: str) -> Neighbour:
        """Return a way to a service inside this process; its answers have all the time of a busy machine."""
        return Neighbour(name, f"http://{name}", transport=inward(self.services[name]))

    def close(self) -> None:
        """Close every connection."""
        for database in self.databases.values():
            database.close()

    def as_(self, username: str) -> dict[str, str]:
        """Return the headers of a signed-in demo person."""
        if username not in self._sessions:
            opened = self.client.post("/api/v1/sessions", json={"username": username})
            assert opened.status_code == 201, opened.text
            self._sessions[username] = {"Authorization": f"Bearer {opened.json()['token']}"}
        return self._sessions[username]

    def ask(self, who: str, method: str, path: str, body: object = None, **headers: str) -> httpx2.Response:
        """Ask the gateway as a demo person."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.client.request(method, f"/api/v1{path}", json=body, headers=self.as_(who) | named)

    def get(self, who: str, path: str) -> Json:
        """Return the JSON of a good answer."""
        answer = self.ask(who, "GET", path)
        if answer.status_code == 503:
            answer = self.ask(who, "GET", path)
        assert answer.status_code == 200, answer.text
        body: Json = answer.json()
        return body

    def do(self, who: str, method: str, path: str, body: object, **headers: str) -> Json:
        """Return the JSON of something done; on a busy machine a 503 is retried, as its Retry-After asks."""
        key = {"Idempotency_Key": str(uuid4())} if method == "POST" else {}
        answer = self.ask(who, method, path, body, **key, **headers)
        for _ in range(3):
            if answer.status_code == 503:
                answer = self.ask(who, method, path, body, **key, **headers)
        assert answer.is_success, answer.text
        done: Json = answer.json()
        return done

    def spread_the_news(self) -> None:
        """Let contracts and feedback read what the others published."""

        async def catch_up() -> None:
            for worker in self.workers:
                for listener in worker.listeners:
                    await listener.catch_up()

        asyncio.run(catch_up())

    def fill(self) -> None:
        """Add two customers with a site each, the cast, a signed contract year, its clock and a case."""
        self._fill_registry()
        self._fill_cast()
        self.spread_the_news()
        self._fill_contract()
        self.spread_the_news()
        self.case = self.do("school-head", "POST", "/cases", self.intake())

    def intake(self, **changed: object) -> Json:
        """Return a word of feedback about the school's lunch."""
        return {
            "site_id": self.school["id"],
            "kind": "complaint",
            "service": "meals",
            "severity": "normal",
            "subject": "Lounas loppui kesken",
            "description": "Kolmas ruokailuvuoro jäi ilman perunoita.",
            "channel": "web",
            **changed,
        }

    def send_away(self, person: Json, day: date) -> None:
        """Record that a person just registered is away on a day."""
        body = {"absences": [{"first_day": str(day), "last_day": str(day)}]}
        self.register(f"/people/{person['id']}/absences", body, method="PUT")

    def register(self, path: str, body: Json, method: str = "POST") -> Json:
        """Return what the customers service made of a new thing, or of the first change of one."""
        admin = bearer(actor("administrator"), "customers")
        if method == "PUT":
            admin |= {"If-Match": '"1"'}
        transport = httpx2.ASGITransport(app=self.services["customers"])

        async def post() -> httpx2.Response:
            async with httpx2.AsyncClient(transport=transport, base_url="http://customers") as client:
                return await client.request(method, f"/v1{path}", json=body, headers=admin)

        answer = asyncio.run(post())
        assert answer.is_success, answer.text
        made: Json = answer.json()
        return made

    def _fill_registry(self) -> None:
        self.department = self.register(
            "/departments",
            {
                "code": "SIKU",
                "name": "Sivistys- ja kulttuuripalvelut",
                "customer_groups": [{"name": "Opetuspalvelut", "end_customers": "oppilaat"}],
            },
        )
        contact = {"phone": "08 558 558", "email": "asiakaspalvelu@serviisi.example"}
        self.own = self.register("/producers", {"name": "Oulun Serviisi", "own": True, **contact})
        self.outside = self.register("/producers", {"name": "Siisti Oy", **contact})
        self.education, self.early_years = (
            self.register(
                "/customers", {"name": name, "kind": "internal", "department_id": self.department["id"]}
            )
            for name in ("Opetuspalvelut", "Varhaiskasvatus")
        )
        address = {"street": "Koulukatu 1", "postal_code": "90100", "city": "Oulu"}
        self.school, self.day_care = (
            self.register(
                "/sites",
                {
                    "name": name,
                    "kind": kind,
                    "customer_id": customer["id"],
                    "address": address,
                    "calendar": calendar,
                    "services": [
                        {"service": "meals", "producer_id": self.own["id"]},
                        {"service": "cleaning", "producer_id": self.outside["id"]},
                    ],
                },
            )
            for name, kind, customer, calendar in (
                ("Myllytullin koulu", "comprehensive_school", self.education, "school"),
                ("Karhulan päiväkoti", "day_care", self.early_years, "day_care"),
            )
        )

    def _fill_cast(self) -> None:
        roles: dict[str, tuple[str, Json]] = {
            "contract-contact": ("contract_contact", {"customer_id": self.education["id"]}),
            "school-head": ("site_head", {"site_id": self.school["id"]}),
            "daycare-head": ("site_head", {"site_id": self.day_care["id"]}),
            "supervisor": ("service_supervisor", {"service": "meals"}),
            "handler": ("complaint_handler", {}),
            "account-manager": ("account_manager", {"customer_id": self.education["id"]}),
            "management": ("management", {}),
            "admin": ("administrator", {}),
            "producer-supervisor": ("producer_supervisor", {"producer_id": self.outside["id"]}),
            "integration": ("integration", {}),
        }
        self.people = {
            username: self.register(
                "/people",
                {
                    "username": username,
                    "name": username.replace("-", " ").title(),
                    "title": role,
                    "email": f"{username}@example.test",
                    "phone": "044 700 1001",
                    "assignments": [{"role": role, "valid_from": "2025-01-01", **where}],
                },
            )
            for username, (role, where) in roles.items()
        }

    def _fill_contract(self) -> None:
        manager, contact = "account-manager", "contract-contact"
        self.contract = self.do(
            manager,
            "POST",
            "/contracts",
            {"customer_id": self.education["id"], "services": ["meals"]},
        )
        base = f"/contracts/{self.contract['id']}/years"
        year = self.do(manager, "POST", base, {"year": 2026})
        self.year_path = f"{base}/2026"

        def edit(part: str, body: Json) -> None:
            nonlocal year
            year = self.do(manager, "PUT", f"{self.year_path}/{part}", body, If_Match=f'"{year["version"]}"')

        owner = {"party": "producer", "name": "Leena Mäkinen"}
        for point in POINTS:
            edit(f"points/{point}", {"owner": owner, "text": "Sovittu yhdessä."})
        edit(
            "persons",
            {
                "items": [
                    {"party": party, "role": "Vastuuhenkilö", "name": "Leena Mäkinen"}
                    for party in ("customer", "producer")
                ]
            },
        )
        line = {
            "site_id": self.school["id"],
            "service": "meals",
            "standard": "Koululounas",
            "price": {"amount": "4.85", "currency": "EUR"},
            "unit": "meal",
            "quantity": "41200",
        }
        edit("lines", {"items": [line]})
        target = {"basis": "business", "duration": "PT4H"}
        edit(
            "targets",
            {"items": [{"service": "meals", "severity": "normal", "response": target, "resolution": target}]},
        )
        self.do(manager, "POST", f"{self.year_path}/submit", {})
        self.do(manager, "POST", f"{self.year_path}/propose", {})
        for step, more in (("approve", {}), ("sign", {"name": "Allekirjoittaja"})):
            for who, party in ((contact, "customer"), (manager, "producer")):
                version = self.get(manager, self.year_path)["version"]
                body = {"party": party, **more}
                self.do(who, "POST", f"{self.year_path}/{step}", body, If_Match=f'"{version}"')
        self.clock = self.do(
            manager, "POST", "/clock/generate", {"year": 2026, "customer_id": self.education["id"]}
        )

    def id_of(self, username: str) -> UUID:
        """Return a person's id."""
        return UUID(self.people[username]["id"])


def _now() -> datetime:
    return NOW
