"""Who calls: from the bearer token to a session, a person, and the scope an operation needs."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated, TypedDict

from fastapi import Depends, Request, params
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer, SecurityScopes

from chassis.actors import Actor
from chassis.clock import Clock, Now
from chassis.errors import Forbidden, NotFound, Unauthenticated
from chassis.outbound import SAFE
from gateway.sessions.directory import FRESH_TO_WRITE, Directory, Known, Profile
from gateway.sessions.revocations import Revocations
from gateway.sessions.tokens import Session, Sessions

CLIENT = "integration"
"""The role that acts within its scopes; people act within their roles, which the services judge."""
SCOPES = {
    "customers:read": "Read departments, customers, sites, producers, people and contacts",
    "customers:write": "Change the registry and its people",
    "contracts:read": "Read contracts, contract years and the annual clock",
    "contracts:write": "Change contracts, enter what really happened, make calendar feeds",
    "cases:read": "Read cases",
    "cases:write": "Report cases and write to them",
    "events:read": "Follow what happens",
}
ADMINISTRATION = "customers:write"
"""The scope of changing people and what they see."""
bearer = HTTPBearer(
    scheme_name="session",
    bearerFormat="JWT",
    description="A session's token. Each operation names the scope it needs.",
    auto_error=False,
)
Credentials = Annotated[HTTPAuthorizationCredentials | None, Depends(bearer)]


@dataclass(frozen=True)
class Caller:
    """The signed-in person behind a request."""

    session: Session
    known: Known
    now: datetime
    directory: Directory

    @property
    def actor(self) -> Actor:
        """The actor that services believe."""
        return self.known.actor

    @property
    def profile(self) -> Profile:
        """Name, title, roles."""
        return self.known.profile

    def token(self, service: str) -> str:
        """Return the one-minute actor token for a service."""
        return self.directory.token(self.known, service)


async def known_caller(
    request: Request, needed: SecurityScopes, credentials: Credentials, now: Now
) -> Caller:
    """Return who calls.

    Raises:
        Unauthenticated: no token, or one that is forged, expired or ended, or whose person is gone.
        Forbidden: a client without the scope.
        Unavailable: the person cannot be resolved now.
    """
    if credentials is None:
        raise Unauthenticated
    state = request.app.state
    sessions: Sessions = state.sessions
    revocations: Revocations = state.revocations
    directory: Directory = state.directory
    session = sessions.read(credentials.credentials, now)
    if await revocations.includes(session, now):
        raise Unauthenticated
    try:
        known = await directory.person(session.person_id, now, **_trust_in(request, needed))
    except NotFound as gone:
        raise Unauthenticated from gone
    if known.actor.has_role(CLIENT) and not known.actor.scopes.issuperset(needed.scopes):
        raise Forbidden
    return Caller(session=session, known=known, now=now, directory=directory)


async def caller_of(request: Request, needed: SecurityScopes) -> Caller:
    """Return who calls, as `known_caller` does, without FastAPI's way to what that one asks for."""
    clock: Clock = request.app.state.clock
    return await known_caller(request, needed, await bearer(request), clock())


class Trust(TypedDict, total=False):
    """How old the rights may be by which a request is judged."""

    at_most: timedelta
    believed: timedelta


def _trust_in(request: Request, needed: SecurityScopes) -> Trust:
    """Return how old: who changes something has fresh rights; who administers has no others at all."""
    if request.method in SAFE:
        return {}
    if ADMINISTRATION in needed.scopes:
        return {"at_most": FRESH_TO_WRITE, "believed": FRESH_TO_WRITE}
    return {"at_most": FRESH_TO_WRITE}


async def perhaps_caller(
    request: Request, needed: SecurityScopes, credentials: Credentials, now: Now
) -> Caller | None:
    """Return who calls, or None when no token came; a bad token is still refused."""
    if credentials is None:
        return None
    return await known_caller(request, needed, credentials, now)


def holding(*scopes: str) -> params.Security:
    """Return the dependency on a caller who holds the scopes; with none, on any signed-in person."""
    unknown = set(scopes) - SCOPES.keys()
    if unknown:
        raise ValueError(f"unknown scopes: {unknown}")
    return params.Security(known_caller, scopes=scopes)


SignedIn = Annotated[Caller, holding()]
