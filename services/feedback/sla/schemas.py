"""Wire shapes of the preview, the calendars and the ledger."""

from collections.abc import Iterable
from typing import Annotated, Any, Literal, Self
from uuid import UUID

from pydantic import ConfigDict, Field

from chassis.languages import Language
from chassis.schemas import Day, Instant, View, Whole, Wire, example
from services.feedback.sla import examples
from services.feedback.sla.calendars import WEEKDAYS, Calendar
from services.feedback.sla.defaults import TIME_ZONE, calendar_titles
from services.feedback.sla.documents import CalendarDocument, calendar_document
from services.feedback.sla.ledger import Entry, EntryKind
from services.feedback.sla.policies import FoundPolicy, Source, SourceKind
from services.feedback.sla.targets import Target
from services.feedback.sla.texts import calendar_text, entry_text
from services.feedback.sla.timetable import ReasonCode
from trade.vocabulary import Basis, Service, Severity

_DURATION = "^P(?=[0-9T])([0-9]{1,6}D)?(T(?=[0-9])([0-9]{1,6}H)?([0-9]{1,6}M)?([0-9]{1,9}S)?)?$"
# Patterns stand in the document only: the rules refuse with words that say what to write instead.
WallTime = Annotated[
    str,
    Field(
        max_length=20,
        examples=["08:00"],
        json_schema_extra={"pattern": "^([01][0-9]|2[0-3]):[0-5][0-9]$|^24:00$"},
    ),
]
FramePair = Annotated[list[WallTime], Field(min_length=2, max_length=2, examples=[["08:00", "16:00"]])]
Frames = Annotated[list[FramePair], Field(max_length=8)]
DurationText = Annotated[
    str,
    Field(
        max_length=40,
        json_schema_extra={"pattern": _DURATION},
        examples=["PT4H"],
        description="ISO 8601 `PnDTnHnMnS`, longer than nothing. A day is 24 hours in calendar time, and in "
        "business time the open time of the calendar's longest ordinary weekday.",
    ),
]


class FramesOfWeek(Wire):
    """Open frames of each weekday in local wall time; a weekday left out is closed."""

    mon: Frames = Field(default_factory=list)
    """Open frames of Mondays."""
    tue: Frames = Field(default_factory=list)
    """Open frames of Tuesdays."""
    wed: Frames = Field(default_factory=list)
    """Open frames of Wednesdays."""
    thu: Frames = Field(default_factory=list)
    """Open frames of Thursdays."""
    fri: Frames = Field(default_factory=list)
    """Open frames of Fridays."""
    sat: Frames = Field(default_factory=list)
    """Open frames of Saturdays."""
    sun: Frames = Field(default_factory=list)
    """Open frames of Sundays."""


class HalfDayShape(Wire):
    """A date whose frames replace those of its weekday."""

    date: Day
    """The day."""
    frames: Frames
    """When it is open on that day."""


class ClosureShape(Wire):
    """Dates on which nothing is open, both included."""

    first: Day = Field(alias="from")
    """The first closed day."""
    last: Day = Field(alias="to")
    """The last closed day."""


class CalendarInput(Wire):
    """A calendar. A closure goes before a half day, that before a holiday, that before the weekday."""

    model_config = example(examples.CALENDAR_INPUT)

    time_zone: Annotated[str, Field(min_length=1, max_length=64)] = TIME_ZONE
    """Name of the time zone, such as `Europe/Helsinki`."""
    frames: FramesOfWeek
    """When it is open in an ordinary week."""
    holidays: Annotated[str, Field(max_length=20)] | None = Field(
        default=None, description="Country whose public holidays are closed, such as `FI`; null for none."
    )
    half_days: Annotated[list[HalfDayShape], Field(max_length=400)] = Field(default_factory=list)
    """Days with frames of their own."""
    closures: Annotated[list[ClosureShape], Field(max_length=100)] = Field(default_factory=list)
    """Stretches of days on which it is closed."""

    def document(self) -> CalendarDocument:
        """The calendar as the rules read it."""
        return {
            "time_zone": self.time_zone,
            "frames": {day: getattr(self.frames, day) for day in WEEKDAYS},
            "holidays": self.holidays,
            "half_days": [{"date": each.date.isoformat(), "frames": each.frames} for each in self.half_days],
            "closures": [
                {"from": each.first.isoformat(), "to": each.last.isoformat()} for each in self.closures
            ],
        }


class TargetInput(Wire):
    """How long, and in which time it is counted."""

    basis: Literal["business", "calendar"]
    """Whether open hours alone count, or every hour."""
    duration: DurationText


class PauseInput(Wire):
    """A time of waiting for the customer, `[from, to)`."""

    starts: Instant = Field(alias="from")
    """When the waiting began."""
    ends: Instant = Field(alias="to")
    """When it ended."""


class PreviewRequest(Wire):
    """What to preview; contract year, site's calendar and the producer's defaults fill what is left out."""

    model_config = example(
        {
            "received_at": "2026-03-10T08:00:00+02:00",
            "calendar": {"frames": {"tue": [["08:00", "16:00"]]}, "holidays": "FI"},
            "response": {"basis": "business", "duration": "PT4H"},
            "resolution": {"basis": "business", "duration": "PT8H"},
            "pauses": [{"from": "2026-03-10T10:00:00+02:00", "to": "2026-03-10T11:00:00+02:00"}],
        }
    )

    site_id: UUID | None = None
    """The site, whose contract year and calendar are used."""
    service: Service | None = None
    """Which service it would be about."""
    severity: Severity | None = None
    """How bad it would be."""
    received_at: Instant
    """When the word would be received."""
    calendar: CalendarInput | None = None
    """A working calendar instead of the site's."""
    response: TargetInput | None = None
    """A promise of an answer instead of the contract's."""
    resolution: TargetInput | None = None
    """A promise of a solution instead of the contract's."""
    pauses: Annotated[list[PauseInput], Field(max_length=200)] = Field(default_factory=list)
    """Times of waiting for the customer."""


class ReasonView(View):
    """Why: a stable code, and words in the reader's language."""

    code: ReasonCode
    """The reason, for programs."""
    text: str
    """The reason in the reader's language."""


class LedgerEntryView(View):
    """One half-open interval of the ledger."""

    model_config = ConfigDict(serialize_by_alias=True)

    starts: Instant = Field(serialization_alias="from")
    """When the stretch begins."""
    ends: Instant = Field(serialization_alias="to")
    """When it ends; the next one begins there."""
    kind: EntryKind
    """Whether it counted, rested or was closed."""
    reason: ReasonView
    """Why."""
    seconds: int | float
    """How long it is, in seconds."""


class TargetView(View):
    """How long, in which time it is counted, and who set it."""

    basis: Basis
    """Whether open hours alone count, or every hour."""
    duration: str
    """How long, ISO 8601."""
    source: SourceKind
    """Who set it."""

    @classmethod
    def of(cls, target: Target | None, source: Source) -> Self | None:
        """Show a target."""
        if target is None:
            return None
        return cls(basis=target.basis, duration=target.duration, source=source.kind)


class PolicyView(View):
    """The targets and who set them; the contract named is the response's, else the resolution's."""

    source: SourceKind
    """Who set the targets."""
    contract_reference: str | None
    """The contract that promises them."""
    year: int | None
    """The contract year that promises them."""
    response: TargetView | None
    """How long the answer may take."""
    resolution: TargetView | None
    """How long the solution may take; null when nothing is promised."""

    @classmethod
    def of(cls, found: FoundPolicy) -> Self:
        """Show a policy with its source."""
        sources = (found.source, found.resolution_source)
        shown = next((each for each in sources if each.kind is SourceKind.CONTRACT_YEAR), found.source)
        return cls(
            source=shown.kind,
            contract_reference=shown.contract_reference,
            year=shown.year,
            response=TargetView.of(found.policy.response, found.source),
            resolution=TargetView.of(found.policy.resolution, found.resolution_source),
        )


class CalendarRef(View):
    """Which calendar was used; name is empty and version 0 for one given in the request."""

    name: str
    """Its name, such as `school`."""
    version: Whole
    """Which version of it was used."""
    time_zone: str
    """Name of its time zone."""
    description: str
    """When it is open, in the reader's language."""
    working_day: str
    """How long its longest ordinary weekday is open, ISO 8601: what a day of a business time is."""

    @classmethod
    def of(cls, calendar: Calendar, language: Language) -> Self:
        """Name a calendar."""
        return cls(
            name=calendar.name,
            version=calendar.version,
            time_zone=calendar.time_zone,
            description=calendar_text(calendar, language),
            working_day=Target(Basis.BUSINESS, calendar.working_day_minutes * 60).duration,
        )


class PreviewView(View):
    """Due instants, and one ledger from received to the later due.

    It is the resolution clock's; where the response is due after the resolution, the response's goes on from
    there. With one clock it is that clock's.
    """

    model_config = example(examples.PREVIEW)

    response_due_at: Instant | None
    """By when the answer would be due."""
    resolution_due_at: Instant | None
    """By when the solution would be due."""
    ledger: list[LedgerEntryView]
    """Every stretch of time with what it was."""
    policy: PolicyView
    """What would be promised, and by whom."""
    calendar: CalendarRef
    """The working calendar that would count."""


class CalendarView(View):
    """A named calendar in its newest version."""

    model_config = example(examples.CALENDAR)

    name: str
    """Its name, such as `school`."""
    title: str
    """What it is called, in the reader's language."""
    description: str
    """When it is open, in the reader's language."""
    time_zone: str
    """Name of its time zone."""
    frames: dict[str, list[list[str]]]
    """When it is open in an ordinary week, by weekday: pairs of wall times."""
    holidays: str | None
    """Country whose public holidays are closed, such as `FI`."""
    half_days: list[dict[str, Any]]  # Any: text and frames, as in the input
    """Days with frames of their own."""
    closures: list[dict[str, str]]
    """Stretches of days on which it is closed."""
    version: Whole
    """Rises with each change; it is the ETag, for If-Match."""

    @classmethod
    def of(cls, calendar: Calendar, language: Language) -> Self:
        """Show a calendar."""
        titles = calendar_titles().get(calendar.name, {})
        return cls.model_validate(
            {
                **calendar_document(calendar),
                "name": calendar.name,
                "title": titles.get(language, calendar.name),
                "description": calendar_text(calendar, language),
                "version": calendar.version,
            }
        )


def ledger_view(entries: Iterable[Entry], time_zone: str, language: Language) -> list[LedgerEntryView]:
    """Show a ledger with its reasons in the language."""
    return [
        LedgerEntryView(
            starts=entry.starts,
            ends=entry.ends,
            kind=entry.kind,
            reason=ReasonView(code=entry.reason.code, text=entry_text(entry, time_zone, language)),
            seconds=entry.seconds,
        )
        for entry in entries
    ]
