"""The preview: due instants and ledger of a case that does not exist, nothing stored."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from chassis.actors import Actor
from chassis.errors import FieldError, Forbidden, InvalidInput, NotFound
from chassis.languages import Language
from services.feedback.copies.model import SiteCopy
from services.feedback.sla import usecases
from services.feedback.sla.calendars import Calendar, CalendarRefused, NoOpenTime
from services.feedback.sla.defaults import DEFAULT_CALENDAR, DEFAULT_SEVERITY
from services.feedback.sla.documents import calendar_of
from services.feedback.sla.errors import CalendarNeverOpen, DueTooFar, refused
from services.feedback.sla.history import Event, Received, WaitingEnded, WaitingStarted
from services.feedback.sla.ledger import Entry
from services.feedback.sla.policies import ASKER, FoundPolicy
from services.feedback.sla.rules import Clocks, run
from services.feedback.sla.schemas import (
    CalendarInput,
    CalendarRef,
    PauseInput,
    PolicyView,
    PreviewRequest,
    PreviewView,
    TargetInput,
    ledger_view,
)
from services.feedback.sla.targets import DurationRefused, Policy, Target
from services.feedback.sla.timetable import HORIZON, BeyondHorizon

LONGEST = timedelta(days=366)
"""How far from the receipt a due time is shown."""
MOST_LINES = 1_000
"""Lines of the longest ledger that is shown."""


def preview(session: Session, actor: Actor, asked: PreviewRequest, language: Language) -> PreviewView:
    """Return what the clock would say.

    Raises:
        NotFound: the actor may not know the site.
        Forbidden: the actor sees the site but not its clocks.
        InvalidInput: with the faulty fields; CalendarNeverOpen and DueTooFar among them.
    """
    site = None if asked.site_id is None else _site(session, actor, asked)
    pauses = _merged(asked.received_at, asked.pauses)
    if asked.calendar is not None:
        calendar = read_calendar(asked.calendar, "#/calendar")
    else:
        calendar = usecases.calendar_named(session, DEFAULT_CALENDAR if site is None else site.calendar)
    found = _policy(session, asked, site, calendar)
    try:
        clocks = run([Received(asked.received_at), *pauses], found.policy, calendar)
    except NoOpenTime as never:
        raise CalendarNeverOpen([FieldError("#/calendar", never.code)]) from never
    except BeyondHorizon as far:
        raise DueTooFar([FieldError("#/received_at", "due_beyond_horizon")]) from far
    ledger = _bounded_ledger(asked.received_at, clocks)
    return PreviewView(
        response_due_at=clocks.response.due_at if clocks.response else None,
        resolution_due_at=clocks.resolution.due_at if clocks.resolution else None,
        ledger=ledger_view(ledger, calendar.time_zone, language),
        policy=PolicyView.of(found),
        calendar=CalendarRef.of(calendar, language),
    )


def _bounded_ledger(received_at: datetime, clocks: Clocks) -> Sequence[Entry]:
    """Return the ledger of a question that is worth its answer: a year, and as many lines as can be read."""
    dues = [clock.due_at for clock in (clocks.response, clocks.resolution) if clock is not None]
    if any(due > received_at + LONGEST for due in dues):
        raise InvalidInput([FieldError("#/received_at", "due_beyond_preview")])
    ledger = whole_ledger(clocks)
    if len(ledger) > MOST_LINES:
        raise InvalidInput([FieldError("#/received_at", "ledger_too_long", {"limit": MOST_LINES})])
    return ledger


def whole_ledger(clocks: Clocks) -> Sequence[Entry]:
    """The resolution clock's ledger, or the response's when there is none, up to the later due.

    Where the response is due after the resolution, the ledger goes on with the response's.
    """
    if clocks.response is None or clocks.resolution is None:
        clock = clocks.resolution or clocks.response
        return () if clock is None else clock.ledger
    ends = clocks.resolution.due_at
    rest = [entry for entry in clocks.response.ledger if entry.ends > ends]
    if rest and rest[0].starts < ends:
        rest[0] = Entry(ends, rest[0].ends, rest[0].kind, rest[0].reason)
    return (*clocks.resolution.ledger, *rest)


def read_calendar(given: CalendarInput, pointer: str) -> Calendar:
    """Read a calendar of a request; raises InvalidInput with pointers below `pointer`."""
    try:
        return calendar_of(given.document())
    except CalendarRefused as error:
        raise refused(error, pointer) from error


def _site(session: Session, actor: Actor, asked: PreviewRequest) -> SiteCopy:
    site = session.get(SiteCopy, asked.site_id)
    if site is None:
        raise NotFound
    if actor.everything or site.id in actor.site_ids or site.customer_id in actor.customer_ids:
        return site
    producers = {str(service.get("producer_id")) for service in site.services}
    if producers.isdisjoint(map(str, actor.producer_ids)):
        raise NotFound
    raise Forbidden


def _policy(
    session: Session, asked: PreviewRequest, site: SiteCopy | None, calendar: Calendar
) -> FoundPolicy:
    response = _target(asked.response, "response")
    resolution = _target(asked.resolution, "resolution")
    found = usecases.policy_for(
        session,
        customer_id=None if site is None else site.customer_id,
        site_id=asked.site_id,
        service=asked.service,
        severity=asked.severity or DEFAULT_SEVERITY,
        day=asked.received_at.astimezone(ZoneInfo(calendar.time_zone)).date(),
    )
    return FoundPolicy(
        Policy(response or found.policy.response, resolution or found.policy.resolution),
        ASKER if response else found.source,
        ASKER if resolution else found.resolution_source,
    )


def _target(given: TargetInput | None, name: str) -> Target | None:
    if given is None:
        return None
    try:
        return Target.of(given.basis, given.duration)
    except DurationRefused as error:
        raise InvalidInput([FieldError(f"#/{name}/duration", error.code)]) from error


def _merged(received_at: datetime, pauses: Sequence[PauseInput]) -> list[Event]:
    """Pauses as events after the receipt; those that touch or overlap are one."""
    for index, pause in enumerate(pauses):
        if pause.ends <= pause.starts:
            raise InvalidInput([FieldError(f"#/pauses/{index}/to", "pause_backwards")])
        if pause.ends > received_at + HORIZON:
            raise DueTooFar([FieldError(f"#/pauses/{index}/to", "due_beyond_horizon")])
    spells: list[tuple[datetime, datetime]] = []
    for starts, ends in sorted((max(pause.starts, received_at), pause.ends) for pause in pauses):
        if ends <= starts:
            continue
        if spells and starts <= spells[-1][1]:
            spells[-1] = (spells[-1][0], max(spells[-1][1], ends))
        else:
            spells.append((starts, ends))
    events: list[Event] = []
    for starts, ends in spells:
        events += (WaitingStarted(starts), WaitingEnded(ends))
    return events
