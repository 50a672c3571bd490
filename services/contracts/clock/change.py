"""A change of a milestone: from the locked row to its history and its event."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self
from uuid import UUID

from sqlalchemy.orm import Session

from chassis.actors import Actor
from chassis.errors import Forbidden
from chassis.preconditions import check
from services.contracts.clock import repository
from services.contracts.clock.model import Milestone, MilestoneHistory
from services.contracts.events import MILESTONE_CHANGED, MilestoneState, publish

Said = Mapping[str, Any]  # Any: JSON for the history
Right = Callable[[Actor, UUID], bool]
"""Whether the actor may do it to a milestone of the customer."""


@dataclass(frozen=True)
class MilestoneRequest:
    """Who asks for a change of which milestone, when, and the version that was read, if that is told."""

    session: Session
    actor: Actor
    milestone_id: UUID
    now: datetime
    version: int | None = None


@dataclass(frozen=True)
class Done:
    """Who did what, when."""

    actor: Actor
    now: datetime
    what: str


@dataclass(frozen=True)
class MilestoneChange:
    """A locked milestone in the actor's hands, and how it was."""

    asked: MilestoneRequest
    milestone: Milestone
    before: Said

    @classmethod
    def open(cls, asked: MilestoneRequest, may: Right) -> Self:
        """Lock the milestone.

        Raises:
            NotFound, Forbidden, Stale: not this actor's to see, to change, or of this version.
        """
        milestone = repository.milestone_for(asked.session, asked.actor, asked.milestone_id, lock=True)
        if not may(asked.actor, milestone.customer_id):
            raise Forbidden
        check(milestone.version, asked.version)
        return cls(asked, milestone, _seen(milestone))

    def finish(self, what: str, reason: str | None = None) -> Milestone:
        """Write what changed into the history, tell it by an event and return the milestone."""
        after = _seen(self.milestone)
        self.asked.session.flush()
        changed = {name: value for name, value in after.items() if value != self.before[name]}
        told = {**changed, **({"reason": reason} if reason else {})}
        done = Done(self.asked.actor, self.asked.now, what)
        note(self.asked.session, self.milestone, done, {name: self.before[name] for name in changed}, told)
        return self.milestone


def note(session: Session, milestone: Milestone, done: Done, before: Said | None, after: Said) -> None:
    """Write one entry into a milestone's history, and tell its new state by an event."""
    session.add(
        MilestoneHistory(
            milestone_id=milestone.id,
            at=done.now,
            what=done.what,
            by_name=done.actor.name,
            by_subject=done.actor.subject,
            before=dict(before) if before is not None else None,
            after=dict(after),
        )
    )
    data = MilestoneState.model_validate(milestone)
    publish(session, type=MILESTONE_CHANGED, subject=str(milestone.id), data=data)


def _seen(milestone: Milestone) -> Said:
    fields = {"due", "status", "actual_on", "actual_note"}
    return milestone.model_dump(mode="json", include=fields)
