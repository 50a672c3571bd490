"""The five deployables and the workers beside them: their names, ports, and how each is made.

Everything is imported when it is asked for, so that a command pays only for the parts it uses.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Protocol, cast

if TYPE_CHECKING:
    from collections.abc import Mapping

    import httpx2
    from fastapi import FastAPI
    from pydantic import SecretStr

    from chassis.database import Database
    from chassis.outbound import Neighbour
    from chassis.settings import Settings
    from chassis.worker import Worker

SERVICES = ("customers", "contracts", "feedback")
OWNERS = (*SERVICES, "gateway")
"""The parts that own a database."""
PARTS = (*OWNERS, "web")
PORTS = {"customers": 8101, "contracts": 8102, "feedback": 8103, "gateway": 8100, "web": 8000}
"""Where each part listens when it is served alone, unless told otherwise."""


class OwnerSettings(Protocol):
    """What is read here of the settings of a part that owns a database and signs."""

    @property
    def database_url(self) -> SecretStr: ...
    @property
    def signing_key(self) -> SecretStr: ...


class _MakesService(Protocol):
    def __call__(self, settings: Settings, /) -> FastAPI: ...


class _MakesGateway(Protocol):
    def __call__(
        self, settings: Settings, /, *, neighbours: Mapping[str, Neighbour] | None = None
    ) -> FastAPI: ...


class _MakesWeb(Protocol):
    def __call__(
        self, settings: Settings, /, *, transport: httpx2.AsyncBaseTransport | None = None
    ) -> FastAPI: ...


class _MakesWorker(Protocol):
    def __call__(
        self,
        settings: Settings,
        /,
        *,
        database: Database | None = None,
        neighbours: Mapping[str, Neighbour] | None = ...,
    ) -> Worker: ...


def package(name: str) -> str:
    """The package a part's code lies in."""
    return f"services.{name}" if name in SERVICES else name


def settings_of(name: str) -> Settings:
    """The part's settings from the environment; pydantic's ValidationError names what is wrong."""
    module = import_module(f"{package(name)}.settings")
    return cast("type[Settings]", getattr(module, f"{name.title()}Settings"))()


def owner_settings_of(name: str) -> OwnerSettings:
    """The settings of a part that owns a database."""
    return cast("OwnerSettings", settings_of(name))


def make_service(name: str) -> FastAPI:
    """A service's app with its settings from the environment."""
    make = cast("_MakesService", import_module(f"{package(name)}.app").create_app)
    return make(settings_of(name))


def make_gateway(neighbours: Mapping[str, Neighbour] | None = None) -> FastAPI:
    """The gateway; `neighbours` by service name reach services in the same process."""
    make = cast("_MakesGateway", import_module("gateway.app").create_app)
    return make(settings_of("gateway"), neighbours=neighbours)


def make_web(transport: httpx2.AsyncBaseTransport | None = None) -> FastAPI:
    """The pages; `transport` reaches a gateway in the same process."""
    make = cast("_MakesWeb", import_module("web.app").create_app)
    return make(settings_of("web"), transport=transport)


def make_part(name: str) -> FastAPI:
    """Any part, to be served alone: its neighbours are reached over the network."""
    if name == "gateway":
        return make_gateway()
    return make_web() if name == "web" else make_service(name)


def make_worker(
    name: str,
    *,
    database: Database | None = None,
    neighbours: Mapping[str, Neighbour] | None = None,
) -> Worker:
    """The worker of a service; in one process it shares the database and reaches neighbours inside."""
    make = cast("_MakesWorker", import_module(f"{package(name)}.worker").create_worker)
    if name == "customers":  # the source of all others' news, it listens to nobody
        return make(settings_of(name), database=database)
    return make(settings_of(name), database=database, neighbours=neighbours)
