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
from services.feedback.sla.targets import Basis, Target
from services.feedback.sla.texts import calendar_text, entry_text
from services.feedback.sla.timetable import ReasonCode

ServiceName = Literal["meals", "cleaning", "multiservice", "staff_meals", "coffee"]
SeverityName = Literal["low", "normal", "high", "critical"]
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
    tue: Frames = Field(default_factory=list)
    wed: Frames = Field(default_factory=list)
    thu: Frames = Field(default_factory=list)
    fri: Frames = Field(default_factory=list)
    sat: Frames = Field(default_factory=list)
    sun: Frames = Field(default_factory=list)


class HalfDayShape(Wire):
    """A date whose frames replace those of its weekday."""

    date: Day
    frames: Frames


class ClosureShape(Wire):
    """Dates on which nothing is open, both included."""

    first: Day = Field(alias="from")
    last: Day = Field(alias="to")


class CalendarInput(Wire):
    """A calendar. A closure goes before a half day, that before a holiday, that before the weekday."""

    model_config = example(examples.CALENDAR_INPUT)

    time_zone: Annotated[str, Field(min_length=1, max_length=64)] = TIME_ZONE
    frames: FramesOfWeek
    holidays: Annotated[str, Field(max_length=20)] | None = Field(
        default=None, description="Country whose public holidays are closed, such as `FI`; null for none."
    )
    half_days: Annotated[list[HalfDayShape], Field(max_length=400)] = Field(default_factory=list)
    closures: Annotated[list[ClosureShape], Field(max_length=100)] = Field(default_factory=list)

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
    duration: DurationText


class PauseInput(Wire):
    """A time of waiting for the customer, `[from, to)`."""

    starts: Instant = Field(alias="from")
    ends: Instant = Field(alias="to")


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
    service: ServiceName | None = None
    severity: SeverityName | None = None
    received_at: Instant
    calendar: CalendarInput | None = None
    response: TargetInput | None = None
    resolution: TargetInput | None = None
    pauses: Annotated[list[PauseInput], Field(max_length=200)] = Field(default_factory=list)


class ReasonView(View):
    """Why: a stable code, and words in the reader's language."""

    code: ReasonCode
    text: str


class LedgerEntryView(View):
    """One half-open interval of the ledger."""

    model_config = ConfigDict(serialize_by_alias=True)

    starts: Instant = Field(serialization_alias="from")
    ends: Instant = Field(serialization_alias="to")
    kind: EntryKind
    reason: ReasonView
    seconds: int | float


class TargetView(View):
    """How long, in which time it is counted, and who set it."""

    basis: Basis
    duration: str
    source: SourceKind

    @classmethod
    def of(cls, target: Target | None, source: Source) -> Self | None:
        """Show a target."""
        if target is None:
            return None
        return cls(basis=target.basis, duration=target.duration, source=source.kind)


class PolicyView(View):
    """The targets and who set them; the contract named is the response's, else the resolution's."""

    source: SourceKind
    contract_reference: str | None
    year: int | None
    response: TargetView | None
    resolution: TargetView | None

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
    version: Whole
    time_zone: str
    description: str

    @classmethod
    def of(cls, calendar: Calendar, language: Language) -> Self:
        """Name a calendar."""
        return cls(
            name=calendar.name,
            version=calendar.version,
            time_zone=calendar.time_zone,
            description=calendar_text(calendar, language),
        )


class PreviewView(View):
    """Due instants, and one ledger from received to the later due.

    It is the resolution clock's; where the response is due after the resolution, the response's goes on from
    there. With one clock it is that clock's.
    """

    model_config = example(examples.PREVIEW)

    response_due_at: Instant | None
    resolution_due_at: Instant | None
    ledger: list[LedgerEntryView]
    policy: PolicyView
    calendar: CalendarRef


class CalendarView(View):
    """A named calendar in its newest version."""

    model_config = example(examples.CALENDAR)

    name: str
    title: str
    description: str
    time_zone: str
    frames: dict[str, list[list[str]]]
    holidays: str | None
    half_days: list[dict[str, Any]]  # Any: text and frames, as in the input
    closures: list[dict[str, str]]
    version: Whole

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
