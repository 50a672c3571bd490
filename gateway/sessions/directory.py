"""Who a person is now, resolved by the customers service: remembered shortly, longer when that is down."""

import asyncio
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from time import monotonic
from urllib.parse import quote
from uuid import UUID

import structlog
from pydantic import BaseModel, ConfigDict, ValidationError

from chassis.actors import Actor, ActorSigner
from chassis.errors import NotFound, Unavailable
from chassis.outbound import Neighbour, NeighbourUnavailable
from gateway.feed.followers import InnerEvent

log = structlog.get_logger()
FRESH = timedelta(seconds=30)
"""A change of a person's roles takes effect within this time."""
BELIEVED = timedelta(minutes=10)
"""How old an answer may be while the customers service is down."""
FRESH_TO_WRITE = timedelta(seconds=5)
"""How old an answer may be for who changes something."""
RETRY = timedelta(seconds=5)
"""How long a failed question rests before it is asked again."""
REFRESH_PATIENCE = 0.25
"""Seconds to wait at most for an answer when an older one could serve instead."""
REMEMBERED = 10_000
PERSON_CHANGED = "kumppani.customers.person.changed"
ITSELF = Actor(subject="service:gateway", scopes=frozenset({"actors:resolve"}))
TOKEN_REUSED = 20.0
"""A signature costs as much as a short answer, and a token lives a minute; in seconds."""


class Own(BaseModel):
    """A customer or a site of one's own."""

    model_config = ConfigDict(frozen=True)

    id: UUID
    name: str


class UsedService(BaseModel):
    """A service that a site uses."""

    model_config = ConfigDict(frozen=True)

    service: str


class OwnSite(Own):
    """A site of one's own; its services are None when customers does not tell them yet."""

    services: tuple[UsedService, ...] | None = None


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
    customers: tuple[Own, ...] | None = None
    sites: tuple[OwnSite, ...] | None = None
    """Names of the own ones; None when the service that resolved the person does not tell them yet."""

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
    asked: datetime
    """When the service was last asked, also in vain."""
    outdated: bool = False
    """Something that the person sees has changed meanwhile."""
    tokens: dict[str, tuple[str, float]] = field(default_factory=dict)


class Directory:
    """Resolves people through the customers service, which has ``patience`` seconds, and signs for them."""

    def __init__(self, customers: Neighbour, signer: ActorSigner, *, patience: float) -> None:
        self._customers = customers
        self._signer = signer
        self._patience = patience
        self._known: OrderedDict[str, Known] = OrderedDict()
        self._asking: dict[str, asyncio.Task[Known]] = {}
        self._changes = 0

    async def person(
        self, person_id: UUID, now: datetime, *, at_most: timedelta = FRESH, believed: timedelta = BELIEVED
    ) -> Known:
        """Return the person, by an answer that is at most so old, or while customers is down, so old.

        Raises:
            NotFound: there is no such person any more.
            Unavailable: the customers service does not answer and nothing recent enough is remembered.
        """
        return await self._resolve(f"/v1/actors/{person_id}", now, at_most, believed)

    async def username(self, username: str, now: datetime) -> Known:
        """Return the person with a username; raises as `person` does."""
        return await self._resolve(f"/v1/actors/by-username/{quote(username, safe='')}", now, FRESH, BELIEVED)

    def heard(self, events: Sequence[InnerEvent]) -> None:
        """Take note of what changed: forget changed people, ask anew for those who see changed places."""
        self._changes += 1
        people = {event.subject for event in events if event.type == PERSON_CHANGED}
        places = {event.subject for event in events if event.type != PERSON_CHANGED}
        for path, known in list(self._known.items()):
            profile = known.profile
            if str(profile.person_id) in people:
                del self._known[path]
            elif places and not profile.everything:
                seen = profile.customer_ids | profile.site_ids | profile.site_customer_ids
                known.outdated = known.outdated or self._sees(profile, places, seen)

    @staticmethod
    def _sees(profile: Profile, places: set[str], seen: frozenset[UUID]) -> bool:
        """Tell whether changes touch what the person sees; a department's contact gets new customers too."""
        return bool(profile.customer_ids or profile.producer_ids) or any(str(each) in places for each in seen)

    def token(self, known: Known, audience: str) -> str:
        """Return an actor token for a service, signed anew before it gets old."""
        token, until = known.tokens.get(audience, ("", 0.0))
        if monotonic() >= until:
            token = self._signer.sign(known.actor, audience)
            known.tokens[audience] = token, monotonic() + TOKEN_REUSED
        return token

    async def _resolve(self, path: str, now: datetime, at_most: timedelta, believed: timedelta) -> Known:
        known = self._known.get(path)
        if known is not None:
            if now - known.since >= BELIEVED:
                known = None
            elif not known.outdated and known.since <= now < known.since + at_most:
                self._known.move_to_end(path)
                return known
            elif known.since < known.asked <= now < known.asked + RETRY:
                return self._believed(path, known, now, believed)
        try:
            patience = min(REFRESH_PATIENCE, self._patience) if known else self._patience
            return await self._ask_once(path, now, patience)
        except NotFound:
            self._known.pop(path, None)
            raise
        except (NeighbourUnavailable, Unavailable) as error:
            if known is None:
                raise Unavailable(part="customers") from error
            known.asked = now
            return self._believed(path, known, now, believed)

    @staticmethod
    def _believed(path: str, known: Known, now: datetime, believed: timedelta) -> Known:
        """Return the last answer while the service is down, if it is not too old for what is wanted."""
        if now - known.since >= believed:
            raise Unavailable(part="customers")
        log.warning("directory.stale", path=path, since=known.since.isoformat())
        return known

    async def _ask_once(self, path: str, now: datetime, patience: float) -> Known:
        """Ask, or wait for the same question that is being asked; who leaves does not stop it for others."""
        asking = self._asking.get(path)
        if asking is None:
            asking = self._asking[path] = asyncio.create_task(self._ask_and_remember(path, now, patience))
            asking.add_done_callback(lambda _: self._asking.pop(path, None))
        return await asyncio.shield(asking)

    async def _ask_and_remember(self, path: str, now: datetime, patience: float) -> Known:
        changes = self._changes
        profile = await self._ask(path, patience)
        known = self._remember(path, profile, now)
        known.outdated = changes != self._changes
        return known

    async def _ask(self, path: str, patience: float) -> Profile:
        token = self._signer.sign(ITSELF, self._customers.name)
        busy = None if patience == self._patience else patience  # no longer for what is known already
        answer = await self._customers.request("GET", path, token=token, timeout=patience, busy_timeout=busy)
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
        known = Known(profile=profile, actor=profile.actor(), since=now, asked=now)
        self._known[path] = known
        self._known.move_to_end(path)
        while len(self._known) > REMEMBERED:
            self._known.popitem(last=False)
        return known
