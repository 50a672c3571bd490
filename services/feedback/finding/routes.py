"""Lists, counts and search over HTTP."""

from dataclasses import replace
from typing import Annotated, Literal
from uuid import UUID

from fastapi import Depends, Query, Request

from chassis.actors import Actor
from chassis.callers import CurrentActor
from chassis.database import Transaction
from chassis.errors import FieldError, InvalidInput, NotFound
from chassis.paging import Cursor, Limit, Page
from chassis.problems import openapi_problems
from chassis.routing import ServiceRouter
from chassis.schemas import LINE_PATTERN, MAYBE_LINE_PATTERN, ONE_LINE, Day, View, example
from services.feedback.cases import examples
from services.feedback.cases.answers import CaseView, Counts
from services.feedback.cases.dependencies import TheCaseViews
from services.feedback.cases.views import CaseViews
from services.feedback.cases.vocabulary import Kind, State
from services.feedback.finding import facets, repository, search
from services.feedback.finding.answers import Facets
from services.feedback.finding.charge import charge_of
from services.feedback.finding.facets import FACETS, Facet
from services.feedback.finding.readings import Readings
from services.feedback.finding.repository import Due, Figure, Filter, Received, Sort
from trade.days import day_of
from trade.vocabulary import Service, Severity

router = ServiceRouter(prefix="/v1")
States = Annotated[list[State] | None, Query(description="Any of these states; repeat to give several.")]
Handler = Annotated[
    str | None,
    Query(
        max_length=36,
        description="`me` or a person's id.",
        # The pattern stands in the document only: a faulty id is refused in words.
        json_schema_extra={"pattern": "^(me|[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12})$"},
    ),
]
Words = Annotated[
    str | None,
    Query(
        max_length=200,
        description="Words in any form, or a reference.",
        json_schema_extra=MAYBE_LINE_PATTERN,
    ),
    ONE_LINE,
]


async def _readings(request: Request) -> Readings:
    readings: Readings = request.app.state.readings
    return readings


TheReadings = Annotated[Readings, Depends(_readings)]


async def _filter(
    actor: CurrentActor,
    state: States = None,
    kind: Annotated[Kind | None, Query(description="This sort of word alone.")] = None,
    service: Annotated[Service | None, Query(description="This service alone.")] = None,
    severity: Annotated[Severity | None, Query(description="This severity alone.")] = None,
    site_id: Annotated[UUID | None, Query()] = None,
    customer_id: Annotated[UUID | None, Query()] = None,
    producer_id: Annotated[UUID | None, Query()] = None,
    handler: Handler = None,
    due: Annotated[Due | None, Query(description="Open cases past due, or due later today.")] = None,
    urgent: Annotated[
        bool | None,
        Query(description="Open cases that are critical and not answered yet, or all the others."),
    ] = None,
    received: Annotated[Received | None, Query(description="Received since midnight in Helsinki.")] = None,
    received_from: Annotated[
        Day | None, Query(description="Received on this day in Helsinki or later.")
    ] = None,
    received_to: Annotated[
        Day | None, Query(description="Received on this day in Helsinki or earlier.")
    ] = None,
) -> Filter:
    return Filter(
        states=tuple(dict.fromkeys(state or ())),
        kind=kind,
        service=service,
        severity=severity,
        site_id=site_id,
        customer_id=customer_id,
        producer_id=producer_id,
        handler_id=_handler_id(actor, handler),
        due=due,
        urgent=urgent,
        received=received,
        received_from=received_from,
        received_to=received_to,
    )


def _handler_id(actor: Actor, handler: str | None) -> UUID | None:
    if handler is None:
        return None
    if handler == "me":
        if actor.person_id is None:
            raise NotFound
        return actor.person_id
    try:
        return UUID(handler)
    except ValueError as error:
        raise InvalidInput([FieldError("#/query/handler", "uuid_parsing")]) from error


Wanted = Annotated[Filter, Depends(_filter)]
Own = Annotated[
    bool,
    Query(
        description="Only what the reader answers for: the cases it handles, those of the sites that it "
        "supervises and of the customers whose accounts it manages."
    ),
]


def _own(reader: CaseViews, wanted: Filter) -> Filter:
    """Narrow to what the reader answers for."""
    if reader.actor.person_id is None:
        raise NotFound
    return replace(wanted, charge=charge_of(reader.read_model, reader.actor.person_id, day_of(reader.now)))


@router.get(
    "/cases",
    tags=["cases"],
    summary="List cases",
    description="`next_due`: open cases, the most urgent first (closed ones too when `state` asks for them). "
    "`oldest`: open cases, the longest waiting first. `newest`: the newest first; words that are searched "
    "for always come newest first.",
    responses=openapi_problems(401, 404, 422),
)
def list_cases(
    session: Transaction,
    reader: TheCaseViews,
    wanted: Wanted,
    readings: TheReadings,
    q: Words = None,
    own: Own = False,
    sort: Annotated[Sort, Query(description="The order of the list.")] = "newest",
    limit: Limit = 50,
    cursor: Cursor = None,
) -> Page[CaseView]:
    """List the cases that the actor sees."""
    if own:
        wanted = _own(reader, wanted)
    if q and q.strip():
        rows, following = search.find(
            session, reader.actor, wanted, q, readings, now=reader.now, limit=limit, cursor=cursor
        )
    else:
        rows, following = repository.list_cases(
            session, reader.actor, wanted, sort=sort, now=reader.now, limit=limit, cursor=cursor
        )
    return Page[CaseView](items=[reader.row(case) for case in rows], next=following)


@router.get(
    "/cases/counts",
    tags=["cases"],
    summary="Count open cases",
    description=f"Each figure stops at {repository.COUNTED}; `more` names those that have more.",
    responses=openapi_problems(401, 404, 422),
)
def counts(
    session: Transaction,
    reader: TheCaseViews,
    wanted: Wanted,
    own: Own = False,
    figures: Annotated[
        list[Figure] | None,
        Query(
            description="Only these, e.g. those that a page shows; repeat to give several. All but `mine` "
            "where none is named.",
            max_length=len(repository.FIGURES),
        ),
    ] = None,
) -> Counts:
    """Count the open cases that the actor sees."""
    if own:
        wanted = _own(reader, wanted)
    counted = repository.count(session, reader.actor, wanted, reader.now, figures or repository.USUAL)
    most = repository.COUNTED
    told: dict[str, int | None] = dict.fromkeys(repository.FIGURES)
    told.update({name: min(figure, most) for name, figure in counted.items()})
    return Counts(**told, more=[name for name, figure in counted.items() if figure > most])


@router.get(
    "/cases/facets",
    tags=["cases"],
    summary="Break a list of cases down",
    description="What a list could be narrowed to, with how many cases each choice would leave. Each facet "
    "is counted as if it did not narrow the list itself. Takes the list's filters, words and order. "
    f"At most {facets.MOST} cases are looked at, the first of the list; `more` tells when there are more.",
    responses=openapi_problems(401, 404, 422),
)
def break_down(
    session: Transaction,
    reader: TheCaseViews,
    wanted: Wanted,
    readings: TheReadings,
    q: Words = None,
    own: Own = False,
    sort: Annotated[Sort, Query(description="The order of the list.")] = "newest",
    by: Annotated[
        list[Facet] | None,
        Query(
            description="Only these facets; repeat to give several. All of them where none is named.",
            max_length=len(FACETS),
        ),
    ] = None,
) -> Facets:
    """Count the cases of a list by what it can be narrowed to."""
    if own:
        wanted = _own(reader, wanted)
    asked = facets.Asked(reader.actor, wanted, (q or "").strip(), sort, reader.now)
    told = facets.break_down(session, asked, readings, FACETS if by is None else by)
    return Facets.of(told, reader.read_model)


class Hit(View):
    """A case that was found."""

    kind: Literal["case"] = "case"
    id: UUID
    title: str
    subtitle: str
    score: float
    exact: bool
    """The asked is its reference, so that there is no other to choose from."""
    state: State
    """How it stands."""
    day: Day
    """The day in Helsinki on which it was received."""


class Hits(View):
    """What was found, the newest first."""

    model_config = example(examples.HITS)

    items: list[Hit]


@router.get(
    "/search",
    tags=["search"],
    summary="Search cases",
    responses=openapi_problems(401, 422),
)
def find(
    session: Transaction,
    reader: TheCaseViews,
    readings: TheReadings,
    q: Annotated[
        str,
        Query(
            min_length=1,
            max_length=200,
            description="Words in any form, or a reference.",
            json_schema_extra=LINE_PATTERN,
        ),
        ONE_LINE,
    ],
    limit: Limit = 10,
) -> Hits:
    """Search the cases that the actor sees."""
    hits = []
    for case in search.find_briefly(session, reader.actor, q, readings, now=reader.now, limit=limit):
        site = reader.read_model.sites.get(case.site_id)
        exact = case.reference == search.reference_in(q.strip())
        hits.append(
            Hit(
                id=case.id,
                title=f"{case.reference} {case.subject}",
                subtitle=site.name if site else "",
                score=1.0 if exact else 0.5,
                exact=exact,
                state=case.state,
                day=day_of(case.received_at),
            )
        )
    return Hits(items=hits)
