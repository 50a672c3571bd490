"""Answers that the gateway makes itself: composed ones, the session, and who I am."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field

from gateway.shapes.common import Brief, Code, Composed, Input, Shape
from gateway.shapes.contracts import Agreed, Milestone, Year
from gateway.shapes.customers import Contact, Customer, Site
from gateway.shapes.examples import own as examples
from gateway.shapes.feedback import Case


class SiteCard(Composed):
    """A site with what was agreed for it, whom to call, and what is open."""

    example = examples.SITE_CARD

    site: Site
    agreed: Agreed | None
    contacts: list[Contact] | None
    open_cases: list[Case] | None


class Overview(Composed):
    """A customer with everything that is going on."""

    example = examples.OVERVIEW

    customer: Customer
    contacts: list[Contact] | None
    sites: list[Site] | None
    contract_year: Year | None
    open_cases: list[Case] | None
    milestones: list[Milestone] | None


class Found(Shape):
    """Something that matches a search."""

    kind: Annotated[Code, Field(description="customer, site, person, contract, milestone or case")]
    id: UUID
    title: str
    subtitle: str | None
    score: float


class SearchResults(Composed):
    """What was found in all services, best first."""

    example = examples.SEARCH

    items: list[Found]


class PublicEvent(Shape):
    """CloudEvents 1.0, JSON format, without personal data."""

    specversion: str = "1.0"
    id: str
    source: str
    type: str
    subject: str
    time: str
    datacontenttype: str = "application/json"
    data: dict[str, Any]  # Any: JSON whose fields follow from the type


class Events(Composed):
    """What happened, oldest first; ``next`` is the cursor for the following call."""

    example = examples.EVENTS

    items: list[PublicEvent]
    next: str


class Me(Composed):
    """Who I am, what I see and what I may do."""

    example = examples.ME

    person_id: UUID
    name: str
    title: str | None
    language: str
    roles: list[str]
    everything: Annotated[bool, Field(description="The producer's own staff see every customer and site")]
    customers: Annotated[
        list[Brief] | None, Field(description="Own customers; empty for those who see everything")
    ]
    sites: Annotated[list[Brief] | None, Field(description="Own sites; empty for those who see everything")]
    allowed: dict[str, bool]


class SignedInPerson(Shape):
    """The person behind a session."""

    username: str | None
    person_id: UUID
    name: str
    title: str | None
    roles: list[str]


class DemoPeople(Shape):
    """The people of the demo city, who sign in without a password."""

    example = examples.DEMO_PEOPLE

    items: list[SignedInPerson]


class SignIn(Input):
    """Which demo person signs in."""

    example = examples.SIGN_IN

    username: Annotated[str, Field(min_length=1, max_length=40, pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]*$")]


class SessionOpened(Shape):
    """A session; its token is the bearer token of every other call."""

    example = examples.SESSION

    token: str
    expires_at: datetime
    person: SignedInPerson
