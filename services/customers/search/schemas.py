"""Wire shapes of search."""

from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import Field

from chassis.schemas import View, example


class HitKind(StrEnum):
    """What was found."""

    CUSTOMER = "customer"
    SITE = "site"
    PERSON = "person"


class Hit(View):
    """One thing found."""

    kind: HitKind
    """What it is."""
    id: UUID
    """Its id."""
    title: str
    """What it is called."""
    subtitle: str
    """Where it belongs."""
    score: Annotated[float, Field(ge=0, le=1, description="1 is the best; comparable between services.")]
    exact: bool = False
    """The asked is its number or its telephone number, so that there is no other to choose from."""


class Hits(View):
    """Things found, the best first."""

    model_config = example(
        {
            "items": [
                {
                    "kind": "site",
                    "id": "018f0a1c-7c00-7000-8000-000000000031",
                    "title": "Kaakkurin koulu",
                    "subtitle": "K-0007 · Pesätie 11, 90420 Oulu",
                    "score": 1.0,
                    "exact": False,
                }
            ]
        }
    )

    items: list[Hit]
    """The best first."""
