"""Sending the request of a row in somebody's name."""

from collections.abc import Mapping
from typing import Any

import httpx2

from tests.access.cast import CAST, Answers
from tests.access.rows import Row
from tests.access.things import Ids, Things
from tests.city import RunningCity

EVERYTHING = "..."
"""As a body's only key: the thing brings the whole body."""


def filled(value: object, ids: Ids) -> Any:  # Any: JSON like the value
    """Return the value with the names in its texts' braces replaced."""
    if isinstance(value, str):
        return value.format_map(ids) if "{" in value else value
    if isinstance(value, Mapping):
        return {name: filled(each, ids) for name, each in value.items()}
    return [filled(each, ids) for each in value] if isinstance(value, list) else value


def address_of(row: Row, ids: Ids) -> str:
    """Return the path and query that are asked."""
    path: str = filled(row.shown_path, ids)
    return f"{path}?{filled(row.query, ids)}" if row.query else path


def send(city: RunningCity, part: str, row: Row, who: str, ids: Ids) -> httpx2.Response:
    """Send the row's request as one of the cast and return the answer."""
    headers = city.credentials(part, who, fresh=row.ends_session)
    version: str = ids.get("version", "")
    if row.form is not None:
        headers, hidden = city.form_of(headers)
        form = (
            filled(row.form, ids)
            | hidden
            | {"form_version": version.removeprefix("W/").strip('"').partition("-")[0]}
        )
        return city.ask(part, row.method, address_of(row, ids), headers=headers, form=form)
    if version:
        headers = headers | {"If-Match": version}
    if row.text is not None:
        headers = headers | {"Content-Type": "text/csv"}
        return city.ask(part, row.method, address_of(row, ids), headers=headers, text=row.text)
    body = ids.get(EVERYTHING, filled(row.body, ids)) if row.body is not None else None
    return city.ask(part, row.method, address_of(row, ids), headers=headers, json=body)


def with_version(city: RunningCity, row: Row, ids: Ids) -> Ids:
    """Return the ids with the present version of what the row edits."""
    if not row.version_of:
        return ids
    path = filled(row.version_of, ids)
    known = city.credentials("gateway", "admin")
    answer = city.ask("gateway", "GET", f"/api/v1{path}", headers=known)
    assert answer.status_code == 200, f"{path}: {answer.text}"
    return {**ids, "version": answer.headers["etag"]}


def answers_to(city: RunningCity, things: Things, part: str, row: Row) -> Answers:
    """Send the row's request as each of the cast, each on a thing that no other has used up."""
    answers: Answers = {}
    ids: Ids | None = None
    for who in CAST:
        if ids is None:
            ids = with_version(city, row, things.of(row.thing))
        answer = send(city, part, row, who, ids)
        answers[who] = answer.status_code
        if row.method != "GET" and answer.status_code < 400:
            ids = None
    return answers
