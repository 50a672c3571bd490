"""A small town in five deployables and three workers, each a process with a database and role of its own."""

import contextlib
import subprocess
import sys
from collections.abc import Generator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import httpx2

from chassis.actors import ActorSigner
from kumppani import databases
from kumppani.parts import OWNERS, PARTS, SERVICES
from kumppani.postgres import PrivatePostgres
from tests.actors import actor, bearer, private_jwk
from tests.support.processes import ROOT, environment
from tests.support.waiting import until
from tests.system.running import Part, Process, ended, free_ports, settings_of, worker

Json = dict[str, Any]  # Any: JSON
HELSINKI = ZoneInfo("Europe/Helsinki")
POINTS = ("responsible_persons", "annual_clock", "communication", "tendering", "joint_development", "changes")
RESPONSE, RESOLUTION = "PT3H", "PT13H"
"""What the contract promises of the school's meals; the producer's own times would be 4 and 24 hours."""
SCHOOL, DAY_CARE = "Kaakkurin koulu", "Tuulikellon päiväkoti"
REGISTRY = {
    "departments": """\
code;name;customer_group;end_customers
SIKU;Sivistys- ja kulttuuripalvelut;Opetuspalvelut;Oppilaat
HYVI;Hyvinvointipalvelut;Varhaiskasvatus;Lapset
""",
    "customers": """\
number;name;kind;department;customer_group;business_id;billing_reference;partnership_note
A-001;Opetuspalvelut;internal;SIKU;Opetuspalvelut;;;
A-002;Varhaiskasvatus;internal;HYVI;Varhaiskasvatus;;;
""",
    "producers": """\
name;own;business_id;phone;email
Oulun Serviisi;yes;;+358 8 000 0100;asiakaspalvelu@serviisi.example
""",
    "sites": f"""\
number;name;kind;customer;street;postal_code;city;latitude;longitude;calendar;meals;meals_standard
K-0001;{SCHOOL};comprehensive_school;A-001;Koulutie 1;90100;Oulu;;;school;Oulun Serviisi;Ateriastandardi A
K-0002;{DAY_CARE};day_care;A-002;Päivätie 2;90100;Oulu;;;day_care;Oulun Serviisi;Ateriastandardi A
""",
    "people": """\
username;name;title;email;phone;language
admin;Arja Ylläpitäjä;Pääkäyttäjä;admin@serviisi.example;+358 40 000 0001;fi
account-manager;Oiva Vuori;Asiakkuusvastaava;oiva@serviisi.example;+358 40 000 0002;fi
handler;Hanna Käsittelijä;Palautteiden käsittelijä;hanna@serviisi.example;+358 40 000 0003;fi
contract-contact;Kaisa Sopija;Hallintopäällikkö;kaisa@ouka.example;+358 40 000 0004;fi
school-head;Raija Rehtori;Rehtori;raija@ouka.example;+358 40 000 0005;fi
daycare-head;Päivi Johtaja;Päiväkodin johtaja;paivi@ouka.example;+358 40 000 0006;fi
""",
    "assignments": """\
person;role;department;customer;site;producer;service;topics;stand_in;valid_from;valid_until
admin@serviisi.example;administrator;;;;;;;;2024-01-01;
oiva@serviisi.example;account_manager;;A-001;;;;;;2024-01-01;
hanna@serviisi.example;complaint_handler;;A-001;;;meals;;;2024-01-01;
kaisa@ouka.example;contract_contact;SIKU;;;;;;;2024-01-01;
raija@ouka.example;site_head;;;K-0001;;;;;2024-01-01;
paivi@ouka.example;site_head;;;K-0002;;;;;2024-01-01;
""",
}
BY_COMMAND = ("sites", "people")
"""Imported by the command line, the others over HTTP."""


class Town:
    """The processes, and what is asked of them."""

    def __init__(self, postgres: PrivatePostgres, folder: Path) -> None:
        self.folder = folder
        self.passwords = {f"town_{name}": uuid4().hex for name in OWNERS}
        ports = dict(zip(PARTS, free_ports(len(PARTS)), strict=True))
        urls = {name: f"http://127.0.0.1:{port}" for name, port in ports.items()}
        self.settings: dict[str, str] = {}
        of_part: dict[str, dict[str, str]] = {}
        for name in PARTS:
            more: dict[str, str] = {}
            if name in OWNERS:
                role = f"town_{name}"
                more["DATABASE_URL"] = postgres.url(role, role, self.passwords[role])
            asks = {"web": ("gateway",), "gateway": SERVICES, "contracts": ("customers",)}
            asks["feedback"] = ("customers", "contracts")
            more |= {f"{other.upper()}_URL": urls[other] for other in asks.get(name, ())}
            of_part[name] = settings_of(name, **more)
            self.settings |= of_part[name]
            if name in OWNERS:
                owner = postgres.owner_url(f"town_{name}")
                self.settings[f"KUMPPANI_{name.upper()}_MIGRATION_DATABASE_URL"] = owner
        self.parts = {name: Part(name, ports[name], of_part[name], folder) for name in PARTS}
        self.workers = {name: worker(name, of_part[name], folder) for name in SERVICES}
        self._sessions: dict[str, str] = {}

    @property
    def processes(self) -> list[Process]:
        return [*self.parts.values(), *self.workers.values()]

    def command(self, *arguments: str, **more: str) -> str:
        """Run a command of `kumppani` with everybody's settings, and return what it says."""
        done = subprocess.run(
            [sys.executable, "-m", "kumppani", *arguments],
            cwd=ROOT,
            env=environment(**self.settings, VAR=str(self.folder / "none"), **more),
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def start(self) -> None:
        """Start everything at once, and wait until each part can work."""
        for process in self.processes:
            process.start()
        for part in self.parts.values():
            part.wait()

    def ask(
        self,
        who: str,
        method: str,
        path: str,
        body: object = None,
        *,
        text: str | None = None,
        **headers: str,
    ) -> httpx2.Response:
        """Ask the gateway as a person of the town."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return httpx2.request(
            method,
            f"{self.parts['gateway'].url}/api/v1{path}",
            json=body,
            content=text,
            headers={"Authorization": f"Bearer {self.token(who)}", "Accept-Language": "fi", **named},
            trust_env=False,
            timeout=30,
        )

    def news(self, service: str, *, after: str, wait: int = 0) -> Json:
        """Read a service's feed as another service does; without news the answer takes the whole wait."""
        reader = ActorSigner("contracts", private_jwk("contracts")).as_itself(service)
        answer = httpx2.get(
            f"{self.parts[service].url}/v1/events",
            params={"after": after, "wait": wait},
            headers={"Authorization": f"Bearer {reader}"},
            trust_env=False,
            timeout=30,
        )
        return self._good(answer)

    def token(self, who: str) -> str:
        """Return the session of a person; it is opened when first asked for."""
        if who not in self._sessions:
            sessions = f"{self.parts['gateway'].url}/api/v1/sessions"
            opened = _patiently(
                lambda: httpx2.post(sessions, json={"username": who}, trust_env=False, timeout=30)
            )
            assert opened.status_code == 201, opened.text
            self._sessions[who] = opened.json()["token"]
        return self._sessions[who]

    def get(self, who: str, path: str) -> Json:
        """Return the JSON of a good answer; a 503 of a busy machine is asked again."""
        return self._good(_patiently(lambda: self.ask(who, "GET", path)))

    def do(self, who: str, method: str, path: str, body: object = None, **more: str) -> Json:
        """Do something, and return its JSON; a POST carries a key, so that it can be tried again."""
        key = {"Idempotency_Key": str(uuid4())} if method == "POST" else {}
        return self._good(_patiently(lambda: self.ask(who, method, path, body, **key, **more)))

    @staticmethod
    def _good(answer: httpx2.Response) -> Json:
        assert answer.is_success, f"{answer.request.url}: {answer.status_code} {answer.text}"
        body: Json = answer.json()
        return body

    def import_registry(self) -> None:
        """Import the files: the first administrator straight at the service, the rest through the gateway."""
        for kind, lines in (("people", 2), ("assignments", 2)):
            first = "\n".join(REGISTRY[kind].splitlines()[:lines])
            done = httpx2.post(
                f"{self.parts['customers'].url}/v1/imports/{kind}",
                content=first,
                headers={**bearer(actor("administrator"), "customers"), "Content-Type": "text/csv"},
                trust_env=False,
                timeout=30,
            )
            assert done.status_code == 200, done.text
        for kind, text in REGISTRY.items():
            if kind in BY_COMMAND:
                file = self.folder / f"{kind}.csv"
                file.write_text(text, encoding="utf-8")
                said = self.command("import", str(file), "--kind", kind, KUMPPANI_TOKEN=self.token("admin"))
                assert f"{len(text.splitlines()) - 1} rows" in said
            else:
                self.do("admin", "POST", f"/imports/{kind}", text=text, Content_Type="text/csv")
        self.school, self.day_care = (
            next(site for site in self.get("admin", "/sites")["items"] if site["name"] == name)
            for name in (SCHOOL, DAY_CARE)
        )

    def sign_contract(self) -> None:
        """Agree on the school's meals for the year of now, and sign for both parties."""
        manager, contact = "account-manager", "contract-contact"
        self.year = datetime.now(UTC).astimezone(HELSINKI).year
        customer = self.school["customer_id"]

        def contract_of_customer() -> Json | None:
            made = self.ask(manager, "POST", "/contracts", {"customer_id": customer, "services": ["meals"]})
            return self._good(made) if made.is_success else None

        # Contracts hears of the customer by its feed.
        contract = until(contract_of_customer, "the customer to be known to contracts")
        assert contract is not None
        self.reference = contract["reference"]
        self.year_path = f"/contracts/{contract['id']}/years/{self.year}"
        year = self.do(manager, "POST", f"/contracts/{contract['id']}/years", {"year": self.year})
        owner = {"party": "producer", "name": "Oiva Vuori"}
        parts: dict[str, Json] = {
            f"points/{point}": {"owner": owner, "text": "Sovittu yhdessä."} for point in POINTS
        }
        parts["persons"] = {
            "items": [
                {"party": party, "role": "Vastuuhenkilö", "name": "Oiva Vuori"}
                for party in ("customer", "producer")
            ]
        }
        line = {"site_id": self.school["id"], "service": "meals", "standard": "Ateriastandardi A"}
        line |= {"unit": "meal", "quantity": "41200"}
        parts["lines"] = {"items": [{**line, "price": {"amount": "4.85", "currency": "EUR"}}]}
        target = {"service": "meals", "severity": "normal"}
        for clock, duration in (("response", RESPONSE), ("resolution", RESOLUTION)):
            target |= {clock: {"basis": "business", "duration": duration}}
        parts["targets"] = {"items": [target]}
        for part, body in parts.items():
            year = self.do(manager, "PUT", f"{self.year_path}/{part}", body, If_Match=f'"{year["version"]}"')
        for step in ("submit", "propose"):
            self.do(manager, "POST", f"{self.year_path}/{step}", {})
        for step, more in (("approve", {}), ("sign", {"name": "Allekirjoittaja"})):
            for who, party in ((contact, "customer"), (manager, "producer")):
                version = self.get(manager, self.year_path)["version"]
                body = {"party": party, **more}
                self.do(who, "POST", f"{self.year_path}/{step}", body, If_Match=f'"{version}"')

    def rename(self, site: Json, name: str) -> None:
        """Give a site another name."""
        known = self.get("admin", f"/sites/{site['id']}")
        kept = ("kind", "customer_id", "address", "calendar")
        services = [
            {word: each[word] for word in ("service", "producer_id", "standard")}
            for each in known["services"]
        ]
        body = {word: known[word] for word in kept} | {"name": name, "services": services}
        self.do("admin", "PUT", f"/sites/{site['id']}", body, If_Match=f'"{known["version"]}"')

    def wait_for_the_contract_in_feedback(self) -> None:
        """Wait until feedback promises what the signed year says."""
        asked = {
            "site_id": self.school["id"],
            "service": "meals",
            "severity": "normal",
            "received_at": f"{self.year}-03-10T08:00:00+02:00",
        }
        weekdays = {day: [["08:00", "16:00"]] for day in ("mon", "tue", "wed", "thu", "fri", "sat", "sun")}
        asked["calendar"] = {"time_zone": "Europe/Helsinki", "frames": weekdays, "holidays": None}

        def promised() -> bool:
            told = self.ask("handler", "POST", "/sla/preview", asked)
            return told.is_success and "T11:00:00+02:00" in _local(told.json()["response_due_at"])

        until(promised, "the signed year to be known to feedback")


def _local(instant: str) -> str:
    return datetime.fromisoformat(instant).astimezone(HELSINKI).isoformat()


def _patiently(ask: Any) -> httpx2.Response:  # Any: a call without arguments
    """Ask again while the answer is 503: the machine may be busy, and Retry-After asks for it."""

    def answered() -> httpx2.Response | None:
        answer: httpx2.Response = ask()
        return None if answer.status_code == 503 else answer

    answer = until(answered, "an answer", pause=0.5)
    assert answer is not None
    return answer


@contextlib.contextmanager
def a_town(postgres: PrivatePostgres, folder: Path) -> Generator[Town]:
    """Run the town for the block: migrated, started, its registry imported and a contract signed."""
    town = Town(postgres, folder)
    postgres.ensure_databases(town.passwords)
    try:
        with ended(*town.processes):
            town.command("migrate", "all")
            databases.admit_demo_people(town.settings["KUMPPANI_GATEWAY_DATABASE_URL"])
            town.start()
            town.import_registry()
            town.sign_contract()
            town.wait_for_the_contract_in_feedback()
            yield town
    finally:
        for database in town.passwords:
            postgres.drop_database(database)
