"""An operation that one service answers, as data: what the document says of it and how it is passed on."""

from dataclasses import dataclass
from typing import Literal

from pydantic import BaseModel

Method = Literal["GET", "POST", "PUT", "DELETE"]


@dataclass(frozen=True, kw_only=True)
class Operation:
    """One noun and verb of ``/api/v1``; the service has the same path below ``/v1``."""

    method: Method
    path: str
    """Below ``/api/v1``; ``{…_id}`` is a UUID, ``{year}`` a year, ``{name}`` a short
    name, any other part one of ``choices``."""
    name: str
    summary: str
    description: str
    scope: str
    """What a session needs to hold, e.g. ``cases:read``."""
    answer: type[BaseModel] | None
    """Shape of the answer; the body itself is passed through unread, so that new fields never break it."""
    status: int = 200
    query: type[BaseModel] | None = None
    body: type[BaseModel] | None = None
    """Shape of the request; read and refused by the service alone."""
    body_optional: bool = False
    csv: str | None = None
    """The request body is a CSV file; this is an example."""
    choices: tuple[str, ...] = ()
    problems: tuple[int, ...] = ()
    """Statuses beyond those every operation has (401, 403, 422, 503)."""
    version: Literal["required", "optional"] | None = None
    """Whether If-Match is needed, honoured or unknown."""
    tagged: bool = False
    """The answer has an ETag."""
    patience: float | None = None
    """Seconds to wait for the service, where the usual one second is too little."""

    @property
    def safe(self) -> bool:
        """Tell whether the operation only reads."""
        return self.method == "GET"
