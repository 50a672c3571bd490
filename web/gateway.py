"""The web's client of the gateway: one per request, with the person's token and language."""

import re
from collections.abc import Awaitable, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Generic, TypeVar
from uuid import UUID

import httpx2
from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError

from chassis.languages import Language
from chassis.outbound import Answer, Neighbour, NeighbourUnavailable, Unsendable

API = "/api/v1"
# The part of the house behind each noun of the API.
OWNERS = {
    **dict.fromkeys(("cases", "sla", "calendars"), "feedback"),
    **dict.fromkeys(("contracts", "clock", "milestones", "calendar-feeds"), "contracts"),
    **dict.fromkeys(("departments", "customers", "sites", "producers", "people", "contacts"), "customers"),
    **dict.fromkeys(("me", "sessions", "demo-people", "whom-to-contact"), "customers"),
}
PATH = re.compile(r"(/[A-Za-z0-9_-]+)+")
"""Nouns, ids and years: with nothing else in it an address cannot lead to another than the one meant."""
AskedId = Annotated[UUID | None, BeforeValidator(lambda asked: asked or None)]
"""An id in a page's own query, where an empty one stands for none."""
Query = Mapping[str, object]
"""Values of a query; None and empty ones are left out."""


class Read(BaseModel):
    """Base of what a page reads of an answer: a tolerant reader, new fields never break a page."""

    model_config = ConfigDict(extra="ignore", frozen=True)


ReadT = TypeVar("ReadT", bound=BaseModel)
T = TypeVar("T")
_HELD: set[object] = set()


class Paged(Read, Generic[ReadT]):
    """A page of a list and the cursor of the next one."""

    items: tuple[ReadT, ...]
    next: str | None = None

    def __class_getitem__(cls, typevar_values: Any) -> Any:  # Any: as inherited
        """Return the pages of one kind of thing, and hold them: pydantic makes them anew else."""
        made = super().__class_getitem__(typevar_values)
        _HELD.add(made)
        return made


class Degraded(Read):
    """A part that a composed answer lacks now, and why."""

    part: str
    reason: str = ""


OUTAGES = frozenset({"unavailable", "timed_out", "failed"})


class Composed(Read):
    """An answer made of parts by the gateway: an optional part that is missing is null."""

    degraded: tuple[Degraded, ...] = ()

    def lacks(self, part: str) -> bool:
        """Say whether a part is missing because it did not answer (not because there is nothing to see)."""
        return any(each.part == part and each.reason in OUTAGES for each in self.degraded)


class FaultyField(Read):
    """One faulty field of a refused request: JSON pointer (``/subject``), code, words for the person."""

    pointer: str = ""
    code: str = ""
    detail: str = ""

    @property
    def name(self) -> str:
        """Return the field's name as forms know it: the last word of the pointer."""
        return self.pointer.rstrip("/").rpartition("/")[2].removeprefix("#")


class GatewayError(Exception):
    """Base of everything that keeps a page from getting its answer.

    GatewayError
    ├── SignInNeeded      401: no session, or it is over
    ├── Refused           the gateway said no: 403, 404, 409, 412, 422 …; ``status``, ``code``, ``detail``
    └── PartMissing       nothing came: the gateway, or the part behind it, does not answer (503, timeout)
    """


class SignInNeeded(GatewayError):
    """The person must sign in (again)."""


class Refused(GatewayError):
    """The gateway refused; ``detail`` is worded for the person, ``errors`` name the faulty fields."""

    def __init__(
        self, status: int, code: str = "", detail: str = "", errors: tuple[FaultyField, ...] = ()
    ) -> None:
        super().__init__(status, code, detail)
        self.status = status
        self.code = code
        self.detail = detail
        self.errors = errors

    @property
    def by_field(self) -> dict[str, str]:
        """Return the words of each faulty field by its name."""
        return {error.name: error.detail for error in self.errors}


class PartMissing(GatewayError):
    """A part of the house does not answer now; ``part`` is its name, e.g. ``gateway`` or ``contracts``."""

    def __init__(self, part: str, detail: str = "") -> None:
        super().__init__(part, detail)
        self.part = part
        self.detail = detail


class ProblemBody(Read):
    """What is read of a problem document (RFC 9457)."""

    code: str = ""
    detail: str | None = None
    errors: list[FaultyField] | None = None


@dataclass(frozen=True)
class Part(Generic[T]):
    """An optional part of a page: its value, or nothing because the part did not answer."""

    value: T | None = None
    missing: bool = False
    allowed: bool = True

    @property
    def present(self) -> bool:
        """Say whether there is something to show."""
        return self.value is not None


@dataclass(frozen=True)
class Gateway:
    """Calls to the gateway in one person's name."""

    neighbour: Neighbour
    language: Language
    token: str | None = None
    address: str | None = None
    """For whom it is asked: what has no session yet is limited by address."""

    async def read(self, shape: type[ReadT], path: str, query: Query | None = None) -> ReadT:
        """Return what the page reads of the answer to GET below ``/api/v1``; GatewayError otherwise."""
        return _shaped(shape, await self.ask("GET", path, query=query))

    async def send(
        self,
        shape: type[ReadT],
        path: str,
        body: Mapping[str, object] | None = None,
        *,
        method: str = "POST",
        query: Query | None = None,
        key: str | None = None,
        version: int | None = None,
    ) -> ReadT:
        """Change something, return the answer; ``key`` makes twice once, ``version`` refuses stale edits."""
        answer = await self.ask(method, path, query=query, body=body or {}, key=key, version=version)
        return _shaped(shape, answer)

    async def ask(
        self,
        method: str,
        path: str,
        *,
        query: Query | None = None,
        body: Mapping[str, object] | None = None,
        key: str | None = None,
        version: int | None = None,
    ) -> Answer:
        """Return a successful response; raise the GatewayError that fits otherwise.

        A path with anything but the names and ids of the API in it is a thing that does not exist.
        """
        if not PATH.fullmatch(path):
            raise Refused(404)
        headers: dict[str, str] = {"Accept-Language": self.language}
        if self.address:
            headers["X-Forwarded-For"] = self.address
        if key:
            headers["Idempotency-Key"] = key
        if version is not None:
            headers["If-Match"] = f'"{version}"'
        given = {name: value for name, value in (query or {}).items() if value not in (None, "")}
        try:
            response = await self.neighbour.request(
                method, API + path, token=self.token, params=given, json=body, headers=headers
            )
        except NeighbourUnavailable as error:
            raise PartMissing("gateway", error.reason) from error
        except Unsendable as error:
            raise Refused(httpx2.codes.NOT_FOUND) from error
        if response.is_success:
            return response
        raise _error_of(path, response)


def _shaped(shape: type[ReadT], response: Answer) -> ReadT:
    try:
        return shape.model_validate_json(response.content or b"{}")
    except ValidationError as error:
        raise PartMissing("gateway", str(error)) from error


def _error_of(path: str, response: Answer) -> GatewayError:
    try:
        problem = ProblemBody.model_validate_json(response.content)
    except ValidationError:
        problem = ProblemBody()
    if response.status_code == httpx2.codes.UNAUTHORIZED:
        return SignInNeeded()
    if response.status_code >= httpx2.codes.INTERNAL_SERVER_ERROR:
        return PartMissing(OWNERS.get(path.split("/")[1], "gateway"), problem.detail or "")
    return Refused(response.status_code, problem.code, problem.detail or "", tuple(problem.errors or ()))


async def optional(call: Awaitable[T]) -> Part[T]:
    """Return an optional part of a page: without it the page still stands, and says that it is missing.

    A refusal (not this person's to see) makes an empty part without complaint; an ended session rises.
    """
    try:
        return Part(await call)
    except PartMissing:
        return Part(missing=True)
    except Refused:
        return Part(allowed=False)
