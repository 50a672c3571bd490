"""What routes of several capabilities need from the request, and give with the answer."""

from typing import Annotated, Protocol, TypeVar

from fastapi import Query, Response

from chassis.preconditions import etag

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
