"""What is sent to the feedback service. It judges; these shapes stand for the document."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from gateway.shapes.common import Input, Name, Note
from gateway.shapes.examples import cases as examples
from gateway.shapes.words import ServiceName, SeverityName

DURATION = "^P(?=[0-9T])([0-9]{1,6}D)?(T(?=[0-9])([0-9]{1,6}H)?([0-9]{1,6}M)?([0-9]{1,9}S)?)?$"
WALL_TIME = "^([01][0-9]|2[0-3]):[0-5][0-9]$|^24:00$"
WallTime = Annotated[str, Field(max_length=20, json_schema_extra={"pattern": WALL_TIME})]
Frame = Annotated[list[WallTime], Field(min_length=2, max_length=2)]
Frames = Annotated[list[Frame], Field(max_length=8)]


class Reporter(Input):
    """For whom the case is logged by the producer's staff."""

    name: Name
    phone: Annotated[str, Field(max_length=40, pattern=r"^\+?[0-9][0-9 ()-]*$")] | None = None
    email: Annotated[str, Field(max_length=200, pattern=r"^[^@\s]+@[^@\s]+\.[^@\s]+$")] | None = None


class Intake(Input):
    """A word of feedback."""

    example = examples.INTAKE

    site_id: UUID
    kind: Literal["complaint", "suggestion", "praise", "question"]
    service: ServiceName
    severity: SeverityName | None = None
    subject: Name
    description: Note
    occurred_at: datetime | None = None
    received_at: Annotated[datetime | None, Field(description="When it came, if logged later")] = None
    channel: Literal["web", "phone", "email", "face_to_face"] = "web"
    wish: Literal["written", "call", "visit"] | None = None
    reporter: Reporter | None = None
    fixed_on_the_spot: bool = False


class NewMessage(Input):
    """A message; one that is not public stays inside the producer."""

    example = examples.MESSAGE

    body: Note
    public: bool = True


class Wait(Input):
    """What the customer is asked; it pauses the resolution clock."""

    example = examples.WAIT

    question: Note


class Resolution(Input):
    """What was done."""

    example = examples.RESOLUTION

    body: Note


class NewHandler(Input):
    """Who handles the case from now on."""

    example = examples.NEW_HANDLER

    person_id: UUID
    reason: Note | None = None


class NewSeverity(Input):
    """How bad it is after all, and why."""

    example = examples.NEW_SEVERITY

    severity: SeverityName
    reason: Note


class HalfDay(Input):
    """A day with other frames."""

    date: date
    frames: Frames


class Closure(Input):
    """Days closed, both ends included."""

    from_: Annotated[date, Field(alias="from")]
    to: date


class WeekFrames(Input):
    """Open frames of each weekday in local time."""

    mon: Annotated[Frames, Field(default_factory=list)]
    tue: Annotated[Frames, Field(default_factory=list)]
    wed: Annotated[Frames, Field(default_factory=list)]
    thu: Annotated[Frames, Field(default_factory=list)]
    fri: Annotated[Frames, Field(default_factory=list)]
    sat: Annotated[Frames, Field(default_factory=list)]
    sun: Annotated[Frames, Field(default_factory=list)]


class CalendarEdit(Input):
    """An opening calendar; a weekday left out is closed."""

    example = examples.CALENDAR_EDIT

    time_zone: Annotated[str, Field(min_length=1, max_length=64, description="IANA name")] = "Europe/Helsinki"
    frames: WeekFrames
    holidays: Annotated[str, Field(max_length=20, description="Country code, such as FI")] | None = None
    half_days: Annotated[list[HalfDay], Field(max_length=400, default_factory=list)]
    closures: Annotated[list[Closure], Field(max_length=100, default_factory=list)]


class PreviewTarget(Input):
    """How long, and in which time it is counted."""

    basis: Literal["business", "calendar"]
    duration: Annotated[
        str,
        Field(max_length=40, json_schema_extra={"pattern": DURATION}, description="ISO 8601, such as PT4H"),
    ]


class Pause(Input):
    """A time when the clock stood."""

    from_: Annotated[datetime, Field(alias="from")]
    to: datetime


class PreviewRequest(Input):
    """A case to be: what is left out follows from the site's contract year and calendar."""

    example = examples.PREVIEW_REQUEST

    site_id: UUID | None = None
    service: ServiceName | None = None
    severity: SeverityName | None = None
    received_at: datetime
    calendar: CalendarEdit | None = None
    response: PreviewTarget | None = None
    resolution: PreviewTarget | None = None
    pauses: Annotated[list[Pause], Field(max_length=200, default_factory=list)]
