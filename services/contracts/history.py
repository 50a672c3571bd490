"""What the history of a contract year and of a milestone look like on the wire."""

from typing import Any

from chassis.schemas import Instant, View, example
from services.contracts import examples


class HistoryView(View):
    """One entry of a history."""

    model_config = example(examples.HISTORY_ENTRY)

    at: Instant
    """When it happened."""
    what: str
    """What happened."""
    by: str
    """Who did it."""
    before: dict[str, Any] | None  # Any: JSON as it was
    """The part as it was, in the form that it is read in."""
    after: dict[str, Any] | None  # Any: JSON as it became
    """The part as it became."""
