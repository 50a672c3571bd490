"""What a history tells of a list that was written anew: how many of its entries are other than before."""

from datetime import UTC, datetime

import pytest

from web.pages.contracts.reads import HistoryEntry
from web.pages.contracts.words import told

FOOD = {"id": "a", "service": "meals", "price": {"amount": "4.72"}}
FLOORS = {"id": "b", "service": "cleaning", "price": {"amount": "2.10"}}
DEARER = {**FOOD, "price": {"amount": "4.85"}}
ANNEX, OTHER = {"kind": "billing", "title": "Laskutus"}, {"kind": "other", "title": "Liite"}


@pytest.mark.parametrize(
    ("before", "after", "changed"),
    [
        ([FOOD, FLOORS], [DEARER, FLOORS], 1),
        ([FOOD], [FOOD, FLOORS], 1),
        ([FOOD, FLOORS], [FLOORS], 1),
        ([FOOD], [FLOORS], 2),
        ([ANNEX], [ANNEX, OTHER], 1),
        ([ANNEX], [OTHER], 1),
        (None, [ANNEX, OTHER], 2),
    ],
)
def test_only_what_is_other_than_before_is_counted(
    before: list[object] | None, after: list[object], changed: int
) -> None:
    entry = HistoryEntry(
        at=datetime(2026, 3, 10, tzinfo=UTC),
        what="lines_set",
        by="Oiva Vastaava",
        before=None if before is None else {"items": before},
        after={"items": after},
    )
    assert told([entry])[0].count == changed
