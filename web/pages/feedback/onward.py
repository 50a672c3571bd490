"""From one case to the next: the list that a case was opened from goes on where its reader is."""

from urllib.parse import parse_qsl, urlsplit

from web.gateway import Paged, optional
from web.pages.feedback.reads import CaseRow
from web.pages.feedback.views import question_of
from web.viewer import Viewer


async def following(viewer: Viewer, listed: str, case_id: str) -> CaseRow | None:
    """Return the case after this one on the page of the list, as its address asks; None at its end.

    A case that is not on the page any more is followed by the first one.
    """
    asked = question_of(viewer, dict(parse_qsl(urlsplit(listed).query)))
    found = await optional(viewer.gateway.read(Paged[CaseRow], "/cases", asked.api))
    rows = found.value.items if found.value else ()
    places = {row.id: place for place, row in enumerate(rows)}
    after = rows[places.get(case_id, -1) + 1 :]
    return next(iter(after), None)
