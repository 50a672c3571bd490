"""What is sent to the feedback service. It judges; these shapes stand for the document."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from gateway.shapes import examples
from gateway.shapes.common import Input, Name, Note, ServiceName, SeverityName
from gateway.shapes.contracts_input import TargetTime

Frame = Annotated[list[Annotated[str, Field(pattern=r"^\d{2}:\d{2}$")]], Field(min_length=2, max_length=2)]


class Reporter(Input):
    """For whom the case is logged by the producer's staff."""

    name: Name
    phone: Annotated[str | None, Field(max_length=200)] = None
    email: Annotated[str | None, Field(max_length=200)] = None


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
    fixed_on_the_spot: bool | None = None


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
    frames: list[Frame]


class Closure(Input):
    """Days closed, both ends included."""

    from_: Annotated[date, Field(alias="from")]
    to: date


class WeekFrames(Input):
    """Open frames of each weekday in local time."""

    mon: Annotated[list[Frame], Field(default_factory=list)]
    tue: Annotated[list[Frame], Field(default_factory=list)]
    wed: Annotated[list[Frame], Field(default_factory=list)]
    thu: Annotated[list[Frame], Field(default_factory=list)]
    fri: Annotated[list[Frame], Field(default_factory=list)]
    sat: Annotated[list[Frame], Field(default_factory=list)]
    sun: Annotated[list[Frame], Field(default_factory=list)]


class PreviewCalendar(Input):
    """An opening calendar."""

    time_zone: Annotated[str, Field(description="IANA name")] = "Europe/Helsinki"
    frames: WeekFrames
    holidays: Literal["FI"] | None = None
    half_days: Annotated[list[HalfDay], Field(default_factory=list)]
    closures: Annotated[list[Closure], Field(default_factory=list)]


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
    calendar: PreviewCalendar | None = None
    response: TargetTime | None = None
    resolution: TargetTime | None = None
    pauses: Annotated[list[Pause], Field(default_factory=list)]
