"""From one case to the next: the list that a case was opened from goes on where its reader is."""

from dataclasses import dataclass
from urllib.parse import parse_qsl, urlsplit

from web.gateway import Paged, optional
from web.page import Page
from web.pages.feedback.reads import CaseRow
from web.pages.feedback.views import question_of
from web.texts import mark
from web.viewer import Viewer


@dataclass(frozen=True)
class Onward:
    """Where a reader of a list goes on, and what is said there."""

    address: str
    words: str


async def onward(viewer: Viewer, page: Page, listed: str, case_id: str) -> Onward | None:
    """Return where the list goes on after a case: the next case of its page, its next page, or its beginning.

    A case that is not on the page any more is followed by the first one. None when the list cannot be read.
    """
    asked = question_of(viewer, dict(parse_qsl(urlsplit(listed).query)))
    found = (await optional(viewer.gateway.read(Paged[CaseRow], "/cases", asked.api))).value
    if found is None:
        return None
    places = {row.id: place for place, row in enumerate(found.items)}
    for row in found.items[places.get(case_id, -1) + 1 :]:
        return Onward(page.link(f"/cases/{row.id}", back=listed), mark("Tämä on listan seuraava."))
    if found.next:
        return Onward(page.link("/cases", **asked.address, cursor=found.next), mark("Lista jatkuu tästä."))
    return Onward(listed, mark("Se oli listan viimeinen."))
