"""What happens, for pages that live and for other systems."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from chassis.actors import ActorSigner
from gateway.access import Caller, holding
from gateway.answering import accept_language, answer
from gateway.answers import Events
from gateway.compose.parts import missing
from gateway.document import PREFIX, problems
from gateway.feed import cursors
from gateway.feed.following import Following
from gateway.feed.leaving import CallerLeft, unless_left
from gateway.settings import GatewaySettings

LONGEST_WAIT = 25
router = APIRouter(prefix=PREFIX, tags=["events"])


@router.get(
    "/events",
    operation_id="follow_events",
    summary="Follow what happens",
    response_model=Events,
    responses=problems(),
)
async def events(
    request: Request,
    caller: Annotated[Caller, holding("events:read")],
    after: Annotated[
        str,
        Query(
            max_length=400, description="`next` of the call before; empty is the beginning, `now` the end."
        ),
    ] = "",
    wait: Annotated[
        int, Query(ge=0, le=LONGEST_WAIT, description="Seconds to wait for news when there are none yet.")
    ] = 0,
) -> Response:
    """Events of all services that the caller may see (CloudEvents), without personal data.

    Follow on with `next`, also when `items` is empty. A service that does not answer stands in `degraded`;
    its events come later.
    """
    state = request.app.state
    settings: GatewaySettings = state.settings
    signer: ActorSigner = state.signer
    following = Following(
        neighbours=state.neighbours,
        tokens={service: signer.as_itself(service) for service in state.neighbours},
        followers=state.followers,
        places=cursors.decode(after, state.neighbours),
        silent=set(),
        patience=settings.patience,
    )
    try:
        found = await unless_left(request, following.news(caller.actor, wait=wait))
    except CallerLeft:
        return Response(status_code=204)  # nobody reads it
    language = accept_language(request, caller)
    degraded = [missing(service, "unavailable", language) for service in sorted(following.silent)]
    return answer(Events(items=found, next=cursors.encode(following.places), degraded=degraded))
