"""What the routes of editable things share."""

from typing import Protocol, TypeVar

from fastapi import Response

from chassis.preconditions import etag


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
