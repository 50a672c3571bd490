"""The people and places of the contracts' tests, and a contract year that is valid by default."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from fastapi.testclient import TestClient

from chassis.actors import Actor
from chassis.tables import new_id
from tests.actors import actor, bearer

NOW = datetime(2026, 3, 10, 10, 0, tzinfo=UTC)
"""A Tuesday at noon in Helsinki."""
Json = dict[str, Any]  # Any: JSON as the tests read it
POINTS = (
    "responsible_persons",
    "annual_clock",
    "communication",
    "tendering",
    "joint_development",
    "changes",
)


class World:
    """Two customers with sites, fresh ids for each test, and everybody who may ask."""

    def __init__(self, client: TestClient) -> None:
        self.client = client
        self.customer, self.other_customer = new_id(), new_id()
        self.site, self.next_site, self.foreign_site = new_id(), new_id(), new_id()
        self.sites = {
            self.site: self.customer,
            self.next_site: self.customer,
            self.foreign_site: self.other_customer,
        }
        self.account_manager = actor("account_manager", name="Maija Virtanen")
        self.administrator = actor("administrator", name="Ada Ylläpito")
        self.supervisor = actor("service_supervisor", name="Pekka Esimies")
        self.contact = actor("contract_contact", name="Antti Koski", customer_ids=[self.customer])
        self.head = actor(
            "site_head", name="Riitta Rehtori", site_ids=[self.site], site_customer_ids=[self.customer]
        )
        self.stranger = actor(
            "site_head",
            name="Outi Outo",
            site_ids=[self.foreign_site],
            site_customer_ids=[self.other_customer],
        )
        self.outside_producer = actor("producer_supervisor", name="Ulla Ulkopuoli", producer_ids=[new_id()])

    def ask(
        self, who: Actor, method: str, path: str, body: object = None, *, expect: int = 200, **headers: str
    ) -> Any:  # Any: JSON of any shape
        """Ask the service and return the JSON of its answer; the status has to be the expected one."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        response = self.client.request(
            method, f"/v1{path}", json=body, headers={**bearer(who, "contracts"), **named}
        )
        assert response.status_code == expect, response.text
        return response.json() if response.content else None

    def contract(self, **changes: object) -> Json:
        """Make a framework agreement of the customer."""
        body = {"customer_id": str(self.customer), "services": ["meals", "cleaning"], **changes}
        return self.ask(self.account_manager, "POST", "/contracts", body, expect=201)  # type: ignore[no-any-return]

    def draft(self, year: int = 2026, *, copy_from: int | None = None, contract: Json | None = None) -> str:
        """Draft a year and return its path."""
        contract = contract or self.contract()
        body = {"year": year, "copy_from": copy_from}
        self.ask(self.account_manager, "POST", f"/contracts/{contract['id']}/years", body, expect=201)
        return f"/contracts/{contract['id']}/years/{year}"

    def edit(
        self, path: str, part: str, body: object, who: Actor | None = None, *, expect: int = 200
    ) -> Json:
        """Edit a part of a year in the version that is there."""
        version = self.ask(self.account_manager, "GET", path)["version"]
        return self._edit(path, part, body, version, who or self.account_manager, expect=expect)

    def _edit(
        self, path: str, part: str, body: object, version: int, who: Actor, *, expect: int = 200
    ) -> Json:
        return self.ask(who, "PUT", f"{path}/{part}", body, expect=expect, if_match=f'"{version}"')  # type: ignore[no-any-return]

    def fill(self, path: str, *, leave_out: str = "") -> None:
        """Write everything a year needs, but leave out one point."""
        parts: dict[str, object] = {f"points/{point}": a_point() for point in POINTS if point != leave_out}
        parts["persons"] = {"items": [a_person("customer"), a_person("producer")]}
        parts["lines"] = {"items": [a_line(self.site), a_line(self.next_site, amount="3.90")]}
        parts["targets"] = {"items": [a_target()]}
        parts["annexes"] = {"items": [{"kind": "billing", "title": "Laskutusliite"}]}
        version = self.ask(self.account_manager, "GET", path)["version"]
        for part, body in parts.items():
            version = self._edit(path, part, body, version, self.account_manager)["version"]

    def consent(
        self, who: Actor, path: str, step: str, body: Json, *, expect: int = 200, **headers: str
    ) -> Json:
        """Approve or sign a year in the version that is there."""
        version = self.ask(self.account_manager, "GET", path)["version"]
        headers = {"if_match": f'"{version}"', **headers}
        return self.ask(who, "POST", f"{path}/{step}", body, expect=expect, **headers)  # type: ignore[no-any-return]

    def to_approval(self, path: str) -> int:
        """Take a draft to approval, let both parties approve, and return the version that it has then."""
        self.ask(self.account_manager, "POST", f"{path}/submit", {})
        version = self.ask(self.account_manager, "POST", f"{path}/propose", {})["version"]
        return self._by_both(path, "approve", version)

    def signed(self, year: int = 2026, contract: Json | None = None) -> str:
        """Return the path of a year that both parties have signed."""
        path = self.draft(year, contract=contract)
        self.fill(path)
        self._by_both(path, "sign", self.to_approval(path))
        return path

    def _by_both(self, path: str, step: str, version: int) -> int:
        for who, party in ((self.contact, "customer"), (self.account_manager, "producer")):
            body = {"party": party} | ({"name": who.name} if step == "sign" else {})
            version = self.ask(who, "POST", f"{path}/{step}", body, if_match=f'"{version}"')["version"]
        return version

    def clock(self, year: int = 2026, customer: UUID | None = None) -> list[Json]:
        """Generate a customer's clock and return its milestones."""
        body = {"year": year, "customer_id": str(customer or self.customer)}
        return self.ask(self.account_manager, "POST", "/clock/generate", body)["items"]  # type: ignore[no-any-return]


def a_point(text: str = "Serviisi tiedottaa ruokalistoista.") -> Json:
    """Return what a point says."""
    return {"owner": {"party": "producer", "name": "Maija Virtanen"}, "text": text}


def a_person(party: str) -> Json:
    """Return a named responsible person."""
    return {"party": party, "role": "Yhteyshenkilö", "name": f"Nimi {party}", "phone": "044 700 1001"}


def a_line(site_id: UUID, *, amount: str = "4.85", **changes: object) -> Json:
    """Return a service at a site."""
    return {
        "site_id": str(site_id),
        "service": "meals",
        "standard": "Koululounas",
        "price": {"amount": amount, "currency": "EUR"},
        "unit": "meal",
        "quantity": "41200",
        **changes,
    }


def a_target(**changes: object) -> Json:
    """Return a response and a resolution target."""
    return {
        "service": "meals",
        "severity": "normal",
        "response": {"basis": "business", "duration": "PT4H"},
        "resolution": {"basis": "business", "duration": "P2D"},
        **changes,
    }
