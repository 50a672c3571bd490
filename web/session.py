"""What the browser carries: the session cookie, the form token that proves a form ours, one-time notices."""

import base64
import hmac
import secrets
from typing import Literal
from urllib.parse import urlsplit

from fastapi import Request
from pydantic import TypeAdapter
from starlette.responses import Response

from chassis.languages import LANGUAGES, Language, language_of
from web.settings import WebSettings

SESSION_COOKIE = "kumppani_session"
VISITOR_COOKIE = "kumppani_visitor"
LANGUAGE_COOKIE = "kumppani_language"
NOTICE_COOKIE = "kumppani_notice"
YEAR_SECONDS = 365 * 24 * 3600
NOTICE_SECONDS = 60
PROOF_BYTES = 32
Tone = Literal["success", "info", "warning", "danger"]
NOTICE = TypeAdapter(tuple[Tone, str])


def settings_of(request: Request) -> WebSettings:
    """Return the web's settings."""
    settings: WebSettings = request.app.state.settings
    return settings


def cookie_name(request: Request, name: str) -> str:
    """Return a cookie's name in the browser.

    With `__Host-` no neighbouring site of the same domain can set it (RFC 6265bis §4.1.3.2); browsers take
    such a name over TLS only, so the demo does without.
    """
    return name if settings_of(request).demo else f"__Host-{name}"


def cookie_of(request: Request, name: str) -> str | None:
    """Return what the browser keeps under a name, if anything."""
    return request.cookies.get(cookie_name(request, name)) or None


def session_token(request: Request) -> str | None:
    """Return the gateway session of this browser, if any; what no header can carry is no session."""
    token = cookie_of(request, SESSION_COOKIE)
    return token if token and token.isascii() and token.isprintable() else None


def take_session(request: Request, token: str | None) -> None:
    """See the rest of this request as one of another session, or of none: its answer changes the cookie."""
    request.cookies[cookie_name(request, SESSION_COOKIE)] = token or ""


def language_for(request: Request) -> Language:
    """Return the language chosen in the header, else the browser's, else Finnish."""
    chosen = cookie_of(request, LANGUAGE_COOKIE)
    for language in LANGUAGES:
        if chosen == language:
            return language
    return language_of(request.headers.get("accept-language"))


def visitor_of(request: Request) -> str:
    """Return the secret that this browser's forms are tied to: its session, else its visitor cookie."""
    known = session_token(request) or cookie_of(request, VISITOR_COOKIE)
    if known:
        return known
    fresh: str | None = getattr(request.state, "new_visitor", None)
    if fresh is None:
        fresh = secrets.token_urlsafe(24)
        request.state.new_visitor = fresh
    return fresh


def _form_proof(request: Request) -> bytes:
    """Return what proves a form ours: only who holds the HttpOnly cookie can compute it."""
    return hmac.digest(visitor_of(request).encode(), b"kumppani form", "sha256")


def _mixed(one: bytes, other: bytes) -> bytes:
    return bytes(a ^ b for a, b in zip(one, other, strict=True))


def form_token(request: Request) -> str:
    """Return the hidden token of this answer's forms.

    The proof hides behind a fresh mask, so that no two answers hold the same text: the length of
    compressed pages then tells nothing about it (BREACH).
    """
    mask = secrets.token_bytes(PROOF_BYTES)
    return base64.urlsafe_b64encode(mask + _mixed(mask, _form_proof(request))).decode()


def is_own_form(request: Request, token: str) -> bool:
    """Say whether a posted form came from our own page: the token fits and the Origin, when told, is ours."""
    try:
        given = base64.urlsafe_b64decode(token.encode())
    except ValueError:
        return False
    if len(given) != 2 * PROOF_BYTES or not is_same_origin(request):
        return False
    proof = _mixed(given[:PROOF_BYTES], given[PROOF_BYTES:])
    return hmac.compare_digest(proof, _form_proof(request))


def is_same_origin(request: Request) -> bool:
    """Say whether the browser tells that the request came from our own pages (or tells nothing)."""
    site = request.headers.get("sec-fetch-site")
    if site is not None and site != "same-origin":
        return False
    origin = request.headers.get("origin")
    if origin is None:
        return True
    settings = settings_of(request)
    # Outside the demo people come over TLS, whatever reaches us behind the proxy that ends it.
    scheme = request.url.scheme if settings.demo else "https"
    own = {(scheme, request.headers.get("host", ""))}
    if settings.public_url:
        own.add(urlsplit(settings.public_url)[:2])
    try:
        return urlsplit(origin)[:2] in own
    except ValueError:  # "http://[" and the like
        return False


def set_cookie(request: Request, response: Response, name: str, value: str, *, seconds: int | None) -> None:
    """Set a cookie that scripts and other sites never see; ``seconds=None`` ends it with the browser."""
    response.set_cookie(
        cookie_name(request, name),
        value,
        max_age=seconds,
        path="/",
        httponly=True,
        samesite="lax",
        secure=not settings_of(request).demo,
    )


def forget_cookie(request: Request, response: Response, name: str) -> None:
    """Take a cookie away from the browser."""
    secure = not settings_of(request).demo
    response.delete_cookie(cookie_name(request, name), path="/", httponly=True, samesite="lax", secure=secure)


def sign_in(request: Request, response: Response, token: str) -> None:
    """Keep the gateway's session token in this browser."""
    set_cookie(request, response, SESSION_COOKIE, token, seconds=settings_of(request).session_hours * 3600)


def sign_out(request: Request, response: Response) -> None:
    """Forget the session in this browser."""
    forget_cookie(request, response, SESSION_COOKIE)


def leave_notice(request: Request, response: Response, text: str, tone: Tone = "success") -> None:
    """Leave a sentence for the next page, shown once."""
    body = base64.urlsafe_b64encode(NOTICE.dump_json((tone, text))).decode()
    set_cookie(request, response, NOTICE_COOKIE, body, seconds=NOTICE_SECONDS)


def notice_of(request: Request) -> tuple[Tone, str] | None:
    """Return the tone and the sentence left by the page before, if any."""
    raw = cookie_of(request, NOTICE_COOKIE)
    if not raw:
        return None
    try:
        return NOTICE.validate_json(base64.urlsafe_b64decode(raw.encode()))
    except ValueError:  # not base64, or not what we wrote
        return None


def local_path(path: str | None, otherwise: str = "/") -> str:
    """Return a path inside this site, else ``otherwise``: a link must never send a person elsewhere."""
    if not path or not path.startswith("/") or path.startswith(("//", "/\\")):
        return otherwise
    if any(ord(character) < 32 for character in path) or "\\" in path:
        return otherwise
    return path
