"""Which policy holds for a case: the contract year's for customer and site, else the producer's own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import cached_property
from uuid import UUID

from services.feedback.sla.defaults import DEFAULT_SEVERITY, default_policies
from services.feedback.sla.targets import Policy, Target
from trade.vocabulary import Basis

CRITICAL = "critical"


class SourceKind(StrEnum):
    """Who set a target."""

    CONTRACT_YEAR = "contract_year"
    DEFAULT = "default"
    REQUEST = "request"


@dataclass(frozen=True)
class Source:
    """Who set a policy: a contract's year, the producer's own default, or the asker of a preview."""

    kind: SourceKind
    contract_reference: str | None = None
    year: int | None = None


PRODUCER = Source(SourceKind.DEFAULT)
ASKER = Source(SourceKind.REQUEST)


@dataclass(frozen=True)
class FoundPolicy:
    """A policy and who set it. `resolution_source` differs when a contract states a response only."""

    policy: Policy
    source: Source
    resolution_source: Source


@dataclass(frozen=True)
class YearTargets:
    """What one contract year in force promises; a year without lines covers every site of the customer."""

    reference: str
    year: int
    valid_from: date
    valid_until: date
    lines: frozenset[tuple[UUID, str]]
    """(site, service) pairs of the contract."""
    policies: Mapping[tuple[str, str], Policy]
    """By (service, severity)."""

    def covers(self, site_id: UUID | None, day: date) -> bool:
        """Whether the year holds on the day at the site; None asks for the customer as a whole."""
        if not self.valid_from <= day <= self.valid_until:
            return False
        return site_id is None or not self.lines or site_id in self._sites

    @cached_property
    def _sites(self) -> frozenset[UUID]:
        """Sites of the lines: a year may have hundreds, and each word asks."""
        return frozenset(site for site, _ in self.lines)


def choose(
    years: Iterable[YearTargets],
    default: Policy,
    *,
    site_id: UUID | None,
    service: str,
    severity: str,
    day: date,
) -> FoundPolicy:
    """The policy of a case received on the day.

    Of several contracts the one that names the service at the site goes first, then the later year, then the
    reference. A contract that states no resolution target leaves it to the producer's default, so that
    nothing stays unsolved unnoticed. Critical cases run in calendar time, day and night, whatever is written.
    """
    fitting = [year for year in years if year.covers(site_id, day) and (service, severity) in year.policies]
    fitting.sort(key=lambda year: ((site_id, service) not in year.lines, -year.year, year.reference))
    found = FoundPolicy(default, PRODUCER, PRODUCER)
    if fitting:
        policy = fitting[0].policies[service, severity]
        source = Source(SourceKind.CONTRACT_YEAR, fitting[0].reference, fitting[0].year)
        found = FoundPolicy(
            Policy(policy.response or default.response, policy.resolution or default.resolution),
            source if policy.response else PRODUCER,
            source if policy.resolution else PRODUCER,
        )
    return replace(found, policy=day_and_night(found.policy)) if severity == CRITICAL else found


def policy_among(
    years: Sequence[YearTargets], site_id: UUID | None, service: str | None, severity: str, day: date
) -> FoundPolicy:
    """The policy of a case among contract years; without a service only the producer's default fits."""
    default = default_policies().get(severity) or default_policies()[DEFAULT_SEVERITY]
    return choose(years, default, site_id=site_id, service=service or "", severity=severity, day=day)


def day_and_night(policy: Policy) -> Policy:
    """The policy in calendar time: a suspected food poisoning does not wait for the morning."""
    return Policy(_in_calendar_time(policy.response), _in_calendar_time(policy.resolution))


def _in_calendar_time(target: Target | None) -> Target | None:
    return None if target is None else replace(target, basis=Basis.CALENDAR)
