"""Reading the parts of an answer at once: a required one decides, an optional one may be missing."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

import anyio

from chassis.errors import Unavailable
from chassis.languages import language_of
from chassis.words import Words
from gateway.answers import Missing
from gateway.clients.contracts import ContractsClient
from gateway.clients.customers import CustomersClient
from gateway.clients.feedback import FeedbackClient
from gateway.clients.service_client import Refused, Unreadable

REASONS = Words.beside(__file__)["missing"]
PART = 0.9
"""Share of the time that one part has. Less than the whole answer, so that the call itself runs out of time
and the breaker hears of it: a call that is only cut off teaches it nothing."""
PART_WHEN_BUSY = 0.5
"""Share of a busy service's time: an answer without an optional part soon is better than a whole one late."""
OF_STATUS = {403: "forbidden", 404: "not_found", 503: "unavailable"}


Subject = TypeVar("Subject")


@dataclass(frozen=True)
class Services:
    """The clients of one caller, and the seconds that an answer made of several parts has."""

    patience: float
    customers: CustomersClient
    contracts: ContractsClient
    feedback: FeedbackClient


@dataclass(frozen=True)
class Part(Generic[Subject]):
    """One part of an answer about a subject."""

    name: str
    service: str
    read: Callable[[Services, Subject], Awaitable[object]]
    required: bool = False


async def compose(
    parts: Sequence[Part[Subject]], services: Services, subject: Subject, accept_language: str
) -> tuple[dict[str, object], list[Missing]]:
    """Return the parts by name, None for a missing optional one, and why each of those is missing.

    Raises:
        Refused: a required part was refused; the refusal is the whole answer.
        Unavailable: a required part cannot be had in time.
    """
    values: dict[str, object] = {}
    faults: dict[str, Refused | Unreadable | Unavailable] = {}

    with anyio.move_on_after(services.patience):
        async with anyio.create_task_group() as group:

            async def read(part: Part[Subject]) -> None:
                try:
                    values[part.name] = await part.read(services, subject)
                except (Refused, Unreadable, Unavailable) as error:
                    faults[part.name] = error
                    if part.required:
                        group.cancel_scope.cancel()

            for part in parts:
                group.start_soon(read, part)

    for part in parts:
        if part.required and part.name not in values:
            fault = faults.get(part.name)
            raise fault if isinstance(fault, Refused) else Unavailable(part=part.service) from fault
    absent = [
        missing(part.name, _reason(faults.get(part.name)), accept_language)
        for part in parts
        if part.name not in values
    ]
    return {part.name: values.get(part.name) for part in parts}, absent


def missing(part: str, reason: str, accept_language: str) -> Missing:
    """Return an entry of ``degraded`` with its words."""
    return Missing(part=part, reason=reason, detail=REASONS[reason][language_of(accept_language)])


def _reason(fault: Exception | None) -> str:
    match fault:
        case Refused():
            return OF_STATUS.get(fault.answer.status_code, "failed")
        case Unavailable():
            return "unavailable"
        case None:
            return "timed_out"
        case _:
            return "failed"
