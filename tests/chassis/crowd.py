"""People before a door and behind it, in the order in which they came to begin."""

import asyncio
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager

from fastapi import APIRouter, FastAPI

from chassis.admission import HungUp, Rank
from chassis.app import create_app
from chassis.places import Places
from chassis.settings import Settings

LONG = 60.0
"""Seconds of patience where a test is not about time."""
Enter = Callable[[Rank, HungUp | None], AbstractAsyncContextManager[object]]


def app_with(places: int, router: APIRouter) -> FastAPI:
    """Return an app with so many places and no line; a word is received at ``/word``."""
    made = create_app(
        name="things", title="Things", settings=Settings(), routers=[router], words_at=["/word"]
    )
    made.state.places = Places(places, line=0)
    return made


class Crowd:
    """Tasks that go through one door; each stays inside until it is told to end."""

    def __init__(self, enter: Enter, refusals: tuple[type[Exception], ...] = ()) -> None:
        self._enter = enter
        self._refusals = refusals
        self.begun: list[str] = []
        self.turned_away: list[str] = []
        """Who met one of the refusals."""
        self._ends: dict[str, asyncio.Event] = {}
        self._tasks: dict[str, asyncio.Task[None]] = {}

    async def come(self, name: str, rank: Rank = Rank.PERSON, hung_up: asyncio.Event | None = None) -> None:
        """Let somebody come; return when it is settled whether they are inside, wait or were turned away."""

        async def gone() -> None:
            assert hung_up
            await hung_up.wait()

        async def stay() -> None:
            try:
                async with self._enter(rank, gone if hung_up else None):
                    self.begun.append(name)
                    await self._ends[name].wait()
            except self._refusals:
                self.turned_away.append(name)

        self._ends[name] = asyncio.Event()
        self._tasks[name] = asyncio.create_task(stay())
        await settle()

    def let_go(self, name: str) -> None:
        """Let somebody go out as soon as it is their turn to run."""
        self._ends[name].set()

    async def end(self, *names: str) -> None:
        """Let somebody go out, one after the other."""
        for name in names:
            self.let_go(name)
            await self._tasks[name]
            await settle()

    async def outcome(self, name: str) -> BaseException | None:
        """Return what somebody's waiting ended with."""
        return (await asyncio.gather(self._tasks[name], return_exceptions=True))[0]

    def cancel(self, name: str) -> None:
        self._tasks[name].cancel()


async def settle() -> None:
    """Let everything that can go on go on."""
    for _ in range(10):
        await asyncio.sleep(0)
