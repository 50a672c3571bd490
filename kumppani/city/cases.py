"""A year of feedback, lived through in the order of time by the use cases that people's requests take."""

import asyncio
import heapq
import itertools
import json
import random
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import partial
from pathlib import Path
from typing import Final
from uuid import UUID

from fastapi import Response
from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from chassis.actors import Actor
from chassis.database import Database
from chassis.idempotency import IdempotencyKey
from kumppani.city.registry import City, PersonFacts, SiteFacts, actor_of
from services.feedback import access
from services.feedback.cases import repository, rules, usecases
from services.feedback.cases.change import By, CaseChange
from services.feedback.cases.decide import Arrival
from services.feedback.cases.intake import IntakeStore
from services.feedback.cases.model import Case, CaseEntry
from services.feedback.cases.schemas import Intake
from services.feedback.cases.views import CaseViews
from services.feedback.cases.vocabulary import Action, Channel, Kind, Wish
from services.feedback.copies.rules import Person
from services.feedback.escalation.usecases import climb_one
from services.feedback.read_model import ReadModelCache
from trade.days import HELSINKI
from trade.vocabulary import Service, Severity

STORIES = Path(__file__).with_name("data") / "stories.toml"
MORNING: Final = time(9, 40)
"""The time of its last day up to which the city has lived, by the Helsinki wall."""
CASES = 1_620
BUSY = {"K-0001": 26, "K-0070": 22}
"""How much is heard of the sites whose heads sign in to the demo; others get what chance gives."""
BY_KIND = {
    "comprehensive_school": 5.0,
    "upper_secondary_school": 4.0,
    "day_care": 4.0,
    "care_home": 4.0,
    "health_centre": 2.0,
}
AT_A_TIME = 250
"""Steps in one transaction."""
HURRY = {Severity.CRITICAL: 0.12, Severity.HIGH: 0.5, Severity.NORMAL: 1.0, Severity.LOW: 1.8}
"""How people's working hours stretch with the severity."""


@dataclass(frozen=True)
class Story:
    """What somebody writes, and how it goes."""

    kind: Kind
    service: Service
    severity: Severity
    subject: str
    description: str
    asked: str
    answer: str
    resolution: str


@dataclass
class Life:
    """One case on its way: who reported it, and its id once it is received."""

    site: SiteFacts
    story: Story
    description: str
    reporter: PersonFacts
    id: UUID | None = None
    handler: Actor | None = None
    case: Case | None = None
    """Held, so that the session keeps it in mind."""
    log: list[CaseEntry] | None = None


Step = Callable[[Session, datetime], None]


def fill(database: Database, city: City, today: date, count: int, share: Callable[[float], None]) -> None:
    """Live through the year before ``today``, up to this morning, with so many cases.

    ``share`` is told again and again how much of the year is over.
    """
    directory = ReadModelCache(Person(id=None, name="Oulun Serviisi, asiakaspalvelu", phone="", email=""))
    store = IntakeStore(database, directory)
    with asyncio.Runner() as runner:
        opened = store.opened()
        runner.run(opened.__aenter__())
        try:
            report = partial(_report, runner, store)
            year = _Year(database, directory, city, today, count, report)
            year.live(share)
        finally:
            runner.run(opened.__aexit__(None, None, None))


def _report(runner: asyncio.Runner, store: IntakeStore, arrival: Arrival) -> Response:
    key = IdempotencyKey(arrival.actor.subject, None, "", "")
    return runner.run(store.report(arrival, key, "fi"))


class _Year:
    """The year under way."""

    def __init__(
        self,
        database: Database,
        directory: ReadModelCache,
        city: City,
        today: date,
        count: int,
        report: Callable[[Arrival], Response],
    ) -> None:
        self.database = database
        self.directory = directory
        self.report = report
        self.count = count
        self.city = city
        self.until = datetime.combine(today, MORNING, HELSINKI)
        self.chance = random.Random(2016)  # noqa: S311 - a demo city, the same every time
        read = tomllib.loads(STORIES.read_text("utf-8"))
        self.dishes: list[str] = read["dishes"]
        self.rooms: list[str] = read["rooms"]
        self.stories = [
            Story(
                Kind(each["kind"]),
                Service(each["service"]),
                Severity(each["severity"]),
                *(each[part] for part in ("subject", "description", "asked", "answer", "resolution")),
            )
            for each in read["story"]
        ]
        self.by_id: dict[UUID, Life] = {}
        self._order = itertools.count()
        self._agenda: list[tuple[datetime, int, Step]] = []

    def live(self, share: Callable[[float], None]) -> None:
        """Take every step in the order of time; twice a day those who are late are told."""
        for at, life in self.lives():
            self.plan(at, partial(self.receive, life))
        begun = told = self._agenda[0][0]
        # One session for the whole year: a case that is at hand need not be read again for each step.
        with Session(self.database.engine, expire_on_commit=False) as session:
            self.knowledge = self.directory.current(session)
            for steps in itertools.count(1):
                if not self._agenda:
                    break
                at, _, step = heapq.heappop(self._agenda)
                if at > told + timedelta(hours=12):
                    told = at
                    self.tell(session, told)
                step(session, at)
                if steps % AT_A_TIME == 0:
                    session.commit()
                    share((at - begun) / (self.until - begun))
            self.tell(session, self.until)
            session.commit()

    def tell(self, session: Session, now: datetime) -> None:
        """Climb the ladder for every case that is due a step."""
        due = select(col(Case.id)).where(col(Case.warn_at) <= now).order_by(col(Case.warn_at))
        for case_id in session.scalars(due).all():
            climb_one(session, self.directory, case_id, now)
            self.by_id[case_id].log = None

    def plan(self, at: datetime, step: Step) -> None:
        """Put a step on the agenda; what lies after this morning has not happened."""
        if at <= self.until:
            heapq.heappush(self._agenda, (at, next(self._order), step))

    def lives(self) -> Iterator[tuple[datetime, Life]]:
        """Give the cases of the year; the last days are the fullest, so that every state is to be seen."""
        sites = list(self.city.sites)
        weights = [BY_KIND.get(site.kind, 1.0) for site in sites]
        chosen = [site for site in sites for _ in range(BUSY.get(site.number, 0))]
        chosen += self.chance.choices(sites, weights, k=max(0, self.count - len(chosen)))
        for index, site in enumerate(chosen):
            stories = [story for story in self.stories if story.service in site.services]
            if not stories:
                continue
            odds = [0.15 if story.severity is Severity.CRITICAL else 1.0 for story in stories]
            story = self.chance.choices(stories, odds)[0]
            days_ago = self.chance.randint(0, 14) if index % 11 == 0 else self.chance.randint(0, 364)
            yield (
                self.moment(days_ago, site),
                Life(site, story, self.words(story), self.city.site_heads[site.id]),
            )

    def moment(self, days_ago: int, site: SiteFacts) -> datetime:
        """Return when something was noticed: around lunch mostly, at homes also in the evening."""
        day = self.until.date() - timedelta(days=days_ago)
        if site.kind not in {"care_home", "fire_station", "swimming_hall"}:
            day -= timedelta(days=max(0, day.weekday() - 4))
        hour = self.chance.choice((8, 9, 10, 11, 11, 12, 12, 13, 14, 15, 19))
        at = datetime.combine(
            day, time(hour, self.chance.randint(0, 59), self.chance.randint(0, 59)), HELSINKI
        )
        return min(at, self.until - timedelta(minutes=self.chance.randint(3, 90)))

    def words(self, story: Story) -> str:
        """Return the description with its blanks filled."""
        filled = story.description.format(
            dish=self.chance.choice(self.dishes),
            room=self.chance.choice(self.rooms),
            amount=self.chance.choice((3, 5, 8, 12, 15, 20, 24, 30)),
            clock=self.chance.choice(("8.15", "10.45", "11.20", "11.50", "12.15", "12.40")),
        )
        return filled[0].upper() + filled[1:]

    def receive(self, life: Life, _: Session, now: datetime) -> None:
        """The site's head reports; the right person gets it, and goes on from there."""
        story = life.story
        reporter = actor_of(life.reporter, "site_head").model_copy(
            update={
                "site_ids": frozenset({life.site.id}),
                "site_customer_ids": frozenset({life.site.customer_id}),
            }
        )
        intake = Intake(
            site_id=life.site.id,
            kind=story.kind,
            service=story.service,
            severity=story.severity,
            subject=story.subject,
            description=life.description,
            channel=self.chance.choices(list(Channel), (70, 12, 10, 8))[0],
            wish=self.chance.choices((None, *Wish), (60, 20, 15, 5))[0],
        )
        arrival = Arrival(reporter, intake, now)
        told = json.loads(bytes(self.report(arrival).body))
        life.id = UUID(told["id"])
        self.by_id[life.id] = life
        handler = told["handler"]
        facts = PersonFacts(UUID(handler["person_id"]), handler["name"], "", "", "")
        life.handler = actor_of(facts, handler["role"] or "complaint_handler")
        self.follow(now, life)

    def follow(self, received: datetime, life: Life) -> None:
        """Plan how it goes on: taken up, answered, perhaps asked, resolved, closed, perhaps opened again."""
        chance, story = self.chance, life.story
        if story.kind is Kind.PRAISE:
            thanked = self.later(life, received, 3, Action.MESSAGE, story.answer)
            told = self.later(life, thanked, 6, Action.RESOLVE, "Kiitos luettiin tiimin aamupalaverissa.")
            self.later(life, told, 30, Action.CLOSE, "")
            return
        slow = chance.random()
        pace = HURRY[story.severity] * (4.0 if slow < 0.08 else 1.6 if slow < 0.2 else 0.7)
        taken = self.later(life, received, 1.0 * pace, Action.ACKNOWLEDGE, "")
        answered = self.later(life, taken, 1.6 * pace, Action.MESSAGE, story.answer)
        if story.asked and chance.random() < 0.25:
            asked = self.later(life, answered, 1.0, Action.WAIT, story.asked)
            answered = self.later(life, asked, chance.choice((2, 5, 12)), Action.RESUME, "")
        resolved = self.later(
            life, answered, chance.uniform(3, 16) * pace, Action.RESOLVE, story.resolution or "Hoidettu."
        )
        if chance.random() < 0.05:
            again = self.later(
                life, resolved, 8, Action.REOPEN, "Sama toistui tänään, joten asia ei ole vielä kunnossa."
            )
            resolved = self.later(
                life,
                again,
                chance.uniform(3, 12),
                Action.RESOLVE,
                "Korjaus tehtiin uudelleen ja tarkistettiin paikan päällä.",
            )
        self.later(life, resolved, chance.uniform(16, 60), Action.CLOSE, "")

    def later(self, life: Life, after: datetime, hours: float, action: Action, body: str) -> datetime:
        """Plan an action so many working hours later, give or take, and return when."""
        hours *= self.chance.uniform(0.4, 1.4)
        around_the_clock = life.story.severity is Severity.CRITICAL
        at = after + timedelta(hours=hours) if around_the_clock else working_hours_later(after, hours)
        self.plan(at, lambda session, now: self.act(session, now, life, action, body))
        return at

    def act(self, session: Session, now: datetime, life: Life, action: Action, body: str) -> None:
        """Do it as the handler; closing and reopening are the reporter's."""
        if life.id is None or life.handler is None:
            raise ValueError("an action before the case was received")
        actor = life.handler
        if action in {Action.CLOSE, Action.REOPEN}:
            actor = actor_of(life.reporter, "site_head").model_copy(
                update={"site_ids": frozenset({life.site.id})}
            )
        reader = CaseViews.knowing(self.knowledge, actor, now)
        changes: dict[Action, usecases.Change] = {
            Action.ACKNOWLEDGE: usecases.acknowledge,
            Action.MESSAGE: usecases.write(body, public=True, reader=reader),
            Action.WAIT: usecases.wait(body),
            Action.RESUME: usecases.resume,
            Action.RESOLVE: usecases.resolve(body),
            Action.CLOSE: usecases.close,
            Action.REOPEN: usecases.reopen(body),
        }
        case = session.get_one(Case, life.id)
        access.demand(actor, action, case)
        rules.check(action, case.state)
        if life.log is None:
            life.log = list(repository.log_of(session, life.id))
        record = CaseChange(session, case, life.log, self.knowledge, By(actor.person_id, actor.name), now)
        changes[action](record)
        life.case = case


def working_hours_later(start: datetime, hours: float) -> datetime:
    """Return the instant so many hours of 8–16 on weekdays later; people of the demo keep office hours."""
    left = timedelta(hours=hours)
    now = start.astimezone(HELSINKI)
    while True:
        opening = now.replace(hour=8, minute=0, second=0)
        closing = now.replace(hour=16, minute=0, second=0)
        if now.weekday() < 5 and now < closing:
            now = max(now, opening)
            if now + left <= closing:
                return now + left
            left -= closing - now
        now = opening + timedelta(days=1)
