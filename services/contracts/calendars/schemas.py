"""Wire shapes of calendar links."""

from typing import Annotated
from uuid import UUID

from pydantic import Field

from chassis.schemas import Day, Instant, View, Wire, example
from services.contracts import examples
from services.contracts.clock.rules import Responsible
from services.contracts.clock.schemas import ClockYear


class NewFeed(Wire):
    """What the calendar shows; what is left out does not limit it. Without a year: last year onwards."""

    model_config = example({"year": 2026, "responsible": "both_parties"})

    year: ClockYear | None = None
    customer_id: UUID | None = None
    responsible: Responsible | None = None


class FeedView(View):
    """A calendar link without its secret."""

    model_config = example(examples.FEED)

    id: UUID
    year: int | None
    customer_id: UUID | None
    responsible: Responsible | None
    created_at: Instant
    ends_on: Day | None
    """The last day it opens, if an end of the owner's rights is known."""


class NewFeedView(FeedView):
    """A calendar link with its secret, told only to the one who makes it."""

    model_config = example(examples.NEW_FEED)

    token: str
    path: Annotated[str, Field(examples=["/api/v1/clock.ics?token=Zk3v0c9qXb1n"])]
    """Where calendar programs read it, at the gateway."""
