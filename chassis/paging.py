"""What a list asks of its caller and answers: how many, from where, the page. `chassis.keyset` reads it."""

from typing import Annotated, Final, Generic, TypeVar

from fastapi import Query
from pydantic import BaseModel, ConfigDict, Field

LONGEST: Final = 4_000
"""Characters of a cursor at most: the longest name that lists are ordered by fits, in whatever letters."""
Limit = Annotated[int, Query(ge=1, le=200, description="How many items at most, 1–200.")]
Cursor = Annotated[
    str | None,
    Query(
        max_length=LONGEST,
        description="`next` of the page before; opaque, keep it as it came.",
        # It stands in the document only: what is no cursor is refused by that name.
        json_schema_extra={"pattern": "^[A-Za-z0-9_-]*$"},
    ),
]
T = TypeVar("T")


class Page(BaseModel, Generic[T]):
    """One page of a list; ``next`` is null on the last page."""

    # Described here and not below each field: pydantic would read the source anew for every kind of page.
    model_config = ConfigDict(json_schema_serialization_defaults_required=True)

    items: Annotated[list[T], Field(description="The page.")]
    next: Annotated[str | None, Field(description="The cursor of the following page; null on the last.")] = (
        None
    )
