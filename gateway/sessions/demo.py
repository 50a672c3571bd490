"""The mark of a demo city in the gateway's database: without it nobody signs in without a password."""

import asyncio

from sqlmodel import select

from chassis.database import Database
from chassis.errors import Forbidden
from gateway.sessions.model import DemoCity


class NoDemoCity(Forbidden):
    """Demo mode is set, but nobody filled a demo city into these databases."""


class DemoMark:
    """Tells whether the databases hold a demo city."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def demand(self) -> None:
        """Go on only where the mark stands.

        Raises:
            NoDemoCity: these may be real people.
        """
        if not await asyncio.to_thread(self._stands):
            raise NoDemoCity

    def _stands(self) -> bool:
        with self._database.session() as transaction:
            return transaction.scalars(select(DemoCity.filled_at).limit(1)).first() is not None
