"""Telling the gateway's other processes who uses how much, some times a second and only what matters."""

import asyncio
import contextlib
import json
from collections.abc import AsyncGenerator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

import sqlalchemy as sa
import structlog
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import col, delete
from uuid_utils.compat import uuid7

from chassis.database import Database
from gateway.limits.callers import Callers
from gateway.limits.model import CallerInFlight, CallerRate

log = structlog.get_logger()
EVERY = 0.2
"""Seconds between two exchanges: so long may several processes together let through more than one."""
REFRESH = 5.0
"""Seconds after which what is still in flight is told again."""
STALE = 3 * REFRESH
"""Seconds after which a process that tells nothing is taken for dead."""

FORGOTTEN = timedelta(minutes=10)
"""After this time nothing told is of any use: every bucket is empty again."""

# Callers in one order, so that two processes never wait for each other's rows.
_RATES = text(
    "insert into caller_rate as known (caller, level, told_at)"
    " select caller, level, clock_timestamp() from unnest(cast(:callers as text[]),"
    " cast(:levels as float8[])) as used (caller, level) order by caller"
    " on conflict (caller) do update set told_at = clock_timestamp(), level = excluded.level"
    " + greatest(0, known.level - cast(cast(:rates as jsonb) ->> known.caller as float8)"
    " * extract(epoch from clock_timestamp() - known.told_at)) returning caller, level"
)
_IN_FLIGHT = text(
    "insert into caller_in_flight (caller, process, requests, waits, told_at)"
    " select caller, :process, requests, waits, clock_timestamp() from unnest(cast(:callers as text[]),"
    " cast(:requests as int[]), cast(:waits as int[])) as used (caller, requests, waits) order by caller"
    " on conflict (caller, process) do update set requests = excluded.requests,"
    " waits = excluded.waits, told_at = excluded.told_at"
)
_ELSEWHERE = text(
    "select caller, sum(requests)::int as requests, sum(waits)::int as waits from caller_in_flight"
    " where caller = any(:callers) and process <> :process"
    " and told_at > clock_timestamp() - make_interval(secs => :stale) group by caller"
)


@dataclass(frozen=True)
class _News:
    """What this process tells, and about whom it asks."""

    rates: Sequence[tuple[str, float, float]]
    """Caller, requests since the last time, allowed rate."""
    in_flight: Sequence[tuple[str, int, int]]
    """Caller, requests and waits in flight."""
    about: Sequence[str]


@dataclass(frozen=True)
class _Known:
    """What all processes together know."""

    levels: dict[str, float]
    elsewhere: dict[str, tuple[int, int]]


class Sharing:
    """Exchanges usage through the gateway's database; without it each process keeps its own limits."""

    def __init__(self, callers: Callers, database: Database) -> None:
        self._callers = callers
        self._database = database
        self.process: UUID = uuid7()
        self._rounds = 0
        self._exchanging: asyncio.Task[None] | None = None

    @contextlib.asynccontextmanager
    async def running(self) -> AsyncGenerator[None]:
        """Exchange while the block runs."""
        self.process = uuid7()  # not before: processes of one fork were made as one
        task = asyncio.create_task(self._run(), name="sharing of limits")
        try:
            yield
        finally:
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task
            if self._exchanging is not None:  # a thread may still be at it
                await asyncio.wait([self._exchanging])

    async def _run(self) -> None:
        while True:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._callers.used.wait(), REFRESH)
            self._callers.used.clear()
            try:
                self._exchanging = asyncio.create_task(self._exchange())
                await asyncio.shield(self._exchanging)
            except SQLAlchemyError as error:
                log.warning("limits.not_shared", error=str(error))
            await asyncio.sleep(EVERY)

    async def _exchange(self) -> None:
        """Tell what matters and take over what the others told."""
        now = self._callers.clock()
        usages = self._callers.usages
        rates = [(name, each) for name, each in usages.items() if each.telling_rate()]
        in_flight = [(name, each) for name, each in usages.items() if each.telling_in_flight(now, REFRESH)]
        about = sorted({*(name for name, _ in rates), *(name for name, _ in in_flight)})
        if not about:
            return
        news = _News(
            rates=sorted((name, each.untold, each.allowance.rate) for name, each in rates),
            in_flight=sorted((name, each.requests, each.waits) for name, each in in_flight),
            about=about,
        )
        told = {name: (requests, waits) for name, requests, waits in news.in_flight}
        for _, usage in rates:
            usage.untold = 0.0
        try:
            known = await asyncio.to_thread(self._tell, news)
        except SQLAlchemyError:
            for name, untold, _ in news.rates:
                if name in usages:
                    usages[name].untold += untold
            raise
        self._take_over(known, told)

    def _take_over(self, known: _Known, told: dict[str, tuple[int, int]]) -> None:
        now = self._callers.clock()

        for name, (requests, waits) in known.elsewhere.items():
            usage = self._callers.usages.get(name)
            if usage is None:  # forgotten meanwhile
                continue
            if name in known.levels:
                usage.shared(known.levels[name], now)
            if name in told:
                usage.told, usage.told_at = told[name], now
            usage.requests_elsewhere, usage.waits_elsewhere = requests, waits
            self._callers.wake(name)

    def _tell(self, news: _News) -> _Known:
        levels: dict[str, float] = {}
        with self._database.session() as session:
            if news.rates:
                callers, untold, rates = zip(*news.rates, strict=True)
                given = {
                    "callers": list(callers),
                    "levels": list(untold),
                    "rates": json.dumps(dict(zip(callers, rates, strict=True))),
                }
                levels = {row.caller: row.level for row in session.execute(_RATES, given)}
            if news.in_flight:
                names, requests, waits = zip(*news.in_flight, strict=True)
                session.execute(
                    _IN_FLIGHT,
                    {
                        "process": self.process,
                        "callers": list(names),
                        "requests": list(requests),
                        "waits": list(waits),
                    },
                )
            asked = {"callers": list(news.about), "process": self.process, "stale": STALE}
            elsewhere = dict.fromkeys(news.about, (0, 0))
            elsewhere |= {row.caller: (row.requests, row.waits) for row in session.execute(_ELSEWHERE, asked)}
            self._rounds += 1
            if self._rounds % 300 == 0:
                now = sa.func.clock_timestamp()
                session.execute(delete(CallerRate).where(col(CallerRate.told_at) < now - FORGOTTEN))
                session.execute(delete(CallerInFlight).where(col(CallerInFlight.told_at) < now - FORGOTTEN))
        return _Known(levels, elsewhere)
