"""What rules refuse, without HTTP or framework; `chassis.problems` makes answers of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class FieldError:
    """One faulty field: JSON pointer into the body or ``#/query/name``, a code, values for its words."""

    pointer: str
    code: str
    params: Mapping[str, object] = field(default_factory=dict)


class DomainError(Exception):
    """Base of all refusals that a rule states; ``params`` fill the words, ``extra`` joins the problem body.

    DomainError
    ├── NotFound            it does not exist, or the actor may not know that it does
    ├── Forbidden           visible, but not this actor's to do
    ├── Unauthenticated     no valid token
    ├── Conflict            the state of the thing does not allow it
    │   └── Stale           somebody else changed it meanwhile
    ├── VersionMissing      If-Match is required
    ├── InvalidInput        ``errors`` names the fields
    └── Unavailable         a needed part does not answer now
        └── Busy            it answers, but cannot begin this in time
    """

    def __init__(self, *, extra: Mapping[str, object] | None = None, **params: object) -> None:
        super().__init__(params)
        self.params = params
        self.extra = dict(extra or {})


class NotFound(DomainError):
    """It does not exist for this actor."""


class Forbidden(DomainError):
    """The actor may see it but not do this."""


class Unauthenticated(DomainError):
    """There is no token, or it is expired, forged or meant for another."""


class Conflict(DomainError):
    """The present state does not allow it."""


class Stale(Conflict):
    """Somebody else changed it after it was read."""


class VersionMissing(DomainError):
    """An edit came without If-Match."""


class Unavailable(DomainError):
    """A part that is needed does not answer; ``params["part"]`` names it."""


class Busy(Unavailable):
    """There is more to do than can be begun in time: come again."""


class InvalidInput(DomainError):
    """Some fields are faulty."""

    def __init__(self, errors: Sequence[FieldError], **params: object) -> None:
        super().__init__(extra=None, **params)
        self.errors = tuple(errors)
