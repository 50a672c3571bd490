"""The matrix and the apps name the same routes."""

from collections.abc import Mapping

import pytest
from fastapi import FastAPI

from kumppani.parts import OWNERS, PARTS
from tests.access.matrix import MATRIX
from tests.access.routes import routes_of
from tests.city import make_parts


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
