"""What the history of a contract year and of a milestone look like on the wire."""

from typing import Any

from chassis.schemas import Instant, View, example
from services.contracts import examples


class HistoryView(View):
    """One entry of a history."""

    model_config = example(examples.HISTORY_ENTRY)

    at: Instant
    what: str
    by: str
    before: dict[str, Any] | None  # Any: JSON as it was
    after: dict[str, Any] | None  # Any: JSON as it became
