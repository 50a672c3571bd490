"""The gateway: the only door for JSON, made of its routes, its small database and its neighbours."""

import contextlib
from collections.abc import AsyncGenerator, Mapping
from datetime import timedelta

from fastapi import FastAPI, Request, Response
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from chassis.actors import ActorSigner
from chassis.app import create_app as create_chassis_app
from chassis.bodies import FILE, MEDIUM, SMALL
from chassis.clock import Clock
from chassis.database import Database
from chassis.outbound import Neighbour, Unsendable
from chassis.problem_table import KNOWN, problem_table
from chassis.problems import problem_response
from chassis.words import Words
from gateway import document
from gateway.clients.service_client import Refused
from gateway.document import PREFIX
from gateway.feed.followers import Followers, Heard
from gateway.kept import Kept
from gateway.lifting import Service
from gateway.limits.callers import Callers
from gateway.limits.middleware import RateLimits
from gateway.limits.rules import Allowance
from gateway.limits.sharing import Sharing
from gateway.proxy.routes import routes_for
from gateway.proxy.upstream import relayed
from gateway.routes import calendar, composed, events, sessions
from gateway.sessions.demo import DemoMark, NoDemoCity
from gateway.sessions.directory import Directory
from gateway.sessions.revocations import Revocations
from gateway.sessions.tokens import Sessions
from gateway.settings import GatewaySettings

SERVICES = ("customers", "contracts", "feedback")
LARGER_BODIES = {f"{PREFIX}/contracts": MEDIUM, f"{PREFIX}/imports/": FILE}
"""Below these addresses more is taken, as the service behind does."""
DESCRIPTION = (
    "Everything that Kumppani's pages show, as JSON. Sign in, send the token as bearer. Errors are problems "
    "(RFC 9457) in the language of Accept-Language. Lists are paged by `next`. Edits need If-Match. "
    "A POST with an Idempotency-Key can be retried. Every answer tells in RateLimit how many calls are left."
)
_WORDS = Words.beside(__file__)
PROBLEMS = problem_table(_WORDS["problem"], {NoDemoCity: (403, "no_demo_city")})


def create_app(
    settings: GatewaySettings | None = None,
    *,
    neighbours: Mapping[str, Neighbour] | None = None,
    database: Database | None = None,
    clock: Clock | None = None,
) -> FastAPI:
    """Return the gateway. Neighbours and a database given from outside stay open when it stops."""
    settings = settings or GatewaySettings()
    used = database or Database(settings.database_url.get_secret_value(), pool_size=settings.database_pool)
    services = neighbours or neighbours_of(settings)
    documents = {name: Service(name) for name in SERVICES}
    key = settings.signing_key.get_secret_value()
    signer = ActorSigner("gateway", key)
    open_sessions = Sessions(key, timedelta(hours=settings.session_hours))
    directory = Directory(services["customers"], signer, patience=settings.patience)
    kept = {name: Kept() for name in SERVICES}
    heard: dict[str, list[Heard]] = {name: [kept[name].forget] for name in SERVICES}
    heard["customers"].append(directory.heard)
    followers = Followers(services, signer, heard=heard)
    callers = Callers(patience=settings.busy_patience)
    sharing = Sharing(callers, used)

    @contextlib.asynccontextmanager
    async def connections(_: FastAPI) -> AsyncGenerator[None]:
        async with followers.running(), sharing.running():
            yield
        if neighbours is None:
            for neighbour in services.values():
                await neighbour.close()
        if database is None:
            used.close()

    app = create_chassis_app(
        name="gateway",
        title="Kumppani",
        description=DESCRIPTION,
        settings=settings,
        routers=[
            composed.router,
            events.router,
            *(routes_for(name) for name in reversed(SERVICES)),
            calendar.router,
            sessions.router,
            *([sessions.demo_router] if settings.demo else []),
        ],
        problems=PROBLEMS,
        field_words=_WORDS["field"],
        checks={"database": used.ping},
        lifespans=[connections],
        clock=clock,
        openapi_url=f"{PREFIX}/openapi.json",
        largest_body=SMALL,
        larger_bodies=LARGER_BODIES,
        compressed=True,
        traced_callers=_addresses(settings.traced_callers),
        words_at=[f"{PREFIX}/cases"],
    )
    app.state.database = used
    app.state.neighbours = services
    app.state.sessions = open_sessions
    app.state.revocations = Revocations(used)
    app.state.demo_mark = DemoMark(used)
    app.state.signer = signer
    app.state.followers = followers
    app.state.kept = kept
    app.state.callers = callers
    app.state.directory = directory
    app.add_exception_handler(Refused, _on_refused)
    app.add_exception_handler(Unsendable, _on_unsendable)
    app.add_middleware(
        RateLimits,
        prefix=f"{PREFIX}/",
        waits_at=f"{PREFIX}/events",
        callers=callers,
        sessions=open_sessions,
        of_sessions=Allowance(
            "session",
            rate=settings.session_rate,
            burst=settings.session_burst,
            requests=settings.session_in_flight,
            waits=settings.session_waits,
        ),
        of_addresses=Allowance(
            "address",
            rate=settings.address_rate,
            burst=settings.address_burst,
            requests=settings.address_in_flight,
            waits=1,
        ),
    )
    app.add_middleware(ProxyHeadersMiddleware, trusted_hosts=_addresses(settings.trusted_proxies))
    document.complete(app, documents)
    return app


def _addresses(listed: str) -> list[str]:
    return [each.strip() for each in listed.split(",") if each.strip()]


def neighbours_of(settings: GatewaySettings) -> dict[str, Neighbour]:
    """Return the three services at their addresses."""
    return {
        name: Neighbour(name, getattr(settings, f"{name}_url"), timeout=settings.patience)
        for name in SERVICES
    }


async def _on_refused(_: Request, error: Exception) -> Response:
    """A required part's refusal is the answer; what else it may say is a fault of that part."""
    assert isinstance(error, Refused)  # noqa: S101 - Starlette calls it for this class only
    return relayed(error.answer)


async def _on_unsendable(request: Request, _: Exception) -> Response:
    """What cannot even be passed on, such as an address of 70 kB, is the caller's fault."""
    return problem_response(request, KNOWN["bad_request"])
