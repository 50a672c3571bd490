"""Who calls: the actor of a request's token, as dependencies of routes."""

from collections.abc import Awaitable, Callable
from typing import Annotated

from fastapi import Depends, Request

from chassis.actors import Actor, ActorVerifier
from chassis.errors import Forbidden, Unauthenticated


async def verified_actor(request: Request) -> Actor:
    """Return the actor of this request's token: a person or a deployable."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token:
        raise Unauthenticated
    verifier: ActorVerifier = request.app.state.verifier
    return verifier.verify(token.strip())


async def current_actor(request: Request) -> Actor:
    """Return the person who acts; a deployable's own token opens no person's route (403)."""
    actor = await verified_actor(request)
    if actor.person_id is None:
        raise Forbidden
    return actor


CurrentActor = Annotated[Actor, Depends(current_actor)]


def requires(*roles: str) -> Callable[[Actor], Awaitable[Actor]]:
    """Return a dependency that refuses (403) an actor who has none of the roles."""

    async def check(actor: CurrentActor) -> Actor:
        if not actor.has_role(*roles):
            raise Forbidden
        return actor

    return check


def requires_scope(scope: str) -> Callable[[Actor], Awaitable[Actor]]:
    """Return a dependency that refuses (403) all but a deployable with the scope: no person's token does."""

    async def check(actor: Annotated[Actor, Depends(verified_actor)]) -> Actor:
        if actor.person_id is not None or scope not in actor.scopes:
            raise Forbidden
        return actor

    return check
