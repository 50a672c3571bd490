"""Milestones as an iCalendar file (RFC 5545, 7986). The same milestones always give the same bytes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from icalendar import Calendar, Event
from icalendar.prop import vCategory, vDuration, vText

from chassis.dates import plain_day
from chassis.languages import Language
from chassis.text import without_controls
from chassis.words import Words
from services.contracts.clock.rules import Status

REFRESH = timedelta(hours=6)
"""How often calendar programs are asked to look again."""
REFRESH_TEXT = "PT6H"
PRODUCT = "-//Kumppani//Vuosikello//FI"
_WORDS = Words.beside(__file__)
_CALENDAR = _WORDS["calendar"]
_OUTCOME = _WORDS["outcome"]


@dataclass(frozen=True)
class Entry:
    """One milestone as a calendar shows it."""

    id: UUID
    day: date
    topic: str
    content: str
    customer: str
    responsible: str
    status: Status
    actual_on: date | None
    note: str | None
    created_at: datetime
    changed_at: datetime
    sequence: int
    """Number of changes since it was made (RFC 5545 §3.8.7.4)."""
    url: str


def calendar_file(entries: Sequence[Entry], language: Language) -> bytes:
    """Return the file. Nothing in it depends on when it is asked for: stamps are those of the last change."""
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", PRODUCT)
    calendar.add("calscale", "GREGORIAN")
    calendar.add("name", vText(_CALENDAR["name"][language], params={"LANGUAGE": language}))
    calendar.add("x-wr-calname", _CALENDAR["name"][language])
    calendar.add("refresh-interval", vDuration(REFRESH), parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", vText(REFRESH_TEXT))
    if entries:
        calendar.add("last-modified", max(entry.changed_at for entry in entries).replace(microsecond=0))
    for entry in entries:
        calendar.add_component(_event(entry, language))
    file: bytes = calendar.to_ical()
    return file


def _event(entry: Entry, language: Language) -> Event:
    event = Event()
    event.add("uid", f"{entry.id}@kumppani")
    event.add("sequence", entry.sequence)
    # Without METHOD the stamp is that of the last revision (RFC 5545 §3.8.7.2), so it stands still.
    event.add("dtstamp", entry.changed_at.replace(microsecond=0))
    event.add("created", entry.created_at.replace(microsecond=0))
    event.add("last-modified", entry.changed_at.replace(microsecond=0))
    event.add("dtstart", entry.day)
    event.add("dtend", entry.day + timedelta(days=1))
    summary = f"{entry.topic} – {entry.customer}" if entry.customer else entry.topic
    # TEXT holds no control characters (RFC 5545 §3.3.11); texts kept before they were refused may.
    event.add("summary", without_controls(summary))
    event.add("description", without_controls(_description(entry, language)))
    event.add("categories", vCategory([_CALENDAR["category"][language], without_controls(entry.responsible)]))
    event.add("status", "CANCELLED" if entry.status is Status.CANCELLED else "CONFIRMED")
    event.add("transp", "TRANSPARENT")
    event.add("url", entry.url)
    return event


def _description(entry: Entry, language: Language) -> str:
    lines = [entry.content, _CALENDAR["responsible"].say(language, {"who": entry.responsible})]
    outcome = _OUTCOME.get(entry.status.value)
    if outcome:
        day = f" {plain_day(entry.actual_on, language)}" if entry.actual_on else ""
        lines.append(f"{outcome[language]}{day}{f': {entry.note}' if entry.note else ''}")
    return "\n".join(lines)
