"""What routes of several capabilities need from the request, and give with the answer."""

from collections.abc import Callable
from typing import Annotated, Protocol, TypeVar

from fastapi import Depends, Query, Response
from pydantic import BaseModel

from chassis.callers import CurrentActor
from chassis.clock import Now
from chassis.database import Transaction
from chassis.idempotency import OnlyOnce
from chassis.preconditions import IfMatch, etag
from chassis.routing import made
from services.customers.editing import Editor

Words = Annotated[
    str | None,
    Query(
        min_length=1,
        max_length=100,
        pattern=r"^[^\x00]*$",
        description="Words to find; all of them must match.",
    ),
]
"""The search words of a list."""


class Editable(Protocol):
    """A view that can be edited and so carries a version."""

    @property
    def version(self) -> int:
        """The version that an edit names in If-Match."""


V = TypeVar("V", bound=Editable)


def tagged(response: Response, view: V) -> V:
    """Put the view's version into the ETag of its answer."""
    response.headers["ETag"] = etag(view.version)
    return view


class Adding:
    """What adding something needs: who adds it, and the answer given once."""

    def __init__(self, session: Transaction, actor: CurrentActor, now: Now, once: OnlyOnce) -> None:
        self.by = Editor(session, actor, now)
        self._once = once

    def answer(self, add: Callable[[], BaseModel]) -> Response:
        """Add it once and answer it."""
        return self._once(add, status=201)


class Changing:
    """What changing something needs: who changes it, the version that was read, and the answer."""

    def __init__(
        self, session: Transaction, actor: CurrentActor, now: Now, version: IfMatch, response: Response
    ) -> None:
        self.by = Editor(session, actor, now, version)
        self._response = response

    def answer(self, changed: V) -> V:
        """Show it as it now stands, with its new tag."""
        return tagged(self._response, changed)


Add = Annotated[Adding, Depends(made(Adding))]
Change = Annotated[Changing, Depends(made(Changing))]
