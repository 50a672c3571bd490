"""What lists and searches can be asked; the services judge, these shapes stand for the document."""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from gateway.shapes.common import Input
from gateway.shapes.words import (
    CaseState,
    ResponsibleName,
    Role,
    ServiceName,
    SeverityName,
    SiteKind,
    Topic,
    YearStateName,
)

YearAsked = Annotated[int | None, Field(ge=2000, le=2199)]
Words = Annotated[
    str | None,
    Field(description="Words to find; all must match", min_length=1, max_length=100, pattern=r"^[^\x00]*$"),
]


class PageQuery(Input):
    """Which page of a list."""

    limit: Annotated[int, Field(ge=1, le=200, description="Rows on a page")] = 50
    cursor: Annotated[str | None, Field(description="`next` of the page before", max_length=1000)] = None


class DepartmentQuery(PageQuery):
    """Which departments."""


class ProducerQuery(PageQuery):
    """Which producers."""


class CustomerQuery(PageQuery):
    """Which customers."""

    department_id: UUID | None = None
    kind: Literal["internal", "external"] | None = None
    q: Words = None


class SiteQuery(PageQuery):
    """Which sites."""

    customer_id: UUID | None = None
    producer_id: UUID | None = None
    kind: SiteKind | None = None
    q: Words = None


class PeopleQuery(PageQuery):
    """Which people."""

    role: Role | None = None
    q: Words = None


class ContactQuery(PageQuery):
    """Whose contacts."""

    customer_id: UUID | None = None
    site_id: UUID | None = None
    role: Role | None = None
    level: Annotated[
        Literal["contract", "operational"] | None, Field(description="Level of the partnership")
    ] = None


class WhomQuery(Input):
    """From site and topic to a person."""

    site_id: UUID
    topic: Topic


class ImportQuery(Input):
    """Whether to import or only to check."""

    dry_run: bool = False


class HistoryQuery(PageQuery):
    """Which part of a history."""


class FeedQuery(PageQuery):
    """Which of the subscriptions."""


class ContractQuery(PageQuery):
    """Which contracts."""

    customer_id: UUID | None = None
    year: YearAsked = None
    state: YearStateName | None = None
    q: Words = None


class ClockQuery(PageQuery):
    """Which part of the annual clock."""

    year: YearAsked = None
    customer_id: UUID | None = None
    responsible: ResponsibleName | None = None
    status: Annotated[
        Literal["scheduled", "met", "partially_met", "not_met", "cancelled"] | None, Field()
    ] = None
    overdue: Annotated[bool | None, Field(description="Only what is overdue today, or only what is not")] = (
        None
    )
    row: Annotated[int | None, Field(ge=1, le=11, description="Row of the clock (source annex 2)")] = None


class IcsQuery(Input):
    """Which calendar: a subscription's token, or with a session the filters of `/clock`."""

    token: Annotated[str | None, Field(description="Token of a calendar feed; then no session is needed")] = (
        None
    )
    year: YearAsked = None
    customer_id: UUID | None = None
    responsible: ResponsibleName | None = None


class CountFilters(Input):
    """Which cases."""

    state: Annotated[
        list[CaseState] | None, Field(description="Any of these states; repeat it for several")
    ] = None
    kind: Literal["complaint", "suggestion", "praise", "question"] | None = None
    service: ServiceName | None = None
    severity: SeverityName | None = None
    site_id: UUID | None = None
    customer_id: UUID | None = None
    producer_id: UUID | None = None
    handler: Annotated[str | None, Field(description="`me` or a person's id", max_length=36)] = None
    due: Annotated[
        Literal["today", "late"] | None, Field(description="Open cases past due, or due later today")
    ] = None


class CaseFilters(CountFilters, PageQuery):
    """Which cases, in which order."""

    q: Annotated[str | None, Field(description="Words in any form, or a reference", max_length=200)] = None
    sort: Annotated[
        Literal["next_due", "newest"],
        Field(description="`next_due`: open cases, the most urgent first; words always come newest first"),
    ] = "newest"
