"""A change of a contract year: from the locked year, its content read once, to its history and its event."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Self
from uuid import UUID

from sqlalchemy.orm import Session

from chassis.actors import Actor
from chassis.errors import Forbidden
from chassis.preconditions import check
from services.contracts.agreements import repository
from services.contracts.agreements.model import Contract, ContractHistory, ContractYear
from services.contracts.agreements.record import year_state
from services.contracts.agreements.repository import Content, WholeYear
from services.contracts.events import YEAR_CHANGED, publish

Said = Mapping[str, Any]  # Any: JSON of any shape is kept in a history
Right = Callable[[Actor, UUID], bool]
"""Whether the actor may do it to a year of the customer."""


@dataclass(frozen=True)
class YearRequest:
    """Who asks for a change of which year, when, and the version that was read, if that is told."""

    session: Session
    actor: Actor
    contract_id: UUID
    year: int
    now: datetime
    version: int | None = None


@dataclass
class YearChange:
    """A locked year in the actor's hands; whoever changes its rows changes ``content`` with them."""

    session: Session
    actor: Actor
    now: datetime
    contract: Contract
    year: ContractYear
    content: Content

    @classmethod
    def open(cls, asked: YearRequest, may: Right) -> Self:
        """Lock the year and read its content.

        Raises:
            NotFound, Forbidden, Stale: not this actor's to see, to change, or of this version.
        """
        session, actor = asked.session, asked.actor
        contract, year = repository.year_for(session, actor, asked.contract_id, asked.year, lock=True)
        if not may(actor, contract.customer_id):
            raise Forbidden
        check(year.version, asked.version)
        return cls(session, actor, asked.now, contract, year, repository.content_of(session, year.id))

    def note(self, what: str, *, before: Said | None = None, after: Said | None = None) -> None:
        """Write one entry into the year's history."""
        self.session.add(
            ContractHistory(
                year_id=self.year.id,
                at=self.now,
                what=what,
                by_name=self.actor.name,
                by_subject=self.actor.subject,
                before=dict(before) if before is not None else None,
                after=dict(after) if after is not None else None,
            )
        )

    def withdraw_consents(self) -> None:
        """Take back every approval and signature of an unsigned year: they were given to another text."""
        given = self.content.consents
        for consent in given:
            self.session.delete(consent)
        if given:
            what = [f"{consent.step.value}:{consent.party.value}" for consent in given]
            self.note("consents_withdrawn", before={"consents": what})
        self.content = replace(self.content, consents=())

    def finish(self) -> WholeYear:
        """Publish the year's state as it now stands, and return it."""
        self.session.flush()
        data = year_state(self.contract, self.year, self.content)
        publish(self.session, type=YEAR_CHANGED, subject=str(self.year.id), data=data)
        return WholeYear(self.contract, self.year, self.content)
