"""What composed answers read of the services, and the answers that the gateway makes itself."""

from datetime import date, datetime
from typing import Annotated, Any, ClassVar, Generic, TypeVar
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, WithJsonSchema

from chassis.schemas import Wire, example
from gateway import examples
from trade.vocabulary import Service


def words(*known: str) -> WithJsonSchema:
    """Tell the words known today; new ones may come (decision 013)."""
    return WithJsonSchema({"anyOf": [{"type": "string", "enum": [*known]}, {"type": "string"}]})


class Shape(BaseModel):
    """Something that goes out; fields unknown to the gateway stay as they came (a tolerant reader)."""

    model_config = ConfigDict(extra="allow", frozen=True, use_attribute_docstrings=True)


class Read(Shape):
    """A part of an answer: fields named here are read, the others pass; the document tells them all."""

    service: ClassVar[str]
    told_as: ClassVar[str]
    """What its service calls the shape."""


class Site(Read):
    """A site."""

    service, told_as = "customers", "SiteView"

    id: UUID


class Customer(Read):
    """A customer."""

    service, told_as = "customers", "CustomerView"

    id: UUID


class Contact(Read):
    """A person one may call or write to."""

    service, told_as = "customers", "ContactView"

    name: str


class Agreed(Read):
    """What the year in force agrees for one site."""

    service, told_as = "contracts", "AgreedView"

    site_id: UUID


class Year(Read):
    """A contract year."""

    service, told_as = "contracts", "YearView"

    id: UUID


class Milestone(Read):
    """A step of the annual clock."""

    service, told_as = "contracts", "MilestoneView"

    due: date


class Case(Read):
    """A word of feedback and what became of it."""

    service, told_as = "feedback", "CaseView"

    id: UUID


class YearOfContract(Shape):
    """A year that a contract has."""

    year: int


class Contract(Shape):
    """A framework agreement, read for its years."""

    id: UUID
    years: list[YearOfContract]


T = TypeVar("T", bound=Shape)
_HELD: set[object] = set()


class Listing(Shape, Generic[T]):
    """One page of a list."""

    # Nothing to look for, and pydantic would look anew for every kind of page.
    model_config = ConfigDict(use_attribute_docstrings=False)

    items: list[T]

    def __class_getitem__(cls, typevar_values: Any) -> Any:  # Any: as inherited
        """Return the page of one kind of thing, and hold it: pydantic makes it anew else."""
        made = super().__class_getitem__(typevar_values)
        _HELD.add(made)
        return made


class Brief(Shape):
    """Something by id and name; other fields are not shown."""

    model_config = ConfigDict(extra="ignore")

    id: UUID
    """Its id."""
    name: str
    """Its name."""


class UsedService(Shape):
    """A service that a site uses."""

    model_config = ConfigDict(extra="ignore")

    service: Annotated[str, words(*Service)]
    """Which one."""


class OwnSite(Brief):
    """A site of one's own."""

    services: list[UsedService] | None = None
    """The services that it uses: what a word about it can be about."""


class Missing(Shape):
    """An optional part that is null in this answer, and why."""

    part: str
    """The name of the part, or of the service that did not answer."""
    reason: Annotated[str, words("unavailable", "timed_out", "forbidden", "not_found", "failed")]
    """Why it is missing."""
    detail: str
    """The reason in words."""


class Composed(Shape):
    """An answer made of parts; an optional part that is missing is null and stands in ``degraded``."""

    degraded: list[Missing]
    """The parts that are missing, and why."""


class SiteCard(Composed):
    """A site with what was agreed for it, whom to call, and what is open."""

    site: Site
    """The site itself."""
    agreed: Agreed | None
    """What the contract year in force agrees for it."""
    contacts: list[Contact] | None
    """Whom to call."""
    open_cases: list[Case] | None
    """Its open cases, first due first; 20 at most."""


class Overview(Composed):
    """A customer with everything that is going on."""

    customer: Customer
    """The customer itself."""
    contacts: list[Contact] | None
    """Whom to call."""
    sites: list[Site] | None
    """Its sites by name; 200 at most."""
    contract_year: Year | None
    """This year's contract; null also when there is none."""
    open_cases: list[Case] | None
    """Open cases of its sites, first due first; 20 at most."""
    milestones: list[Milestone] | None
    """The next steps of this year's annual clock that still wait; 5 at most."""


class Found(Shape):
    """Something that matches a search."""

    kind: Annotated[str, words("customer", "site", "person", "contract", "milestone", "case")]
    """What it is."""
    id: UUID
    """Its id."""
    title: str
    """What it is called."""
    subtitle: str | None
    """Where it belongs."""
    score: float
    """How well it matches, 0 to 1."""
    exact: bool = False
    """The asked is its reference, number or telephone number, so that there is no other to choose from."""
    state: str | None = None
    """How it stands: a case's state, a milestone's status."""
    day: date | None = None
    """The day it is about: when a case was received, when a milestone is due."""


class Hits(Shape):
    """What one service found, best first."""

    items: list[Found]


class SearchResults(Composed):
    """What was found in all services, best first."""

    model_config = example(examples.SEARCH)

    items: list[Found]
    """What was found, best first."""
    more: bool
    """Whether there is more than is told; a longer question finds less."""


class PublicEvent(Shape):
    """CloudEvents 1.0, JSON format, without personal data."""

    specversion: str = "1.0"
    """The version of CloudEvents."""
    id: str
    """The event's id; an event that comes again has the same."""
    source: str
    """The service that tells it."""
    type: str
    """What happened, such as `kumppani.feedback.case.reported`; docs/events.md lists them all."""
    subject: str
    """The id of what it happened to."""
    time: Annotated[str, Field(json_schema_extra={"format": "date-time"})]
    """When it happened."""
    datacontenttype: str = "application/json"
    """The format of `data`."""
    data: dict[str, Any]  # Any: JSON whose fields follow from the type
    """What it is about, as it is after the event; its fields follow from the type."""


class Events(Composed):
    """What happened, oldest first."""

    model_config = example(examples.EVENTS)

    items: list[PublicEvent]
    """What happened, oldest first; empty when there is no news."""
    next: str
    """The cursor for the following call's `after`."""


ROLES = words(
    "contract_contact",
    "site_head",
    "site_staff",
    "service_supervisor",
    "complaint_handler",
    "account_manager",
    "management",
    "administrator",
    "producer_supervisor",
    "integration",
)


class Me(Composed):
    """Who I am, what I see and what I may do."""

    model_config = example(examples.ME)

    person_id: UUID
    """My id."""
    name: str
    """My name."""
    title: str | None
    """What I do, in words."""
    language: Annotated[str, words("fi", "sv", "en")]
    """The language that I get unless I ask for another."""
    roles: list[Annotated[str, ROLES]]
    """My roles today."""
    everything: bool
    """The producer's own staff see every customer and site."""
    customers: list[Brief] | None
    """Own customers; empty for those who see everything."""
    sites: list[OwnSite] | None
    """Own sites; empty for those who see everything."""
    allowed: dict[str, bool]
    """What my roles let me do, by name; an offer only, since the service that owns the thing decides."""


class SignedInPerson(Shape):
    """The person behind a session."""

    username: str | None
    """What the person signs in with."""
    person_id: UUID
    """The person's id."""
    name: str
    """The person's name."""
    title: str | None
    """What the person does, in words."""
    roles: list[Annotated[str, ROLES]]
    """The person's roles today."""


class DemoPerson(Shape):
    """A person of the demo city whom anyone may be."""

    username: str | None
    """What the person signs in with."""
    name: str
    """The person's name."""
    title: str | None
    """What the person does, in words."""
    roles: list[Annotated[str, ROLES]]
    """The person's roles today."""


class DemoPeople(Shape):
    """The people of the demo city, who sign in without a password."""

    model_config = example(examples.DEMO_PEOPLE)

    items: list[DemoPerson]
    """One of each kind."""


class SignIn(Wire):
    """Which demo person signs in."""

    model_config = example(examples.SIGN_IN)

    username: Annotated[str, Field(min_length=1, max_length=40, pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]*$")]
    """The demo person's username."""


class SessionOpened(Shape):
    """A session; its token is the bearer token of every other call."""

    model_config = example(examples.SESSION)

    token: str
    """The bearer token."""
    expires_at: datetime
    """When it ends by itself."""
    person: SignedInPerson
    """Who signed in."""
