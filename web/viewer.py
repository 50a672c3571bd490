"""Who looks: the signed-in person, what they may see, and the gateway client in their name."""

from typing import Annotated

from fastapi import Depends, Request
from pydantic import Field

from chassis.languages import Language
from chassis.outbound import SAFE, Neighbour
from web.gateway import Gateway, GatewayError, Read, SignInNeeded
from web.recent import Recent
from web.session import language_for, session_token

SITE_ROLES = frozenset({"site_head", "site_staff"})


class Named(Read):
    """A customer or a site of the person's own."""

    id: str
    name: str


class UsedService(Read):
    """A service that a site uses."""

    service: str


class OwnSite(Named):
    """A site of the person's own, with what a word about it can be about; None when that is not told."""

    services: tuple[UsedService, ...] | None = None


class Person(Read):
    """What the pages read of ``GET /me``."""

    person_id: str
    name: str
    title: str | None = None
    roles: frozenset[str] = frozenset()
    everything: bool = False
    language: Language = "fi"
    customers: tuple[Named, ...] | None = ()
    sites: tuple[OwnSite, ...] | None = ()
    """Own customers and sites: empty for those who see everything, None when their part did not answer."""
    allowed: dict[str, bool] = Field(default_factory=dict)


class Viewer:
    """The signed-in person with their language and their gateway client."""

    def __init__(self, person: Person, gateway: Gateway) -> None:
        self.person = person
        self.gateway = gateway
        self.language: Language = gateway.language

    def has_role(self, *roles: str) -> bool:
        """Say whether the person has one of the roles."""
        return not self.person.roles.isdisjoint(roles)

    def may(self, what: str) -> bool:
        """Say whether to offer something, e.g. ``log_case``; the owner of the thing decides."""
        return self.person.allowed.get(what, False)

    @property
    def sites(self) -> tuple[OwnSite, ...]:
        """Return the person's own sites."""
        return self.person.sites or ()

    @property
    def customers(self) -> tuple[Named, ...]:
        """Return the person's own customers."""
        return self.person.customers or ()

    @property
    def is_staff(self) -> bool:
        """Say whether the person is of the producer's own staff, who see everything."""
        return self.person.everything

    @property
    def is_site_person(self) -> bool:
        """Say whether the person uses the services on a site: its head or staff."""
        return self.has_role(*SITE_ROLES)

    @property
    def is_customer(self) -> bool:
        """Say whether the person is on the customer's side, on either level."""
        return self.has_role("contract_contact", *SITE_ROLES)

    @property
    def is_outside_producer(self) -> bool:
        """Say whether the person supervises an outside producer's work."""
        return self.has_role("producer_supervisor") and not self.is_staff


def gateway_for(request: Request) -> Gateway:
    """Return the gateway client of this request: the session's token if there is one, the page's language."""
    neighbour: Neighbour = request.app.state.gateway
    address = request.client.host if request.client else None
    return Gateway(neighbour, language_for(request), session_token(request), address)


async def _viewer(request: Request) -> Viewer:
    gateway = gateway_for(request)
    if gateway.token is None:
        raise SignInNeeded
    recent: Recent[Person] = request.app.state.recent
    # A form is not lost to a session that ended a moment ago: who sends one is always asked for.
    person = recent.of(gateway.token) if request.method in SAFE else None
    if person is None:
        person = await gateway.read(Person, "/me")
        if person.customers is not None and person.sites is not None:
            recent.remember(gateway.token, person)
    viewer = Viewer(person, gateway)
    request.state.viewer = viewer
    return viewer


def forget(request: Request) -> None:
    """Let the gateway be asked who looks, the next time: the session of this request has ended."""
    recent: Recent[Person] = request.app.state.recent
    recent.forget(session_token(request))


async def viewer_or_none(request: Request) -> Viewer | None:
    """Return who looks, or None for a stranger or when the gateway is away."""
    try:
        return await _viewer(request)
    except GatewayError:
        return None


SignedIn = Annotated[Viewer, Depends(_viewer)]
MaybeSignedIn = Annotated[Viewer | None, Depends(viewer_or_none)]
