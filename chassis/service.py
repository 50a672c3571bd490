"""An app that owns a database: transactions, actor tokens, the outbox and its feed, stale edits."""

import contextlib
from collections.abc import AsyncGenerator, Collection, Mapping, Sequence

from fastapi import APIRouter, FastAPI, Request, Response
from fastapi.responses import JSONResponse
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm.exc import StaleDataError

from chassis.actors import ActorVerifier
from chassis.admission import CallerLeft
from chassis.app import Check, Lifespan, create_app
from chassis.bodies import SMALL
from chassis.clock import Clock
from chassis.database import Database
from chassis.errors import Busy, Stale, Unavailable
from chassis.events import Notifications, feed_router
from chassis.idempotency import KeyReused
from chassis.problem_table import KNOWN, STANDARD, ProblemTable
from chassis.problems import problem_response
from chassis.settings import ServiceSettings
from chassis.words import Phrase

LEFT = 499
"""Status in the metrics when a caller hung up while waiting; nobody gets it."""


def create_service(
    *,
    name: str,
    title: str,
    settings: ServiceSettings,
    routers: Sequence[APIRouter],
    problems: ProblemTable | None = None,
    field_words: Mapping[str, Phrase] | None = None,
    checks: Mapping[str, Check] | None = None,
    lifespans: Sequence[Lifespan] = (),
    database: Database | None = None,
    clock: Clock | None = None,
    feed: bool = True,
    personal_readers: frozenset[str] = frozenset(),
    openapi_url: str | None = "/openapi.json",
    description: str = "",
    tags: Mapping[str, str] | None = None,
    largest_body: int = SMALL,
    larger_bodies: Mapping[str, int] | None = None,
    words_at: Collection[str] = (),
) -> FastAPI:
    """Return an app with ``database``, ``verifier``, ``notifications`` in its state and ``GET /v1/events``.

    ``personal_readers`` are the services that may read what its events tell about people.
    A database given from outside stays open when the app stops; the app's own is closed.
    """
    url = settings.database_url.get_secret_value()
    own = database is None
    used = database or Database(url, pool_size=settings.database_pool, patience=settings.patience)
    notifications = Notifications(used.url)

    @contextlib.asynccontextmanager
    async def connections(_: FastAPI) -> AsyncGenerator[None]:
        async with notifications.listening():
            yield
        if own:
            used.close()

    app = create_app(
        name=name,
        title=title,
        settings=settings,
        routers=[*routers, *([feed_router(personal_readers)] if feed else [])],
        problems={KeyReused: KNOWN["idempotency_key_reused"], **(problems or {})},
        field_words=field_words,
        checks={"database": used.ping, **(checks or {})},
        lifespans=[connections, *lifespans],
        clock=clock,
        openapi_url=openapi_url,
        description=description,
        tags=tags,
        largest_body=largest_body,
        larger_bodies=larger_bodies,
        words_at=words_at,
    )
    app.state.database = used
    app.state.notifications = notifications
    app.state.verifier = ActorVerifier(name, settings.trusted_keys.get_secret_value())

    async def on_stale(request: Request, _: Exception) -> JSONResponse:
        return problem_response(request, STANDARD[Stale])

    async def on_lost_database(request: Request, _: Exception) -> JSONResponse:
        return problem_response(request, STANDARD[Unavailable], params={"part": name})

    async def on_caller_left(_: Request, __: Exception) -> Response:
        return Response(status_code=LEFT)

    async def on_exhausted_pool(request: Request, _: Exception) -> JSONResponse:
        return problem_response(request, STANDARD[Busy])

    app.add_exception_handler(CallerLeft, on_caller_left)
    app.add_exception_handler(StaleDataError, on_stale)
    app.add_exception_handler(OperationalError, on_lost_database)
    app.add_exception_handler(PoolTimeout, on_exhausted_pool)
    return app
