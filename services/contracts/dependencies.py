"""Who calls, when, and in which language the answer's own words are: what is accepted, else Finnish."""

from datetime import date
from typing import Annotated

from fastapi import Depends, Header, Query

from chassis.callers import CurrentActor
from chassis.clock import Now
from chassis.database import Transaction
from chassis.languages import Language, language_of
from chassis.routing import made
from trade.days import day_of


async def _language(
    accept_language: Annotated[str | None, Header(description="fi, sv or en; Finnish otherwise.")] = None,
) -> Language:
    return language_of(accept_language)


Speaking = Annotated[Language, Depends(_language)]
Own = Annotated[
    bool,
    Query(
        description="Only of the customers for whom the reader speaks as a contract contact, or whose "
        "accounts it manages."
    ),
]


class Call:
    """Who calls, in which transaction, when, and in which language."""

    def __init__(self, session: Transaction, actor: CurrentActor, now: Now, language: Speaking) -> None:
        self.session = session
        self.actor = actor
        self.now = now
        self.language: Language = language

    @property
    def today(self) -> date:
        """The city's day of the call."""
        return day_of(self.now)


TheCall = Annotated[Call, Depends(made(Call))]
