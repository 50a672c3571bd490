"""What must be answered before all else: the critical cases that nobody has answered yet."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from web.gateway import Paged, Read, optional
from web.pages.feedback.reads import Counts, Handler, Named
from web.pages.feedback.views import works_on_cases
from web.viewer import Viewer

SHOWN = 5


class UrgentCase(Read):
    """A case that must be answered before all others."""

    id: str
    subject: str
    site: Named
    handler: Handler | None = None
    response_due_at: datetime | None = None


@dataclass(frozen=True)
class Urgent:
    """How many cases are urgent (``5``, ``1000+``), and the first of them."""

    count: int
    said: str
    cases: Sequence[UrgentCase]


async def urgent_for(viewer: Viewer, counted: Counts | None = None) -> Urgent | None:
    """Return the urgent cases that the viewer sees, the first due first; None when there are none.

    None for the customer's side too. The list is asked for only when ``counted``, or else a count, has some.
    """
    if not works_on_cases(viewer):
        return None
    if counted is None:
        asked = await optional(viewer.gateway.read(Counts, "/cases/counts", {"figures": ["urgent"]}))
        counted = asked.value
    if not counted or not counted.urgent:
        return None
    query = {"urgent": "true", "sort": "next_due", "limit": SHOWN}
    found = await optional(viewer.gateway.read(Paged[UrgentCase], "/cases", query))
    cases = found.value.items if found.value else ()
    return Urgent(counted.urgent, counted.said()["urgent"], cases)
