"""Many cases at once: taken up or given to a person, each by its own request."""

import asyncio
from collections.abc import Sequence
from typing import Literal

from fastapi import APIRouter
from starlette.responses import Response

from web.forms import Form, Posted
from web.gateway import PartMissing, Refused
from web.page import Shown
from web.pages.feedback.reads import CaseRow, is_id
from web.session import Tone, local_path
from web.viewer import SignedIn, Viewer

router = APIRouter()
MOST_AT_ONCE = 4  # requests under way at the same time
Outcome = Literal["done", "refused", "missing"]


@router.post("/cases/selected")
async def act_on_chosen(viewer: SignedIn, page: Shown, form: Posted) -> Response:
    """Do the same to every chosen case and tell how it went, back in the same list."""
    _ = page.text
    back = local_path(form.text("back"), "/cases")
    chosen = [case_id for case_id in dict.fromkeys(form.texts("case_id")) if is_id(case_id)]
    person = form.text("person_id")
    assigning = form.text("act") == "assign"
    if not chosen:
        return page.go(back, _("Valitse ensin vähintään yksi palaute."), "warning")
    if assigning and not person:
        return page.go(back, _("Valitse, kenelle palautteet siirretään."), "warning")
    outcomes = await _each(viewer, form, chosen, "assign" if assigning else "acknowledge", person)
    done, refused = outcomes.count("done"), outcomes.count("refused")
    missing = outcomes.count("missing")
    sentences = [
        (_("Siirretty: %(number)s.") if assigning else _("Otettu käsittelyyn: %(number)s."))
        % {"number": done}
    ]
    if refused:
        sentences.append(_("Jo aiemmin tehty tai ei sallittu: %(number)s.") % {"number": refused})
    if missing:
        sentences.append(_("Yhteys katkesi kesken, yritä uudelleen: %(number)s.") % {"number": missing})
    tone: Tone = "success" if not refused and not missing else "warning"
    return page.go(back, " ".join(sentences), tone)


async def _each(viewer: Viewer, form: Form, chosen: Sequence[str], verb: str, person: str) -> list[Outcome]:
    few = asyncio.Semaphore(MOST_AT_ONCE)
    body = {"person_id": person} if verb == "assign" else {}

    async def one(case_id: str) -> Outcome:
        async with few:
            try:
                # A key of its own for each: the same form sent again repeats only what was not done.
                await viewer.gateway.send(
                    CaseRow, f"/cases/{case_id}/{verb}", body, key=f"{form.key}-{case_id}"
                )
            except Refused:
                return "refused"
            except PartMissing:
                return "missing"
            return "done"

    return list(await asyncio.gather(*(one(case_id) for case_id in chosen)))
