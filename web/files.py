"""The static files: read once, compressed once, each under an address that never changes its content.

The address holds a version of all files together, so that what a file names beside itself (a font, an
imported module) is versioned with it, and no page runs with a part of another release.
"""

import gzip
import hashlib
import mimetypes
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from fastapi import APIRouter
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import Receive, Scope, Send

from chassis.compression import takes

STATIC = Path(__file__).parent / "static"
SHEETS: Final = {
    "pages.css": (
        "vendor/designsystemet/theme.css",
        "vendor/designsystemet/components.css",
        "theme.css",
        "house.css",
        "frame.css",
        "parts.css",
        "lists.css",
        "forms.css",
        "rooms/sign_in.css",
        "rooms/home.css",
        "rooms/registry.css",
        "rooms/glossary.css",
        "rooms/failures.css",
        "rooms/search.css",
    ),
    "feedback.css": (
        "feedback/shared.css",
        "feedback/giving.css",
        "feedback/queue.css",
        "feedback/case.css",
        "feedback/strip.css",
    ),
    "contracts.css": (
        "contracts/shared.css",
        "contracts/year.css",
        "contracts/prices.css",
        "contracts/clock.css",
        "contracts/wheel.css",
    ),
}
"""Style sheets that are one file for the browser, in this order: each more would delay the first paint.

What every page needs, and what a capability's pages need besides.
"""
ROBOTS = "User-agent: *\nDisallow:\n"
"""What is not for everybody is behind the sign-in, not behind this."""
PAGES = "pages.css"
ON_PAPER = "print.css"
COMPRESSED = frozenset({".css", ".js", ".svg"})
VERSION_LENGTH = 12
FOR_GOOD = "public, max-age=31536000, immutable"
ASK_AGAIN = "no-cache"
"""An address without the present version: of a page that an older release made."""
mimetypes.add_type("font/woff2", ".woff2")


@dataclass(frozen=True)
class File:
    """A file's content, also compressed if that makes it smaller, its type and its tag."""

    plain: bytes
    compressed: bytes | None
    media_type: str
    tag: str


class Files:
    """The static files by name; an app to be mounted at ``/static``."""

    def __init__(self) -> None:
        contents = {
            path.relative_to(STATIC).as_posix(): path.read_bytes()
            for path in sorted(STATIC.rglob("*"))
            if path.is_file()
        }
        for name, parts in SHEETS.items():
            contents[name] = b"\n".join(contents[part] for part in parts)
        contents[PAGES] += b"\n@media print {\n" + contents[ON_PAPER] + b"}\n"
        everything = hashlib.sha256()
        for name, content in contents.items():
            everything.update(name.encode() + content)
        self.version = everything.hexdigest()[:VERSION_LENGTH]
        self._files = {name: _file(name, content) for name, content in contents.items()}

    def address(self, name: str) -> str:
        """Return where browsers get a file and may keep it for good."""
        return f"/static/{self.version}/{name}"

    def router(self) -> APIRouter:
        """Return the two addresses that browsers and crawlers ask for without being told."""
        router = APIRouter(include_in_schema=False)

        @router.get("/favicon.ico")
        async def icon() -> Response:
            return RedirectResponse(self.address("kumppani.svg"), 303, {"Cache-Control": "max-age=86400"})

        @router.get("/robots.txt")
        async def robots() -> Response:
            return PlainTextResponse(ROBOTS, headers={"Cache-Control": "max-age=86400"})

        return router

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer with a file in the coding that the browser takes, or that it has it already."""
        if scope["method"] != "GET":
            raise HTTPException(405)
        path = scope["path"].removeprefix("/static/")
        version, _, name = path.partition("/")
        present = version == self.version
        file = self._files.get(name) or self._files.get(path)
        if file is None:
            raise HTTPException(404)
        asked = Headers(scope=scope)
        headers = {"Cache-Control": FOR_GOOD if present else ASK_AGAIN, "ETag": file.tag}
        if file.compressed:
            headers["Vary"] = "Accept-Encoding"
        if file.tag in asked.get("if-none-match", ""):
            await Response(status_code=304, headers=headers)(scope, receive, send)
            return
        body = file.plain
        if file.compressed and takes(asked.get("accept-encoding", ""), "gzip"):
            body = file.compressed
            headers["Content-Encoding"] = "gzip"
        await Response(body, headers=headers, media_type=file.media_type)(scope, receive, send)


@cache
def _file(name: str, content: bytes) -> File:
    compressed = gzip.compress(content, 9, mtime=0) if Path(name).suffix in COMPRESSED else None
    if compressed and len(compressed) >= len(content):
        compressed = None
    media_type = mimetypes.guess_type(name)[0] or "text/plain"
    # Weak: the same file in two codings (RFC 9110 §8.8.3.3).
    return File(
        content, compressed, media_type, f'W/"{hashlib.sha256(content).hexdigest()[:VERSION_LENGTH]}"'
    )
