"""Who a person is now, resolved by the customers service: remembered shortly, longer when that is down."""

from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from time import monotonic
from urllib.parse import quote
from uuid import UUID

import structlog
from pydantic import BaseModel, ConfigDict, ValidationError

from chassis.actors import Actor, ActorSigner
from chassis.outbound import Neighbour, NeighbourUnavailable
from chassis.problems import NotFound, Unavailable

log = structlog.get_logger()
FRESH = timedelta(seconds=30)
"""A change of a person's roles takes effect within this time."""
BELIEVED = timedelta(minutes=10)
"""How old an answer may be while the customers service is down."""
RETRY = timedelta(seconds=5)
"""How long a failed question rests before it is asked again."""
FIRST_PATIENCE = 1.1
REFRESH_PATIENCE = 0.25
"""Seconds to wait for an answer when there is none yet, and when an older one could serve instead."""
REMEMBERED = 10_000
ITSELF = Actor(subject="service:gateway", scopes=frozenset({"actors:resolve"}))
TOKEN_REUSED = 20.0
"""A signature costs as much as a short answer, and a token lives a minute; in seconds."""


class Profile(BaseModel):
    """What the gateway reads of a resolved person; roles and scopes are given as they are on this day."""

    model_config = ConfigDict(frozen=True)

    person_id: UUID
    username: str | None = None
    name: str
    title: str | None = None
    language: str = "fi"
    roles: frozenset[str] = frozenset()
    everything: bool = False
    customer_ids: frozenset[UUID] = frozenset()
    site_ids: frozenset[UUID] = frozenset()
    site_customer_ids: frozenset[UUID] = frozenset()
    producer_ids: frozenset[UUID] = frozenset()
    scopes: frozenset[str] = frozenset()

    def actor(self) -> Actor:
        """Return the actor that services believe."""
        return Actor(
            subject=str(self.person_id),
            name=self.name,
            language=self.language,
            roles=self.roles,
            everything=self.everything,
            customer_ids=self.customer_ids,
            site_ids=self.site_ids,
            site_customer_ids=self.site_customer_ids,
            producer_ids=self.producer_ids,
            scopes=self.scopes,
        )


@dataclass
class Known:
    """A resolved person, since when, and the actor tokens signed lately."""

    profile: Profile
    actor: Actor
    since: datetime
    retry_at: datetime
    tokens: dict[str, tuple[str, float]] = field(default_factory=dict)


class Directory:
    """Resolves people through the customers service and signs for them."""

    def __init__(self, customers: Neighbour, signer: ActorSigner) -> None:
        self._customers = customers
        self._signer = signer
        self._known: OrderedDict[str, Known] = OrderedDict()

    async def person(self, person_id: UUID, now: datetime) -> Known:
        """Return the person.

        Raises:
            NotFound: there is no such person any more.
            Unavailable: the customers service does not answer and nothing recent is remembered.
        """
        return await self._resolve(f"/v1/actors/{person_id}", now)

    async def username(self, username: str, now: datetime) -> Known:
        """Return the person with a username; raises as `person` does."""
        return await self._resolve(f"/v1/actors/by-username/{quote(username, safe='')}", now)

    def token(self, known: Known, audience: str) -> str:
        """Return an actor token for a service, signed anew before it gets old."""
        token, until = known.tokens.get(audience, ("", 0.0))
        if monotonic() >= until:
            token = self._signer.sign(known.actor, audience)
            known.tokens[audience] = token, monotonic() + TOKEN_REUSED
        return token

    async def _resolve(self, path: str, now: datetime) -> Known:
        known = self._known.get(path)
        if known is not None:
            if known.since <= now < known.retry_at:
                self._known.move_to_end(path)
                return known
            if now - known.since >= BELIEVED:
                known = None
        try:
            profile = await self._ask(path, REFRESH_PATIENCE if known else FIRST_PATIENCE)
        except NotFound:
            self._known.pop(path, None)
            raise
        except (NeighbourUnavailable, Unavailable) as error:
            if known is None:
                raise Unavailable(part="customers") from error
            log.warning("directory.stale", path=path, since=known.since.isoformat())
            known.retry_at = now + RETRY
            return known
        return self._remember(path, profile, now)

    async def _ask(self, path: str, patience: float) -> Profile:
        token = self._signer.sign(ITSELF, self._customers.name)
        answer = await self._customers.request("GET", path, token=token, timeout=patience)
        if answer.status_code in {404, 422}:
            raise NotFound
        if answer.status_code != 200:
            log.error("directory.refused", path=path, status=answer.status_code)
            raise Unavailable(part="customers")
        try:
            return Profile.model_validate_json(answer.content)
        except ValidationError as error:
            log.error("directory.unreadable", path=path, error=str(error))
            raise Unavailable(part="customers") from error

    def _remember(self, path: str, profile: Profile, now: datetime) -> Known:
        known = Known(profile=profile, actor=profile.actor(), since=now, retry_at=now + FRESH)
        self._known[path] = known
        self._known.move_to_end(path)
        while len(self._known) > REMEMBERED:
            self._known.popitem(last=False)
        return known
