"""What the names in the matrix's paths stand for: the school of the demo city and what belongs to it.

A method gives the ids by name. What a request uses up – a case that can be acknowledged once, a draft that is
submitted – is made anew by calling the method again.
"""

import itertools
from collections.abc import Mapping
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from tests.city import Json, RunningCity

SCHOOL = "Alppilan koulu"
CUSTOMER = "Opetuspalvelut"
POINTS = ("responsible_persons", "annual_clock", "communication", "tendering", "joint_development", "changes")
Ids = Mapping[str, Any]  # Any: ids and words; under "..." a whole body


class Things:
    """The school's things in a running city."""

    def __init__(self, city: RunningCity) -> None:
        self.city = city
        self._numbers = itertools.count(1)
        self._years = itertools.count(2030)
        self._milestones: list[Json] = []

    def of(self, thing: str) -> Ids:
        """Return the ids of a thing and of the school, and a number that was not given before."""
        own: Ids = getattr(self, thing)()
        return {**self._school, "number": next(self._numbers), **own}

    def school(self) -> Ids:
        """The school itself, its customer, department, head, contract, milestone and newest case."""
        return {}

    @cached_property
    def _school(self) -> dict[str, str]:
        read = self.city.read
        (site,) = read("admin", f"/sites?q={SCHOOL}")["items"]
        customer = read("admin", f"/customers/{site['customer_id']}")
        producers = {each["name"]: each["id"] for each in read("admin", "/producers")["items"]}
        contracts = read("admin", f"/contracts?customer_id={customer['id']}")["items"]
        milestones = read("admin", f"/clock?year=2026&customer_id={customer['id']}")["items"]
        me = {
            name: read(name, "/me")["person_id"] for name in ("school-head", "supervisor", "account-manager")
        }
        return {
            "site_id": site["id"],
            "customer_id": customer["id"],
            "department_id": customer["department"]["id"],
            "producer_id": producers["ISS Palvelut"],
            "own_producer_id": producers["Oulun Serviisi"],
            "person_id": me["school-head"],
            "username": "school-head",
            "supervisor_id": me["supervisor"],
            "account_manager_id": me["account-manager"],
            "contract_id": contracts[0]["id"],
            "year": "2026",
            "point": "communication",
            "milestone_id": milestones[0]["id"],
            "case_id": read("admin", f"/cases?site_id={site['id']}&limit=1")["items"][0]["id"],
            "name": "school",
            "kind": "departments",
        }

    def department_as_it_is(self) -> Ids:
        """The department, with the body that changes nothing of it."""
        department = self.city.read("admin", f"/departments/{self._school['department_id']}")
        return {"...": {name: department[name] for name in ("code", "name", "customer_groups")}}

    # -- cases ------------------------------------------------------------------------------------------

    def received_case(self) -> Ids:
        """A case that the school's head has just reported."""
        case = self.city.do(
            "school-head",
            "POST",
            "/cases",
            {
                "site_id": self._school["site_id"],
                "kind": "complaint",
                "service": "meals",
                "subject": "Lounas myöhästyi",
                "description": "Ruoka tuli puoli tuntia myöhässä.",
            },
        )
        return {"case_id": case["id"]}

    def waiting_case(self) -> Ids:
        """A case in which the customer was asked something."""
        return self._acted("wait", {"question": "Mikä ruokailuvuoro?"})

    def resolved_case(self) -> Ids:
        """A case that the producer's side calls settled."""
        return self._acted("resolve", {"body": "Kuljetuksen reitti muutettiin."})

    def _acted(self, action: str, body: Json) -> Ids:
        case = self.received_case()
        self.city.do("handler", "POST", f"/cases/{case['case_id']}/{action}", body)
        return case

    def served_site(self) -> Ids:
        """A site of the contract contact where the outside producer does one service and not another."""
        return self._served_site

    @cached_property
    def _served_site(self) -> Ids:
        contacts = {each["id"] for each in self.city.read("contract-contact", "/sites?limit=200")["items"]}
        for site in self.city.read("producer-supervisor", "/sites?limit=200")["items"]:
            own = [each["service"] for each in site["services"] if self._is_outside(each)]
            others = [each["service"] for each in site["services"] if not self._is_outside(each)]
            if site["id"] in contacts and own and others:
                return {"served_site_id": site["id"], "own_service": own[0], "others_service": others[0]}
        raise LookupError("The outside producer works alone everywhere.")

    def _is_outside(self, service: Json) -> bool:
        return bool(service["producer_id"] == self._school["producer_id"])

    # -- contract years ---------------------------------------------------------------------------------

    @cached_property
    def _small_contract(self) -> str:
        """A contract of the school's customer with one priced line, complete in 2026, to be copied from."""
        do = self.city.do
        ids = self._school
        contract: str = do(
            "account-manager",
            "POST",
            "/contracts",
            {"customer_id": ids["customer_id"], "services": ["meals"]},
        )["id"]
        base = f"/contracts/{contract}/years"
        year = do("account-manager", "POST", base, {"year": 2026})
        owner = {"party": "producer", "name": "Oiva Vuori"}
        line = {
            "site_id": ids["site_id"],
            "service": "meals",
            "standard": "Ateriastandardi B",
            "price": {"amount": "4.35", "currency": "EUR"},
            "unit": "meal",
            "quantity": "40000",
        }
        persons = [
            {"party": party, "role": "Vastuu", "name": "Oiva Vuori"} for party in ("customer", "producer")
        ]
        parts: list[tuple[str, Json]] = [
            *((f"points/{point}", {"owner": owner, "text": "Sovittu."}) for point in POINTS),
            ("persons", {"items": persons}),
            ("lines", {"items": [line]}),
        ]
        for part, body in parts:
            year = do("account-manager", "PUT", f"{base}/2026/{part}", body, If_Match=f'"{year["version"]}"')
        return contract

    def undrafted_year(self) -> Ids:
        """A contract of the school's customer and a year that it has not, to be drafted."""
        year = next(self._years)
        return {"free_year": str(year), "...": {"year": year}}

    def draft_year(self) -> Ids:
        """A complete draft."""
        year = next(self._years)
        body = {"year": year, "copy_from": 2026}
        self.city.do("account-manager", "POST", f"/contracts/{self._small_contract}/years", body)
        return {"contract_id": self._small_contract, "year": str(year)}

    def year_in_negotiation(self) -> Ids:
        """A draft that was submitted."""
        return self._stepped(self.draft_year(), ("account-manager", "submit", {}))

    def year_in_approval(self) -> Ids:
        """A year that waits for both parties' approval."""
        return self._stepped(self.year_in_negotiation(), ("account-manager", "propose", {}))

    def approved_year(self) -> Ids:
        """A year that both parties approved and nobody signed."""
        both = ("contract-contact", "account-manager")
        return self._stepped(self.year_in_approval(), *((who, "approve", {}) for who in both))

    def signed_year(self) -> Ids:
        """A year that both parties signed."""
        both = ("contract-contact", "account-manager")
        return self._stepped(self.approved_year(), *((who, "sign", {}) for who in both))

    def _stepped(self, year: Ids, *steps: tuple[str, str, Json]) -> Ids:
        for who, step, body in steps:
            address = f"/contracts/{year['contract_id']}/years/{year['year']}"
            version = self.city.read(who, address)["version"]
            self.city.do(who, "POST", f"{address}/{step}", body, If_Match=f'"{version}"')
        return year

    # -- the annual clock -------------------------------------------------------------------------------

    def planned_milestone(self) -> Ids:
        """A milestone of the school's customer to which nothing has happened yet."""
        if not self._milestones:
            body = {"year": next(self._years), "customer_id": self._school["customer_id"]}
            self._milestones = self.city.do("account-manager", "POST", "/clock/generate", body)["items"]
        milestone = self._milestones.pop()
        due = date.fromisoformat(milestone["due"])
        other = due + timedelta(days=1 if due.day < 15 else -1)
        return {"milestone_id": milestone["id"], "other_day": other.isoformat()}

    def cancelled_milestone(self) -> Ids:
        """A milestone that was taken out of the plan."""
        ids = self.planned_milestone()
        address = f"/milestones/{ids['milestone_id']}/cancel"
        self.city.do("account-manager", "POST", address, {"reason": "Ei tarvita."})
        return ids

    def heads_calendar_link(self) -> Ids:
        """A calendar link that the school's head made."""
        return {"feed_id": self.city.do("school-head", "POST", "/calendar-feeds", {})["id"]}
