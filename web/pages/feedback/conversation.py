"""The conversation of a case as its reader sees it: whose words stand on which side, and who says them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

from web.pages.feedback.reads import Case, Message

Place = Literal["own", "other", "service", "internal"]
SHOWN_AT_ONCE: Final = 4
"""Turns that stand open; of a longer conversation the first and the newest do."""
NEWEST: Final = 2


@dataclass(frozen=True)
class Turn:
    """One turn: where it stands, who speaks (``role`` a code, else ``of`` whom), what and when."""

    id: str
    place: Place
    kind: str
    name: str | None
    role: str | None
    of: str | None
    at: datetime
    body: str


@dataclass(frozen=True)
class Conversation:
    """The turns in their order; those between ``first`` and ``newest`` are folded."""

    first: Sequence[Turn]
    between: Sequence[Turn]
    newest: Sequence[Turn]


def conversation_of(case: Case, *, works: bool) -> Conversation:
    """Return the conversation of a case; ``works`` tells whether its reader is on the side that answers."""
    turns = [_told(case, works), *turns_of(case, works=works)]
    if len(turns) <= SHOWN_AT_ONCE:
        return Conversation(turns, (), ())
    return Conversation(turns[:1], turns[1:-NEWEST], turns[-NEWEST:])


def turns_of(case: Case, *, works: bool) -> list[Turn]:
    """Return what was said after the first words, as far as the case tells it."""
    return [_turn(case, message, works) for message in case.messages]


def _told(case: Case, works: bool) -> Turn:
    """Return what was told first."""
    return Turn(
        id="told",
        place="other" if works else "own",
        kind="told",
        name=case.reporter.name if case.reporter else None,
        role=None,
        of=case.site.name,
        at=case.received_at,
        body=case.description,
    )


def _turn(case: Case, message: Message, works: bool) -> Turn:
    by = message.author
    role = None
    if by and message.side == "producer":
        known = (person for person in (case.handler, case.stand_in) if person)
        role = next((each.role for each in known if each.person_id == by.person_id), None)
    of = None
    if message.side == "customer":
        of = case.site.name
    elif message.side == "producer" and case.producer:
        of = case.producer.name
    return Turn(
        id=message.id,
        place=_place(message, works),
        kind=message.kind,
        name=by.name if by else None,
        role=role,
        of=of,
        at=message.at,
        body=message.body,
    )


def _place(message: Message, works: bool) -> Place:
    if not message.public:
        return "internal"
    if message.kind == "receipt":
        return "service"
    if message.side is None:
        return "other"
    return "own" if (message.side == "producer") is works else "other"
