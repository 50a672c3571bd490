"""What must be answered before all else: the critical cases that nobody has answered yet."""

from collections.abc import Sequence
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


async def urgent_for(viewer: Viewer, counted: Counts | None = None) -> Sequence[UrgentCase]:
    """Return the urgent cases that the viewer sees, the first due first; none for the customer's side.

    Nearly always there are none: the list is asked for only when ``counted``, or else a count, has some.
    """
    if not works_on_cases(viewer):
        return ()
    if counted is None:
        asked = await optional(viewer.gateway.read(Counts, "/cases/counts", {"figures": ["urgent"]}))
        counted = asked.value
    if not counted or not counted.urgent:
        return ()
    query = {"urgent": "true", "sort": "next_due", "limit": SHOWN}
    found = await optional(viewer.gateway.read(Paged[UrgentCase], "/cases", query))
    return found.value.items if found.value else ()
