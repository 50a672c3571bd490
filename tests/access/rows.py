"""A row of the matrix: a route, the answer for each of the cast, and the request that is sent."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from tests.access.cast import Answers

Method = Literal["GET", "POST", "PUT", "DELETE"]
Json = Mapping[str, Any]  # Any: JSON; names in braces in its texts stand for the things' ids


@dataclass(frozen=True)
class Row:
    """A route with its answers. Names in the braces of path, query and body are given by the thing."""

    method: Method
    path: str
    """As the app writes it."""
    answers: Answers
    thing: str = "school"
    """What it is about: a method of `tests.access.things.Things`. One that a request used up is made anew."""
    where: Mapping[str, str] = field(default_factory=dict)
    """Names of the path that the row gives itself; a route may have a row for each of them."""
    query: str = ""
    body: Json | None = None
    form: Mapping[str, str] | None = None
    """A page's form; the hidden field that proves it ours comes by itself."""
    text: str | None = None
    """A body that is no JSON."""
    version_of: str = ""
    """The noun whose present version goes with the request as If-Match."""
    ends_session: bool = False
    """The session ends by it, so each asks in one of their own."""
    at_gateway: Answers | None = None
    """The gateway's answers, where they are others: it refuses a client without the scope unseen."""
    note: str = ""
    """What a reader of the table should know."""

    @property
    def route(self) -> tuple[str, str]:
        """Method and path, as the app's routes have them."""
        return self.method, self.path

    @property
    def shown_path(self) -> str:
        """The path as it is told apart from the other rows of its route."""
        path = self.path
        for name, value in self.where.items():
            path = path.replace(f"{{{name}}}", value)
        return path


def at_service(rows: Iterable[Row]) -> tuple[Row, ...]:
    """Return the rows of nouns as their service answers them."""
    return tuple(replace(row, path=f"/v1{row.path}") for row in rows)


def at_gateway(rows: Iterable[Row]) -> tuple[Row, ...]:
    """Return the rows of nouns as the gateway answers them."""
    return tuple(
        replace(row, path=f"/api/v1{row.path}", answers=row.at_gateway or row.answers) for row in rows
    )


def get(path: str, answers: Answers, **more: Any) -> Row:  # Any: fields of Row
    """Return the row of a reading."""
    return Row("GET", path, answers, **more)


def post(path: str, answers: Answers, **more: Any) -> Row:  # Any: fields of Row
    """Return the row of something done."""
    return Row("POST", path, answers, **more)


def put(path: str, answers: Answers, **more: Any) -> Row:  # Any: fields of Row
    """Return the row of an edit, sent with the present version of what it edits."""
    return Row("PUT", path, answers, **{"version_of": path, **more})


def delete(path: str, answers: Answers, **more: Any) -> Row:  # Any: fields of Row
    """Return the row of a removal."""
    return Row("DELETE", path, answers, **more)
