"""Which scope a role needs, on which side and level it works, and when an assignment or an absence holds."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Protocol
from uuid import UUID

from services.customers.vocabulary import Level
from trade.vocabulary import STAFF_ROLES, Party, Role, Service

STAFF = frozenset(STAFF_ROLES)
"""The producer's own staff; they see every customer and site."""
CONTACT_ROLES = frozenset(Role) - {Role.ADMINISTRATOR, Role.INTEGRATION}
"""Roles that are named to people as contacts."""
_CUSTOMER_SIDE = {Role.CONTRACT_CONTACT, Role.SITE_HEAD, Role.SITE_STAFF}
_CONTRACT_LEVEL = {Role.CONTRACT_CONTACT, Role.ACCOUNT_MANAGER, Role.MANAGEMENT}
PLACES = ("department_id", "customer_id", "site_id", "producer_id")
"""The parts of a scope that name a thing."""


@dataclass(frozen=True)
class ScopeRule:
    """What an assignment of a role may and must be bound to."""

    one_of: tuple[str, ...] = ()
    """Exactly one of these is needed."""
    may: frozenset[str] = frozenset()
    """At most one of these places, and the service if listed."""


_AREA = frozenset({"department_id", "customer_id", "site_id", "service"})
SCOPE_RULES: Mapping[Role, ScopeRule] = {
    Role.CONTRACT_CONTACT: ScopeRule(one_of=("department_id", "customer_id")),
    Role.SITE_HEAD: ScopeRule(one_of=("site_id",)),
    Role.SITE_STAFF: ScopeRule(one_of=("site_id",)),
    Role.SERVICE_SUPERVISOR: ScopeRule(may=_AREA),
    Role.COMPLAINT_HANDLER: ScopeRule(may=_AREA),
    Role.ACCOUNT_MANAGER: ScopeRule(may=frozenset({"customer_id"})),
    Role.MANAGEMENT: ScopeRule(),
    Role.ADMINISTRATOR: ScopeRule(),
    Role.PRODUCER_SUPERVISOR: ScopeRule(one_of=("producer_id",), may=frozenset({"site_id", "service"})),
    Role.INTEGRATION: ScopeRule(),
}


@dataclass(frozen=True)
class Scope:
    """What one assignment is bound to. Two assignments of a person with the same scope are one assignment."""

    role: Role
    department_id: UUID | None = None
    customer_id: UUID | None = None
    site_id: UUID | None = None
    producer_id: UUID | None = None
    service: Service | None = None


@dataclass(frozen=True)
class Flaw:
    """A field of an assignment that does not fit its role."""

    field: str
    code: str


class Spell(Protocol):
    """A run of days; an open end is None."""

    @property
    def first_day(self) -> date:
        """First day, included."""

    @property
    def last_day(self) -> date | None:
        """Last day, included; None while it goes on."""


def side_of(role: Role) -> Party:
    """Return the party a role speaks for."""
    return Party.CUSTOMER if role in _CUSTOMER_SIDE else Party.PRODUCER


def level_of(role: Role) -> Level:
    """Return the level of the partnership a role works on."""
    return Level.CONTRACT if role in _CONTRACT_LEVEL else Level.OPERATIONAL


def flaws_of(scope: Scope) -> list[Flaw]:
    """Tell which parts of a scope its role lacks (``scope_missing``) or cannot have (``scope_unfit``)."""
    rule = SCOPE_RULES[scope.role]
    given = [place for place in (*PLACES, "service") if getattr(scope, place) is not None]
    needed = [place for place in rule.one_of if place in given]
    flaws = [
        Flaw(place, "scope_unfit") for place in given if place not in rule.may and place not in rule.one_of
    ]
    if rule.one_of and not needed:
        flaws.append(Flaw(rule.one_of[0], "scope_missing"))
    flaws += [Flaw(place, "scope_unfit") for place in needed[1:]]
    optional = [place for place in given if place in rule.may and place != "service"]
    flaws += [Flaw(place, "scope_unfit") for place in optional[1:]]
    return flaws


def holds_on(day: date, first_day: date, last_day: date | None) -> bool:
    """Tell whether a run of days (both ends included) covers the day."""
    return first_day <= day and (last_day is None or day <= last_day)


def away_until(day: date, absences: Iterable[Spell]) -> date | None:
    """Return the last day of the absence that covers the day (and of its continuations); None if present."""
    last: date | None = None
    for absence in sorted(absences, key=lambda each: each.first_day):
        end = absence.last_day
        if end is None:
            continue
        reached = day if last is None else last
        joins = absence.first_day <= day if last is None else (absence.first_day - reached).days <= 1
        if joins and end >= reached:
            last = end
    return last
