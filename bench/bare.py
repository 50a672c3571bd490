"""The floor of pages: bare Starlette and Jinja, from a ready dict, as long as our own pages.

`python -m bench.bare PORT PROCESSES` serves `/queue` (forty rows) and `/case`, by as many
processes as the product has. They ask nobody, know no person, no language and no rights.
"""

import asyncio
import sys
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

from jinja2 import Environment, FileSystemLoader
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from kumppani.processes import keep, orderly_end
from kumppani.serving import serve, take_port

_TEMPLATES = Path(__file__).with_name("bare_pages")
_WORDS = {"title": "Palautteet", "ways": [{"path": f"/way/{n}", "word": f"Paikka {n}"} for n in range(8)]}
_ROW = {
    "id": "0190a000-0000-7000-8000-000000000001",
    "reference": "P-2026-000123",
    "kind": "Jokin on pielessä",
    "subject": "Lounas loppui kesken",
    "description": "Lounas loppui kesken, ja kolme luokkaa jäi tänään ilman pääruokaa.",
    "site_id": "0190a000-0000-7000-8000-00000000000a",
    "site": "Rajakylän koulu",
    "customer": "Sivistyspalvelut",
    "handler": "Päivi Käsittelijä",
    "received_at": "2026-11-24T09:00:00+02:00",
    "received": "tänään 9.00",
    "late": False,
    "due": "tänään 13.00",
    "left": "4 tuntia",
    "tags": [{"color": "info", "word": "Ruoka"}, {"color": "warning", "word": "Kiireellinen"}],
}
QUEUE = {**_WORDS, "rows": [_ROW] * 40}
CASE = {
    **_WORDS,
    "facts": [(name, value) for name, value in _ROW.items() if isinstance(value, str)],
    "entries": [{"by": "Päivi Käsittelijä", "at": "tänään 9.00", "body": "Asia on hoidettu."}] * 90,
    "actions": [{"path": f"/cases/1/{n}", "word": f"Teko {n}"} for n in range(45)],
    "token": "x" * 88,
}


def create_app() -> Starlette:
    """Return the bare app."""
    environment = Environment(loader=FileSystemLoader(_TEMPLATES), autoescape=True, auto_reload=False)

    def page(name: str, values: Mapping[str, object]) -> Callable[[Request], Awaitable[Response]]:
        template = environment.get_template(name)

        async def show(_: Request) -> Response:
            return HTMLResponse(template.render(values))

        return show

    async def ready(_: Request) -> Response:
        return Response()

    return Starlette(
        routes=[
            Route("/queue", page("queue.html", QUEUE)),
            Route("/case", page("case.html", CASE)),
            Route("/health/ready", ready),
        ]
    )


def main() -> None:
    """Serve the app as Kumppani serves its parts."""
    port, processes = map(int, sys.argv[1:])

    @asynccontextmanager
    async def running(_: asyncio.Event) -> AsyncGenerator[None]:
        yield

    with take_port("127.0.0.1", port) as listening:
        listening.listen()

        def work(_: int, tell: Callable[[], None]) -> None:
            asyncio.run(serve(create_app(), listening, running=running, announce=tell))

        with orderly_end():
            keep(processes, work, announce=lambda: None)


if __name__ == "__main__":
    main()
