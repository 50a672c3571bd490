"""Routes of contacts."""

from typing import Annotated
from uuid import UUID

from fastapi import Header, Query

from chassis.callers import CurrentActor
from chassis.clock import Now
from chassis.database import Transaction
from chassis.languages import language_of
from chassis.paging import Cursor, Limit, Page
from chassis.problems import openapi_problems
from chassis.routing import ServiceRouter
from services.customers.contacts import usecases
from services.customers.contacts.schemas import ContactView, WhomToContactView
from services.customers.vocabulary import Level, Topic
from trade.vocabulary import Role, Service

router = ServiceRouter(prefix="/v1", tags=["contacts"])


@router.get(
    "/contacts",
    summary="List contacts",
    description="Named people of both sides and levels, by name: the contacts of all that you see. For a "
    "customer also those of its department and sites; for a site also those of what it belongs to and of its "
    "producers.",
    responses=openapi_problems(401, 422),
)
def list_contacts(
    session: Transaction,
    actor: CurrentActor,
    now: Now,
    customer_id: Annotated[UUID | None, Query(description="Only contacts of this customer.")] = None,
    site_id: Annotated[UUID | None, Query(description="Only contacts of this site.")] = None,
    role: Annotated[Role | None, Query(description="Only this role.")] = None,
    level: Annotated[Level | None, Query(description="Only this level of the partnership.")] = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> Page[ContactView]:
    return usecases.list_contacts(
        session,
        actor,
        customer_id=customer_id,
        site_id=site_id,
        role=role,
        level=level,
        now=now,
        limit=limit,
        cursor=cursor,
    )


@router.get(
    "/whom-to-contact",
    summary="Tell whom to contact",
    description="The person to contact about a topic at a site, with phone, e-mail, stand-in and the reason "
    "in the caller's language. When that person is away the stand-in comes first. A complaint goes to the "
    "person who would handle its case.",
    responses=openapi_problems(401, 404, 422),
)
def whom_to_contact(
    session: Transaction,
    actor: CurrentActor,
    now: Now,
    site_id: Annotated[UUID, Query(description="The site it is about.")],
    topic: Annotated[Topic, Query(description="What it is about.")],
    service: Annotated[
        Service | None, Query(description="The service a complaint is about; else any of the site's.")
    ] = None,
    accept_language: Annotated[str | None, Header(description="fi, sv or en; Finnish otherwise.")] = None,
) -> WhomToContactView:
    return usecases.whom_to_contact(
        session,
        actor,
        site_id=site_id,
        topic=topic,
        service=service,
        language=language_of(accept_language),
        now=now,
    )
