"""The access matrix: every route of every deployable with the answer for each of the cast."""

import pytest
from _pytest.mark import ParameterSet

from tests.access import agreements, doors, feedback, pages, registry
from tests.access.rows import Row, at_gateway, at_service

MATRIX: dict[str, tuple[Row, ...]] = {
    "customers": (*at_service(registry.ROWS), *doors.CUSTOMERS, *doors.SERVICE),
    "contracts": (*at_service(agreements.ROWS), *doors.CONTRACTS, *doors.SERVICE),
    "feedback": (*at_service(feedback.ROWS), *doors.FEEDBACK, *doors.SERVICE),
    "gateway": (
        *at_gateway((*registry.ROWS, *agreements.ROWS, *feedback.ROWS)),
        *doors.GATEWAY,
    ),
    "web": pages.ROWS,
}
"""By deployable. At the gateway the nouns of the services are answered as the services answer them."""


def named_rows(*parts: str) -> list[ParameterSet]:
    """Return the rows of some deployables as a test's parameters, named by their request."""
    return [
        pytest.param(part, row, id=f"{part}: {row.method} {row.shown_path}")
        for part in parts
        for row in MATRIX[part]
    ]
