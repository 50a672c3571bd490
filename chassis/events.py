"""The outbox and its feed: events join the business transaction and are read over HTTP as CloudEvents."""

import asyncio
import contextlib
from collections.abc import AsyncGenerator, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Annotated, Any

import psycopg
import structlog
from fastapi import APIRouter, Depends, Query, Request
from pydantic import BaseModel
from sqlalchemy import Row, text
from sqlalchemy.engine import make_url
from sqlalchemy.orm import Session

from chassis.actors import EVENTS_PERSONAL, EVENTS_READ, Actor
from chassis.admission import Rank
from chassis.callers import requires_scope
from chassis.database import Database
from chassis.errors import FieldError, Forbidden, InvalidInput
from chassis.paging import Limit
from chassis.problems import openapi_problems
from chassis.routing import hung_up
from chassis.tables import new_id
from chassis.telemetry import trace_parent

log = structlog.get_logger()
CHANNEL = "kumppani_event"
"""What NOTIFY names; the statements below spell it out."""
LONGEST_WAIT = 25
"""Seconds that a caller may wait for news."""


@dataclass(frozen=True)
class EventType:
    """One kind of event that a service publishes; the event catalogue is written from these."""

    name: str
    """``kumppani.<service>.<aggregate>.<past tense>``."""
    data: type[BaseModel]
    """Shape of the data: the aggregate's full state."""
    summary: str
    personal: frozenset[str] = frozenset()
    """Fields of the data that tell about people: kept apart from the rest, and perhaps erased by now."""

    def parts(self, data: BaseModel) -> tuple[str, str | None]:
        """Return the data as JSON without what tells about people, and that alone."""
        if not self.personal:
            return data.model_dump_json(), None
        fields = set(self.personal)
        return data.model_dump_json(exclude=fields), data.model_dump_json(include=fields)


class CloudEvent(BaseModel):
    """CloudEvents 1.0, JSON format."""

    specversion: str = "1.0"
    id: str
    source: str
    type: str
    subject: str
    time: str
    datacontenttype: str = "application/json"
    traceparent: str | None = None
    data: dict[str, Any]  # Any: JSON whose shape the event type names


class Feed(BaseModel):
    """Events after the cursor, oldest first; ``next`` is the cursor for the following call."""

    items: list[CloudEvent]
    next: str


class Outbox:
    """Appends the events of one service; refuses a type that is not in its published list."""

    def __init__(self, published: Iterable[EventType]) -> None:
        self._types: Mapping[str, EventType] = {each.name: each for each in published}

    def append(self, session: Session, *, type: str, subject: str, data: BaseModel) -> None:
        """Write an event in the session's transaction; the feed shows it once that has committed."""
        session.execute(_APPEND, self._row(type, subject, data))

    def append_all(self, session: Session, *, type: str, told: Mapping[str, BaseModel]) -> None:
        """Write many events of one type, by their subjects, in one go."""
        if told:
            session.execute(_APPEND, [self._row(type, subject, data) for subject, data in told.items()])

    def _row(self, type: str, subject: str, data: BaseModel) -> dict[str, object]:
        known = self._types[type]
        if not isinstance(data, known.data):
            raise TypeError(f"{type} carries {known.data.__name__}")
        plain, personal = known.parts(data)
        return {
            "id": new_id(),
            "type": type,
            "subject": subject,
            "trace": trace_parent(),
            "data": plain,
            "personal": personal,
        }


_APPEND = text(
    "with written as (insert into event (id, type, subject, trace_parent, data)"
    " values (:id, :type, :subject, :trace, cast(:data as jsonb))),"
    " told as (insert into event_personal (event_id, subject, data)"
    " select :id, :subject, personal from cast(:personal as jsonb) as personal where personal is not null)"
    " select pg_notify('kumppani_event', '')"
)
# Sequence numbers commit out of order, so a reader could step over a slow transaction's row. Rows are
# ordered by their transaction and shown only below the horizon: the oldest transaction that was running when
# the statement's snapshot was taken and is not known to belong to another database of the cluster.
#
# Nothing below it can show later. A transaction below has ended before the snapshot (then its rows are in it,
# or never will be) or writes to another database. "Known to belong" is what the locks say, and they are newer
# than the snapshot: who holds the lock of its own id in another database cannot have been one of ours. A
# transaction has its id a moment before that lock; until both are seen it counts as ours, as does one whose
# holder cannot be told. Looking at the locks stops them for a moment: it is done only while something runs.
_HORIZON = """
    with running as materialized (
        select xid from pg_snapshot_xip(pg_current_snapshot()) as xid
    ), elsewhere as materialized (
        select held.transactionid as xid
        from pg_locks as held join pg_stat_activity as holder on holder.pid = held.pid
        where exists (select from running)
            and held.locktype = 'transactionid' and held.mode = 'ExclusiveLock' and held.granted
            and holder.datid <> (select oid from pg_database where datname = current_database())
    ), horizon as materialized (
        select coalesce(min(running.xid), pg_snapshot_xmax(pg_current_snapshot())) as xid
        from running where running.xid::xid not in (select xid from elsewhere)
    )
"""
_READ = text(
    _HORIZON  # noqa: S608 - built from constants
    + """
    , page as materialized (
        select transaction_id, sequence, id, type, subject, time, trace_parent,
            case when :personal then data || coalesce(
                (select told.data from event_personal as told where told.event_id = event.id), '{}'
            ) else data end as data
        from event
        where (transaction_id, sequence) > (cast(:transaction as xid8), :sequence)
            and transaction_id < (select xid from horizon)
        order by transaction_id, sequence limit :limit
    ), sized as (
        select page.*, sum(octet_length(data::text)) over (
            order by transaction_id, sequence rows between unbounded preceding and 1 preceding
        ) as before
        from page
    )
    select transaction_id::text as transaction, sequence, id, type, subject, time, trace_parent, data
    from sized where coalesce(before, 0) < :bytes
    order by transaction_id, sequence
    """
)
_END = text(
    _HORIZON  # noqa: S608 - built from constants
    + """
    select transaction_id::text || '.' || sequence from event
    where transaction_id < (select xid from horizon)
    order by transaction_id desc, sequence desc limit 1
    """
)
FULL = 1_000_000
"""Bytes of data after which a page of events ends: one more, the largest there is, stays below 2 MB."""
Rows = Sequence[Row[Any]]  # Any: the columns of `_READ`


def news(session: Session, after: str, limit: int, *, personal: bool = False) -> tuple[Rows, str]:
    """Return up to ``limit`` rows after the cursor, oldest first, and the cursor after them.

    They are fewer where they are large.

    Raises:
        InvalidInput: the cursor is not one of ours.
    """
    transaction, sequence = _position(after)
    wanted = {"transaction": transaction, "sequence": sequence, "limit": limit, "personal": personal}
    wanted["bytes"] = FULL
    rows = session.execute(_READ, wanted).all()
    return rows, f"{rows[-1].transaction}.{rows[-1].sequence}" if rows else after


def read_feed(database: Database, source: str, after: str, limit: int, *, personal: bool = False) -> Feed:
    """Return up to ``limit`` events after the cursor; ``now`` as cursor answers the feed's end.

    What they tell about people is in them only when it is asked for, and was not erased.
    """
    with database.session() as session:
        if after == "now":
            return Feed(items=[], next=session.execute(_END).scalar() or "")
        rows, following = news(session, after, limit, personal=personal)
    items = [
        CloudEvent(
            id=str(row.id),
            source=f"/services/{source}",
            type=row.type,
            subject=row.subject,
            time=row.time.isoformat(),
            traceparent=row.trace_parent,
            data=row.data,
        )
        for row in rows
    ]
    return Feed(items=items, next=following)


def _position(cursor: str) -> tuple[str, int]:
    if not cursor:
        return "0", 0
    transaction, _, sequence = cursor.partition(".")
    sound = transaction.isascii() and transaction.isdigit() and sequence.isascii() and sequence.isdigit()
    if not sound or int(transaction) >= 2**63 or int(sequence) >= 2**63:
        raise InvalidInput([FieldError("#/query/after", "cursor")])
    return transaction, int(sequence)


class Notifications:
    """Wakes waiting readers when the database says that an event was committed (LISTEN/NOTIFY)."""

    def __init__(self, url: str) -> None:
        self._url = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
        self._rung = asyncio.Event()
        self._connected = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    @contextlib.asynccontextmanager
    async def listening(self) -> AsyncGenerator[None]:
        """Listen while the block runs; a lost connection is made again, meanwhile readers poll."""
        self._task = asyncio.create_task(self._listen())
        try:
            yield
        finally:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task
            self._ring()

    async def _listen(self) -> None:
        while True:
            try:
                async with await psycopg.AsyncConnection.connect(self._url, autocommit=True) as connection:
                    await connection.execute("listen kumppani_event")
                    self._connected.set()
                    async for _ in connection.notifies():
                        self._ring()
            except psycopg.Error as error:
                self._connected.clear()
                log.warning("feed.bell_lost", error=str(error))
                await asyncio.sleep(1)

    def _ring(self) -> None:
        self._rung.set()
        self._rung = asyncio.Event()

    async def heard(self) -> None:
        """Return when the database is listened to."""
        await self._connected.wait()

    async def wait(self, seconds: float) -> None:
        """Return when an event was committed, or after the time."""
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._rung.wait(), seconds)


After = Annotated[
    str,
    Query(
        max_length=60,
        description="`next` of the call before; empty starts at the beginning, `now` at the end.",
    ),
]
Wait = Annotated[
    int, Query(ge=0, le=LONGEST_WAIT, description="Seconds to wait for news when there are none yet.")
]


async def follow(request: Request, after: str, wait: float, limit: int, *, personal: bool) -> Feed:
    """Return events after the cursor; when there are none wait for news, at most ``wait`` seconds."""
    state = request.app.state
    database: Database = state.database
    loop = asyncio.get_running_loop()
    until = loop.time() + wait
    while True:
        read = partial(read_feed, database, state.name, after, limit, personal=personal)
        feed = await database.run(read, Rank.REST, hung_up(request))
        left = until - loop.time()
        if feed.items or left <= 0 or after == "now":
            return feed
        # A notification may come before a slower neighbour's transaction lets the row show: look again soon.
        await state.notifications.wait(min(left, 1.0))
        if await request.is_disconnected():
            return feed


def feed_router(personal_readers: frozenset[str] = frozenset()) -> APIRouter:
    """Return the route ``GET /v1/events`` for an app whose state has ``database`` and ``notifications``.

    The named services may read what events tell about people, if their token's scope asks for it.
    """
    router = APIRouter(tags=["events"])
    subjects = {f"service:{name}" for name in personal_readers}

    @router.get(
        "/v1/events",
        summary="Read the feed of events",
        description="CloudEvents in commit order, never skipping one. For other services only. What tells"
        " about people is in them for a token with the scope `events:personal`, of a service that needs it.",
        responses=openapi_problems(401, 403, 422, 503),
    )
    async def events(
        request: Request,
        reader: Annotated[Actor, Depends(requires_scope(EVENTS_READ))],
        after: After = "",
        wait: Wait = 0,
        limit: Limit = 100,
    ) -> Feed:
        personal = EVENTS_PERSONAL in reader.scopes
        if personal and reader.subject not in subjects:
            raise Forbidden
        return await follow(request, after, wait, limit, personal=personal)

    return router
