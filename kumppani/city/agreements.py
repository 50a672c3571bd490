"""Contracts of the demo city: this year's signed, next year's drafted, and a lived-in annual clock."""

import random
import tomllib
import zlib
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Literal
from uuid import UUID

from sqlalchemy.orm import Session

from chassis.actors import Actor
from chassis.database import Database
from kumppani.city.registry import DATA, City, PersonFacts, SiteFacts, actor_of, at
from services.contracts.agreements import repository, steps, usecases
from services.contracts.agreements.change import YearRequest
from services.contracts.agreements.model import Contract, ContractLine
from services.contracts.agreements.rules import Step
from services.contracts.agreements.schemas import (
    AnnexEntry,
    LineEntry,
    Money,
    NewContract,
    Owner,
    PersonEntry,
    PointEdit,
    Target,
    TargetEntry,
)
from services.contracts.agreements.vocabulary import AnnexKind, Point, Unit
from services.contracts.clock.change import MilestoneRequest
from services.contracts.clock.model import Milestone
from services.contracts.clock.rules import Status
from services.contracts.clock.schemas import Actual
from services.contracts.clock.usecases import generate_clock, record_actual
from trade.vocabulary import Basis, Party, Service, Severity

PRICES = {
    "meals": (Unit.MEAL, "4.35", 9_500, 82_000),
    "cleaning": (Unit.M2_MONTH, "2.68", 600, 9_400),
    "multiservice": (Unit.MONTH, "8420.00", 12, 12),
    "staff_meals": (Unit.MEAL, "8.90", 6_000, 24_000),
    "coffee": (Unit.MONTH, "310.00", 12, 12),
}
"""By service: unit, a typical cost price in euros, the smallest and largest quantity of a year."""
_TEXTS = tomllib.loads((DATA / "contract.toml").read_text("utf-8"))
POINTS = {Point(name): (Party(each["owner"]), each["text"]) for name, each in _TEXTS["points"].items()}
REASONS: list[str] = _TEXTS["reasons"]
NOTES: dict[Status, list[str]] = {Status(name): notes for name, notes in _TEXTS["notes"].items()}
Outcome = Literal[Status.MET, Status.PARTIALLY_MET, Status.NOT_MET]
OUTCOMES: tuple[Outcome, ...] = (Status.MET, Status.PARTIALLY_MET, Status.NOT_MET)
RESPONSE = {Severity.CRITICAL: "PT1H", Severity.HIGH: "PT2H", Severity.NORMAL: "PT4H", Severity.LOW: "PT8H"}
RESOLUTION = {
    Severity.CRITICAL: "PT24H",
    Severity.HIGH: "PT8H",
    Severity.NORMAL: "PT24H",
    Severity.LOW: "PT40H",
}
STRICTER = {"Hoivapalvelut", "Varhaiskasvatus"}
"""Customers who agreed shorter times than the producer's default."""


def fill(database: Database, city: City, today: date) -> None:
    """Make every customer's contract, its years and its clock."""
    for number, (customer_id, name) in city.customers.items():
        sites = [site for site in city.sites if site.customer_id == customer_id]
        services = sorted({service for site in sites for service in site.services})
        if not services:
            services = ["cleaning"]
        chance = random.Random(zlib.crc32(number.encode()))  # noqa: S311 - a demo city, the same every time
        manager = city.account_managers[customer_id]
        contact = city.contract_contacts[customer_id]
        with database.session() as session:
            _Customer(session, customer_id, name, sites, services, manager, contact, chance, today).make()


class _Customer:
    """One customer's contract in the making."""

    def __init__(
        self,
        session: Session,
        customer_id: UUID,
        name: str,
        sites: list[SiteFacts],
        services: list[str],
        manager: PersonFacts,
        contact: PersonFacts,
        chance: random.Random,
        today: date,
    ) -> None:
        self.session = session
        self.customer_id = customer_id
        self.name = name
        self.sites = sites
        self.services = services
        self.people = {Party.PRODUCER: manager, Party.CUSTOMER: contact}
        self.producer: Actor = actor_of(manager, "account_manager")
        self.customer: Actor = actor_of(contact, "contract_contact", customer_id=customer_id)
        self.chance = chance
        self.today = today

    def make(self) -> None:
        """Make the contract, both years and the clocks."""
        year = self.today.year
        began = at(date(year - 1, 10, 12), 10)
        new = NewContract(customer_id=self.customer_id, services=[Service(each) for each in self.services])
        contract = usecases.make_contract(self.session, self.producer, new, began)
        self.session.flush()
        asked = YearRequest(self.session, self.producer, contract.id, year, began)
        usecases.draft_year(asked)
        self.write(asked, list(POINTS))
        usecases.set_lines(asked, list(self.lines(None)))
        self.sign(contract, year)
        self.draft_next(contract, year + 1)
        for clock_year in (year, year + 1):
            made_on = min(date(clock_year - 1, 12, 1), self.today)
            made = generate_clock(self.session, self.producer, clock_year, self.customer_id, at(made_on, 9))
            self.live(made)

    def write(self, asked: YearRequest, points: list[Point]) -> None:
        """Write points, responsible persons, targets and annexes."""
        for point in points:
            party, text = POINTS[point]
            person = self.people[party]
            owner = Owner(party=party, name=person.name, person_id=person.id)
            usecases.write_point(asked, point, PointEdit(owner=owner, text=text))
        persons = [
            PersonEntry(
                party=party,
                role="Asiakkuusvastaava" if party is Party.PRODUCER else "Sopimusyhteyshenkilö",
                person_id=person.id,
                name=person.name,
                phone=person.phone,
                email=person.email,
            )
            for party, person in self.people.items()
        ]
        usecases.name_persons(asked, persons)
        usecases.set_targets(asked, list(self.targets()))
        annexes = [
            AnnexEntry(kind=AnnexKind.PRICE_LIST, title="Hinnasto"),
            AnnexEntry(kind=AnnexKind.BILLING, title="Laskutusliite"),
        ]
        if len(self.sites) > 5:  # a large customer wants the full model, a small one a light one (need N12)
            annexes += [
                AnnexEntry(kind=AnnexKind.SERVICE_DESCRIPTION, title="Palvelukuvaukset"),
                AnnexEntry(kind=AnnexKind.STANDARDS, title="Ateria- ja puhtausstandardit"),
            ]
        usecases.set_annexes(asked, annexes)

    def targets(self) -> Iterator[TargetEntry]:
        """Give the agreed times; food poisoning and allergic reactions run day and night."""
        for service in self.services:
            for severity in Severity:
                basis = Basis.CALENDAR if severity is Severity.CRITICAL else Basis.BUSINESS
                resolution = RESOLUTION[severity]
                if self.name in STRICTER and severity is Severity.NORMAL:
                    resolution = "PT16H"
                yield TargetEntry(
                    service=Service(service),
                    severity=severity,
                    response=Target(basis=basis, duration=RESPONSE[severity]),
                    resolution=Target(basis=basis, duration=resolution),
                )

    def lines(self, before: dict[tuple[UUID, str], ContractLine] | None) -> Iterator[LineEntry]:
        """Give services × sites with prices; beside last year's prices some change, with the reason."""
        for site in self.sites:
            for service, (_, standard) in sorted(site.services.items()):
                unit, typical, least, most = PRICES[service]
                old = before.get((site.id, service)) if before else None
                price = Decimal(typical) * Decimal(self.chance.randint(88, 114)) / 100
                changed = old is not None and self.chance.random() < 0.4
                if old is not None:
                    factor = Decimal(self.chance.randint(99, 104)) / 100 if changed else Decimal(1)
                    price = old.price * factor
                price = price.quantize(Decimal("0.01"))
                quantity = Decimal(self.chance.randint(least, most))
                if old is not None:
                    quantity = (old.quantity * self.chance.randint(96, 104) / 100).quantize(Decimal(1))
                changed = old is not None and price != old.price
                yield LineEntry(
                    site_id=site.id,
                    service=Service(service),
                    standard=standard or "Sovittu kohteessa",
                    price=Money(amount=price),
                    unit=unit,
                    quantity=quantity,
                    previous_price=Money(amount=old.price) if old else None,
                    previous_quantity=old.quantity if old else None,
                    change_reason=self.chance.choice(REASONS) if changed else None,
                )

    def sign(self, contract: Contract, year: int) -> None:
        """Walk the year from draft to signatures, well before the last day of the year before."""

        def asked(actor: Actor, moment: datetime, version: int | None = None) -> YearRequest:
            return YearRequest(self.session, actor, contract.id, year, moment, version)

        december = date(year - 1, 12, self.chance.randint(1, 18))
        steps.advance(asked(self.producer, at(date(year - 1, 11, 3), 9)), Step.SUBMIT)
        read = steps.advance(asked(self.producer, at(date(year - 1, 11, 24), 14)), Step.PROPOSE)
        for actor, hour in ((self.producer, 9), (self.customer, 13)):
            moment = at(december, hour)
            read = steps.approve(asked(actor, moment, read.year.version))
        for actor, hour in ((self.producer, 10), (self.customer, 15)):
            moment = at(december + timedelta(days=2), hour)
            read = steps.sign(asked(actor, moment, read.year.version))

    def draft_next(self, contract: Contract, year: int) -> None:
        """Draft next year beside the living one; some points still wait for their text."""
        began = at(min(self.today, date(year - 1, 10, 5)), 9)
        asked = YearRequest(self.session, self.producer, contract.id, year, began)
        usecases.draft_year(asked)
        missing = self.chance.sample(list(POINTS), self.chance.choice((0, 1, 1, 2)))
        self.write(asked, [point for point in POINTS if point not in missing])
        signed = repository.year_for(self.session, self.producer, contract.id, year - 1)[1]
        known = {
            (line.site_id, line.service.value): line
            for line in repository.content_of(self.session, signed.id).lines
        }
        lines = list(self.lines(known))
        usecases.set_lines(asked, lines)

    def live(self, milestones: list[Milestone]) -> None:
        """Record what happened to the milestones behind us; a few are still owed."""
        for milestone in milestones:
            if milestone.due >= self.today or self.chance.random() < 0.12:
                continue
            status = self.chance.choices(OUTCOMES, weights=(80, 15, 5))[0]
            happened = milestone.due + timedelta(days=self.chance.randint(-9, 6))
            happened = min(happened, self.today - timedelta(days=1))
            actor = self.producer if milestone.responsible == "enterprise" else self.customer
            actual = Actual(
                actual_on=None if status is Status.NOT_MET else happened,
                status=status,
                note=self.chance.choice(NOTES[status]),
            )
            asked = MilestoneRequest(self.session, actor, milestone.id, at(happened + timedelta(days=1), 9))
            record_actual(asked, actual)
