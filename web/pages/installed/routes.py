"""The manifest, the service worker and the page that it shows without a net; all three are everybody's."""

from pathlib import Path
from typing import Final

from fastapi import APIRouter, Request
from starlette.responses import JSONResponse, Response

from chassis.headers import NO_PAGE
from chassis.languages import LANGUAGES
from web.files import Files
from web.page import Shown
from web.rendering import Rendering
from web.texts import mark, translations

router = APIRouter()
WORKER: Final = (Path(__file__).with_name("worker.js")).read_text("utf-8")
SHELL: Final = (
    "pages.css",
    "house.js",
    "drafts.js",
    "kumppani.svg",
    "vendor/icons.svg",
    "vendor/inter/inter-latin.woff2",
)
"""Files that stand ready from the start; the others are kept when a page first asks for them."""
WORKER_POLICY: Final = f"{NO_PAGE}; connect-src 'self'"
"""A worker is under the policy that it came with: it fetches from here, and does nothing else."""
HEADING: Final = mark("Verkkoa ei ole")
ADVICE: Final = mark("Kumppani tarvitsee verkon. Tarkista yhteys ja lataa sivu uudelleen.")
COLOUR: Final = "#035238"


@router.get("/manifest.webmanifest")
async def manifest(request: Request, page: Shown) -> Response:
    """Tell how Kumppani is installed on a device."""
    files = _files(request)
    told = {
        "id": "/",
        "name": "Kumppani",
        "short_name": "Kumppani",
        "lang": page.language,
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "background_color": "#ffffff",
        "theme_color": COLOUR,
        "icons": [
            {"src": files.address(name), "sizes": "any", "type": "image/svg+xml", "purpose": purpose}
            for name, purpose in (("kumppani.svg", "any"), ("maskable.svg", "maskable"))
        ],
    }
    headers = {"Cache-Control": "no-cache", "Vary": "Cookie, Accept-Language"}
    return JSONResponse(told, media_type="application/manifest+json", headers=headers)


@router.get("/service-worker.js")
async def worker(request: Request) -> Response:
    """Answer with the service worker of this release: another version of the files is another worker."""
    files = _files(request)
    shell = [files.address(name) for name in SHELL]
    script = WORKER.replace("VERSION", files.version).replace(
        '"SHELL"', ", ".join(f'"{each}"' for each in shell)
    )
    headers = {"Cache-Control": "no-cache", "Content-Security-Policy": WORKER_POLICY}
    return Response(script, media_type="text/javascript", headers=headers)


@router.get("/offline")
async def offline(page: Shown) -> Response:
    """Say in every language that there is no net: kept by the worker, so about nobody and for everybody."""
    said = [
        (language, translations(language).gettext(HEADING), translations(language).gettext(ADVICE))
        for language in LANGUAGES
    ]
    page.notice = None  # it is for whoever did something, on a page that is not kept
    return page.show("installed/offline.html", said=said)


def _files(request: Request) -> Files:
    rendering: Rendering = request.app.state.rendering
    return rendering.files
