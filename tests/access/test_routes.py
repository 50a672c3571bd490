"""The matrix and the apps name the same routes."""

from collections.abc import Iterator, Mapping

import pytest
from fastapi import FastAPI
from fastapi.dependencies.models import Dependant
from fastapi.routing import iter_route_contexts

from kumppani.parts import OWNERS, PARTS
from tests.access.matrix import MATRIX
from tests.access.routes import routes_of
from tests.city import make_parts

SHORT_WAYS = {
    "feedback": {
        "Fitting",
        "_intake_store",
        "_language",
        "_now",
        "current_actor",
        "idempotency_key",
        "accept-language",
        "Idempotency-Key",
    },
    "gateway": {"Fitting", "HTTPBearer", "_now", "known_caller"},
}
"""What FastAPI asks for a route that has a short way: the short way must do each of these itself."""


@pytest.fixture(scope="module")
def parts(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, FastAPI]:
    """The five apps, connected to nothing."""
    urls = dict.fromkeys(OWNERS, "postgresql://nobody:nothing@127.0.0.1:9/nowhere")
    return make_parts(urls, tmp_path_factory.mktemp("words"))


def test_every_deployable_has_its_matrix() -> None:
    assert set(MATRIX) == set(PARTS)


@pytest.mark.parametrize("part", PARTS)
def test_no_route_is_missing_in_the_matrix(parts: Mapping[str, FastAPI], part: str) -> None:
    assert set(routes_of(parts[part])) - {row.route for row in MATRIX[part]} == set()


@pytest.mark.parametrize("part", PARTS)
def test_no_row_of_the_matrix_lacks_its_route(parts: Mapping[str, FastAPI], part: str) -> None:
    assert {row.route for row in MATRIX[part]} - set(routes_of(parts[part])) == set()


@pytest.mark.parametrize("part", PARTS)
def test_no_row_stands_twice(part: str) -> None:
    rows = [(row.method, row.shown_path, row.note) for row in MATRIX[part]]
    assert len(rows) == len(set(rows))


def asked_by(dependant: Dependant) -> Iterator[str]:
    """Yield the dependencies of a route, and what it and they read of query, headers and cookies."""
    for field in (*dependant.query_params, *dependant.header_params, *dependant.cookie_params):
        yield field.alias
    for each in dependant.dependencies:
        yield getattr(each.call, "__name__", type(each.call).__name__)
        yield from asked_by(each)


@pytest.mark.parametrize("part", PARTS)
def test_a_short_way_leaves_out_nothing_that_its_route_asks(parts: Mapping[str, FastAPI], part: str) -> None:
    asked = {
        frozenset(asked_by(context.dependant))
        for context in iter_route_contexts(parts[part].routes)
        if hasattr(context.endpoint, "at_once")
    }
    assert asked == ({frozenset(SHORT_WAYS[part])} if part in SHORT_WAYS else set())
