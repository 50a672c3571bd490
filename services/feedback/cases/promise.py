"""What was promised for a case: policy, calendar and where they come from; and their form in the log."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from services.feedback.cases.kinds import Kind, Service, Severity
from services.feedback.cases.rules import HELSINKI, has_resolution_clock
from services.feedback.copies.directory import Knowledge
from services.feedback.sla.calendars import Calendar
from services.feedback.sla.documents import target_document, target_of
from services.feedback.sla.policies import FoundPolicy, Source, SourceKind
from services.feedback.sla.targets import Policy
from services.feedback.sla.usecases import calendar_named, policy_among, years_of

CalendarOf = Callable[[str, int], Calendar]
"""Returns a calendar by name and version; old versions stay readable."""
Kept = dict[str, Any]  # Any: JSON


@dataclass(frozen=True)
class Promise:
    """The policy and calendar of a case, and who set each target: a contract year or the producer."""

    found: FoundPolicy
    calendar: Calendar

    @property
    def policy(self) -> Policy:
        """Return the targets."""
        return self.found.policy

    def as_json(self) -> Kept:
        """Return the form kept on the case and in its log."""
        return {
            "response": target_document(self.policy.response),
            "resolution": target_document(self.policy.resolution),
            "source": _source_json(self.found.source),
            "resolution_source": _source_json(self.found.resolution_source),
            "calendar": {"name": self.calendar.name, "version": self.calendar.version},
        }

    @classmethod
    def of(cls, kept: Mapping[str, Any], calendar_of: CalendarOf) -> "Promise":  # Any: JSON
        """Read the kept form."""
        calendar = kept["calendar"]
        return cls(
            FoundPolicy(
                Policy(target_of(kept["response"]), target_of(kept["resolution"])),
                _source_of(kept["source"]),
                _source_of(kept["resolution_source"]),
            ),
            calendar_of(calendar["name"], calendar["version"]),
        )


def promise_for(
    session: Session,
    knowledge: Knowledge,
    *,
    customer_id: UUID,
    site_id: UUID,
    service: Service,
    severity: Severity,
    kind: Kind,
    at: datetime,
) -> Promise:
    """Return what holds for a case that came at the instant; contract years and calendars are remembered."""
    day: date = at.astimezone(HELSINKI).date()
    remembered = knowledge.promises
    years = remembered.get(customer_id)
    if years is None:
        years = remembered[customer_id] = years_of(session, customer_id)
    site = knowledge.sites.get(site_id)
    name = site.calendar if site else ""
    calendar = remembered.get(name)
    if calendar is None:
        calendar = remembered[name] = calendar_named(session, name)
    found = policy_among(years, site_id, service.value, severity.value, day)
    if not has_resolution_clock(kind):
        found = replace(found, policy=found.policy.without_resolution())
    return Promise(found, calendar)


def calendars_by(session: Session, knowledge: Knowledge) -> CalendarOf:
    """Return a look-up of calendar versions that remembers them."""

    def calendar_of(name: str, version: int) -> Calendar:
        key = (name, version)
        if key not in knowledge.promises:
            knowledge.promises[key] = replace(
                calendar_named(session, name, version), name=name, version=version
            )
        calendar: Calendar = knowledge.promises[key]
        return calendar

    return calendar_of


def _source_json(source: Source) -> Kept:
    return {
        "source": source.kind.value,
        "contract_reference": source.contract_reference,
        "year": source.year,
    }


def _source_of(kept: Mapping[str, Any]) -> Source:  # Any: JSON
    return Source(SourceKind(kept["source"]), kept["contract_reference"], kept["year"])
