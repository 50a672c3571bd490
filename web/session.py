"""What the browser carries: the session cookie, the form token that proves a form ours, one-time notices."""

import base64
import hashlib
import hmac
import json
import secrets
from typing import Literal
from urllib.parse import urlsplit

from fastapi import Request
from starlette.responses import Response

from chassis.languages import LANGUAGES, Language, language_of
from web.settings import WebSettings

SESSION_COOKIE = "kumppani_session"
VISITOR_COOKIE = "kumppani_visitor"
LANGUAGE_COOKIE = "kumppani_language"
NOTICE_COOKIE = "kumppani_notice"
YEAR_SECONDS = 365 * 24 * 3600
NOTICE_SECONDS = 60
Tone = Literal["success", "info", "warning", "danger"]


def settings_of(request: Request) -> WebSettings:
    """Return the web's settings."""
    settings: WebSettings = request.app.state.settings
    return settings


def session_token(request: Request) -> str | None:
    """Return the gateway session of this browser, if any."""
    return request.cookies.get(SESSION_COOKIE) or None


def language_for(request: Request) -> Language:
    """Return the language chosen in the header, else the browser's, else Finnish."""
    chosen = request.cookies.get(LANGUAGE_COOKIE)
    for language in LANGUAGES:
        if chosen == language:
            return language
    return language_of(request.headers.get("accept-language"))


def visitor_of(request: Request) -> str:
    """Return the secret that this browser's forms are tied to: its session, else its visitor cookie."""
    known = session_token(request) or request.cookies.get(VISITOR_COOKIE)
    if known:
        return known
    fresh: str | None = getattr(request.state, "new_visitor", None)
    if fresh is None:
        fresh = secrets.token_urlsafe(24)
        request.state.new_visitor = fresh
    return fresh


def form_token(request: Request) -> str:
    """Return the hidden token of this browser's forms: only who holds the HttpOnly cookie can compute it."""
    return hmac.new(visitor_of(request).encode(), b"kumppani form", hashlib.sha256).hexdigest()


def is_own_form(request: Request, token: str) -> bool:
    """Say whether a posted form came from our own page: the token fits and the Origin, when told, is ours."""
    return is_same_origin(request) and hmac.compare_digest(token.encode(), form_token(request).encode())


def is_same_origin(request: Request) -> bool:
    """Say whether the browser tells that the request came from our own pages (or tells nothing)."""
    site = request.headers.get("sec-fetch-site")
    if site is not None and site != "same-origin":
        return False
    origin = request.headers.get("origin")
    if origin is None:
        return True
    own = {request.headers.get("host", "")}
    public = settings_of(request).public_url
    if public:
        own.add(urlsplit(public).netloc)
    return urlsplit(origin).netloc in own


def set_cookie(request: Request, response: Response, name: str, value: str, *, seconds: int | None) -> None:
    """Set a cookie that scripts and other sites never see; ``seconds=None`` ends it with the browser."""
    response.set_cookie(
        name,
        value,
        max_age=seconds,
        path="/",
        httponly=True,
        samesite="lax",
        secure=not settings_of(request).demo,
    )


def sign_in(request: Request, response: Response, token: str) -> None:
    """Keep the gateway's session token in this browser."""
    set_cookie(request, response, SESSION_COOKIE, token, seconds=settings_of(request).session_hours * 3600)


def sign_out(response: Response) -> None:
    """Forget the session in this browser."""
    response.delete_cookie(SESSION_COOKIE, path="/", httponly=True, samesite="lax")


def leave_notice(request: Request, response: Response, text: str, tone: Tone = "success") -> None:
    """Leave a sentence for the next page, shown once."""
    body = base64.urlsafe_b64encode(json.dumps([tone, text]).encode()).decode()
    set_cookie(request, response, NOTICE_COOKIE, body, seconds=NOTICE_SECONDS)


def notice_of(request: Request) -> tuple[str, str] | None:
    """Return the tone and the sentence left by the page before, if any."""
    raw = request.cookies.get(NOTICE_COOKIE)
    if not raw:
        return None
    try:
        tone, text = json.loads(base64.urlsafe_b64decode(raw.encode()))
    except (ValueError, TypeError):
        return None
    if not isinstance(text, str) or tone not in ("success", "info", "warning", "danger"):
        return None
    return tone, text


def local_path(path: str | None, otherwise: str = "/") -> str:
    """Return a path inside this site, else ``otherwise``: a link must never send a person elsewhere."""
    if not path or not path.startswith("/") or path.startswith(("//", "/\\")):
        return otherwise
    if any(ord(character) < 32 for character in path) or "\\" in path:
        return otherwise
    return path
