"""Writes what happened to a case: log entry, projections and event, in the one transaction of the caller."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from chassis.actors import Actor
from services.feedback import events
from services.feedback.cases import repository, texts
from services.feedback.cases.clock import clocks_of, project
from services.feedback.cases.model import Case, CaseEntry
from services.feedback.cases.vocabulary import What
from services.feedback.read_model import ReadModel


@dataclass(frozen=True)
class By:
    """Who did it; without an id the service itself."""

    id: UUID | None
    name: str


SERVICE = By(None, texts.SERVICE_NAME)


def by_of(actor: Actor, read_model: ReadModel) -> By:
    """Return the actor as the log names it."""
    person = read_model.people.by_id.get(actor.person_id) if actor.person_id else None
    return By(actor.person_id, actor.name or (person.name if person else actor.subject))


@dataclass
class CaseChange:
    """One change of one case: entries are added, then everything is written by `finish`."""

    session: Session
    case: Case
    log: list[CaseEntry]
    read_model: ReadModel
    by: By
    now: datetime
    facts: dict[int, dict[str, Any]] = field(default_factory=dict)  # Any: JSON
    """What of each new entry, by number, goes into its event."""

    @classmethod
    def open(
        cls,
        session: Session,
        case: Case,
        read_model: ReadModel,
        by: By,
        now: datetime,
    ) -> "CaseChange":
        """Take up a case that the caller has locked."""
        log = list(repository.log_of(session, case.id))
        # The log is in order of time: a clock that was set back must not put an entry before the last one.
        return cls(session, case, log, read_model, by, max(now, log[-1].at))

    def add(
        self,
        what: What,
        *,
        body: str | None = None,
        public: bool = True,
        facts: Mapping[str, Any] | None = None,  # Any: JSON
        personal: Mapping[str, Any] | None = None,  # Any: JSON
    ) -> CaseEntry:
        """Add an entry to the log; ``facts`` also go into the event, ``personal`` ones do not."""
        self.case.last_entry += 1
        entry = CaseEntry(
            case_id=self.case.id,
            number=self.case.last_entry,
            cycle=self.case.cycle,
            what=what,
            at=self.now,
            logged_at=self.now,
            by_id=self.by.id,
            by_name=self.by.name,
            public=public,
            body=body,
            data={**(facts or {}), **(personal or {})},
        )
        self.log.append(entry)
        self.session.add(entry)
        self.facts[entry.number] = dict(facts or {})
        return entry

    def project(self) -> None:
        """Bring the due columns up to the log."""
        told = frozenset(
            (entry.data["clock"], entry.data["step"])
            for entry in self.log
            if entry.what in (What.WARNED, What.ESCALATED) and entry.cycle == self.case.cycle
        )
        project(self.case, clocks_of(self.log, self.read_model.calendar_version, self.now), told)

    def publish(self, entry: CaseEntry) -> None:
        """Append the entry's event with the case's full state; the case's new version is known by then."""
        self.session.add(self.case)
        self.session.flush()
        events.OUTBOX.append(
            self.session,
            type=events.PREFIX + events.NAMES[entry.what],
            subject=str(self.case.id),
            data=events.data_of(
                self.case,
                self.read_model,
                what=entry.what,
                at=entry.at,
                by_id=entry.by_id,
                by_name=entry.by_name,
                public=entry.public,
                body=entry.body,
                facts=self.facts[entry.number],
            ),
        )

    def finish(self, what: What, **words: Any) -> None:  # Any: as `add` takes them
        """Add the entry, project and publish it."""
        entry = self.add(what, **words)
        self.project()
        self.publish(entry)
