"""What was promised for a case: policy, calendar and where they come from; and their form in the log."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from services.feedback.cases.rules import has_resolution_clock
from services.feedback.cases.vocabulary import Kind
from services.feedback.read_model import ReadModel
from services.feedback.sla.calendars import Calendar
from services.feedback.sla.documents import target_document
from services.feedback.sla.policies import FoundPolicy, Source, SourceKind, policy_among
from services.feedback.sla.targets import Policy, Target
from trade.days import day_of
from trade.vocabulary import Service, Severity

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
                policy_of(kept),
                _source_of(kept["source"]),
                _source_of(kept["resolution_source"]),
            ),
            calendar_of(calendar["name"], calendar["version"]),
        )


def promise_for(
    read_model: ReadModel,
    *,
    customer_id: UUID,
    site_id: UUID,
    service: Service,
    severity: Severity,
    kind: Kind,
    at: datetime,
) -> Promise:
    """Return what holds for a case that came at the instant."""
    day = day_of(at)
    site = read_model.sites.get(site_id)
    years = read_model.years.get(customer_id, ())
    found = policy_among(years, site_id, service.value, severity.value, day)
    if not has_resolution_clock(kind):
        found = replace(found, policy=found.policy.without_resolution())
    return Promise(found, read_model.calendar(site.calendar if site else ""))


def _source_json(source: Source) -> Kept:
    return {
        "source": source.kind.value,
        "contract_reference": source.contract_reference,
        "year": source.year,
    }


def policy_of(kept: Mapping[str, Any]) -> Policy:  # Any: JSON
    """Read the targets alone of the kept form."""
    return Policy(_target_of(kept["response"]), _target_of(kept["resolution"]))


def _target_of(kept: Mapping[str, str] | None) -> Target | None:
    return None if kept is None else _target(kept["basis"], kept["duration"])


@lru_cache(maxsize=256)
def _target(basis: str, duration: str) -> Target:
    return Target.of(basis, duration)


def _source_of(kept: Mapping[str, Any]) -> Source:  # Any: JSON
    return Source(SourceKind(kept["source"]), kept["contract_reference"], kept["year"])
