"""Errors as RFC 9457 problems: `chassis.problem_table` gives each its status and its words."""

from collections.abc import Mapping, Sequence
from typing import Any

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict
from starlette.exceptions import HTTPException

from chassis.errors import DomainError, InvalidInput
from chassis.languages import language_of
from chassis.media import demand_media_type
from chassis.problem_table import (
    HTTP_ERRORS,
    STANDARD,
    UNEXPECTED,
    Problem,
    ProblemTable,
    said,
    words_of_validation,
)
from chassis.words import Phrase

log = structlog.get_logger()
MEDIA_TYPE = "application/problem+json"
MOST_ERRORS = 50
"""So many faulty fields are named; of the rest a problem tells how many they are."""


class TooLarge(HTTPException):
    """A request turned out to have more than ``limit`` bytes."""

    def __init__(self, limit: int) -> None:
        super().__init__(413)
        self.limit = limit


class ProblemField(BaseModel):
    """One faulty field of a problem."""

    model_config = ConfigDict(use_attribute_docstrings=True)

    pointer: str
    """JSON pointer into the body; `#/query/…`, `#/header/…` or `#/path/…` for what is elsewhere."""
    code: str
    """What is wrong with it, for programs."""
    detail: str
    """The same in words, in the language of the answer."""


class ProblemRow(BaseModel):
    """One thing to mend in a file."""

    model_config = ConfigDict(use_attribute_docstrings=True)

    row: int
    """As a spreadsheet counts: the names of the columns are on row 1."""
    column: str
    """Empty when the whole row is meant."""
    code: str
    """What is wrong with it, for programs."""
    message: str
    """The same in words, in the language of the answer."""


class ProblemBlocker(BaseModel):
    """Something that is missing before a step can be taken."""

    model_config = ConfigDict(use_attribute_docstrings=True)

    code: str
    """What is missing, for programs."""
    text: str
    """The same in words, in the language of the answer."""


class ProblemView(BaseModel):
    """RFC 9457 problem details; ``type`` is ``urn:kumppani:problem:<code>``."""

    model_config = ConfigDict(use_attribute_docstrings=True, extra="allow")

    type: str
    """URN of this kind of problem."""
    title: str
    """What is wrong, in words."""
    status: int
    """The HTTP status of the answer."""
    detail: str
    """What is wrong and what to do, in words."""
    code: str
    """What is wrong, for programs; it never changes with the language."""
    instance: str
    """The path that was asked."""
    errors: list[ProblemField] | None = None
    """The faulty fields (422), 50 at most."""
    more_errors: int | None = None
    """How many faulty fields there are beside them."""
    current_version: int | None = None
    """The version as it is now (412)."""
    limit: int | None = None
    """How many bytes a request may have (413)."""
    faults: list[ProblemRow] | None = None
    """What is to be mended in the rows of a file (422), 50 at most."""
    more_faults: int | None = None
    """How much there is to mend beside it."""
    blockers: list[ProblemBlocker] | None = None
    """What a contract year lacks before it can be signed (409)."""


def openapi_problems(*statuses: int) -> dict[int | str, dict[str, Any]]:  # Any: FastAPI's own type
    """Return ``responses=`` that document these statuses as problems."""
    content = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/ProblemView"}}}
    return {
        status: {
            "description": HTTP_ERRORS.get(status, UNEXPECTED).phrase.en,
            "content": content,
        }
        for status in statuses
    }


def problem_response(
    request: Request,
    problem: Problem,
    *,
    params: Mapping[str, object] | None = None,
    extra: Mapping[str, object] | None = None,
    errors: Sequence[ProblemField] = (),
    more_errors: int = 0,
) -> JSONResponse:
    """Answer with a problem in the language that the caller asked for."""
    language = language_of(request.headers.get("accept-language"))
    words = problem.words(language, params or {})
    body: dict[str, object] = {
        "type": f"urn:kumppani:problem:{problem.code}",
        "title": words,
        "status": problem.status,
        "detail": words,
        "code": problem.code,
        "instance": request.url.path,
        **(extra or {}),
    }
    if errors:
        body["errors"] = [error.model_dump() for error in errors[:MOST_ERRORS]]
    if more_errors > 0:
        body["more_errors"] = more_errors
    headers = {"Content-Language": language, "Cache-Control": "no-store"}
    if problem.status == 401:
        headers["WWW-Authenticate"] = "Bearer"
    if problem.status == 503:
        headers["Retry-After"] = "5"
    return JSONResponse(body, problem.status, headers, MEDIA_TYPE)


_MOST_CHARACTERS = 100
"""So much of a name that we do not know is told back."""


def _pointer_of(error: Mapping[str, Any]) -> str:
    """Point at the faulty field, or at the whole body: where a text stops being JSON is no field."""
    if error["type"] == "json_invalid":
        return "#"
    place = error["loc"][1:] if error["loc"][:1] == ("body",) else error["loc"]
    return "".join(["#", *(f"/{str(part)[:_MOST_CHARACTERS]}" for part in place)])


def _http_problem(request: Request, error: HTTPException) -> JSONResponse:
    told = {"limit": error.limit} if isinstance(error, TooLarge) else {}
    response = problem_response(
        request, HTTP_ERRORS.get(error.status_code, UNEXPECTED), params=told, extra=told
    )
    response.status_code = error.status_code
    response.headers.update(error.headers or {})
    return response


def _unfit(request: Request) -> JSONResponse | None:
    """Return the refusal of a body that was read as JSON though it says to be something else, if so."""
    try:
        demand_media_type(request)
    except HTTPException as refusal:
        return _http_problem(request, refusal)
    return None


def _faulty_as_a_whole(request: Request) -> JSONResponse:
    words = words_of_validation("json_invalid", language_of(request.headers.get("accept-language")), {})
    faulty = ProblemField(pointer="#", code="json_invalid", detail=words)
    return problem_response(request, STANDARD[InvalidInput], errors=[faulty])


def install(app: FastAPI, table: ProblemTable, field_words: Mapping[str, Phrase]) -> None:
    """Turn every error of the app into a problem. ``field_words`` words the codes of `FieldError`."""
    words: dict[type, Problem] = {**STANDARD, **table}

    def entry_of(error: DomainError) -> Problem:
        return next(found for kind in type(error).__mro__ if (found := words.get(kind)))

    async def on_domain_error(request: Request, error: Exception) -> JSONResponse:
        assert isinstance(error, DomainError)  # noqa: S101 - Starlette calls it for this class only
        language = language_of(request.headers.get("accept-language"))
        errors = error.errors if isinstance(error, InvalidInput) else ()
        faulty = [
            ProblemField(
                pointer=each.pointer,
                code=each.code,
                detail=said(field_words[each.code], language, each.params)
                if each.code in field_words
                else words_of_validation(each.code, language, each.params),
            )
            for each in errors[:MOST_ERRORS]
        ]
        return problem_response(
            request,
            entry_of(error),
            params=error.params,
            extra=error.extra,
            errors=faulty,
            more_errors=len(errors) - len(faulty),
        )

    async def on_validation(request: Request, error: Exception) -> JSONResponse:
        assert isinstance(error, RequestValidationError)  # noqa: S101 - as above
        errors = error.errors()
        if errors and errors[0]["type"] == "json_invalid" and (refused := _unfit(request)):
            return refused
        language = language_of(request.headers.get("accept-language"))
        faulty = [
            ProblemField(
                pointer=_pointer_of(each),
                code=each["type"],
                detail=words_of_validation(each["type"], language, each.get("ctx") or {}),
            )
            for each in errors[:MOST_ERRORS]
        ]
        return problem_response(
            request, STANDARD[InvalidInput], errors=faulty, more_errors=len(errors) - len(faulty)
        )

    async def on_http(request: Request, error: Exception) -> JSONResponse:
        assert isinstance(error, HTTPException)  # noqa: S101 - as above
        if error.status_code == 400 and isinstance(error.__cause__, ValueError | RecursionError):
            # What FastAPI could not decode at all is as little JSON as what it could not parse.
            if refused := _unfit(request):
                return refused
            return _faulty_as_a_whole(request)
        return _http_problem(request, error)

    async def on_anything(request: Request, error: Exception) -> JSONResponse:
        log.error("request.failed", path=request.url.path, exc_info=error)
        return problem_response(request, UNEXPECTED)

    app.add_exception_handler(DomainError, on_domain_error)
    app.add_exception_handler(RequestValidationError, on_validation)
    app.add_exception_handler(HTTPException, on_http)
    app.add_exception_handler(Exception, on_anything)
