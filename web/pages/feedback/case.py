"""Palaute: one case with its clock, its conversation, its people and what can be done next."""

from collections.abc import Mapping
from uuid import UUID

from fastapi import APIRouter
from starlette.responses import Response

from web.forms import Form
from web.gateway import Part, optional
from web.page import Page, Shown
from web.pages.feedback.conversation import conversation_of, turns_of
from web.pages.feedback.log import told
from web.pages.feedback.people import handlers_for
from web.pages.feedback.reads import Case, CaseClock, CaseWithClock
from web.pages.feedback.strip import draw
from web.pages.feedback.views import list_address, works_on_cases
from web.viewer import SignedIn, Viewer

router = APIRouter()
SEVERITIES = ("low", "normal", "high", "critical")
# The forms of the page; the box for writing serves answering, asking and resolving alike.
FORMS = ("write", "notes", "reopen", "assign", "severity", "acknowledge", "resume", "close")


@router.get("/cases/{case_id}")
async def show(case_id: UUID, viewer: SignedIn, page: Shown, back: str = "") -> Response:
    """Show the case; ``back`` is the list that it was opened from."""
    return await show_case(viewer, page, case_id, back=back)


@router.get("/cases/{case_id}/news")
async def changes(
    case_id: UUID, viewer: SignedIn, page: Shown, version: int = 0, messages: int = 0
) -> Response:
    """Show what changed since the page was shown, in place; nothing when nothing did.

    What a person is writing stays as it is: only the parts that tell are renewed.
    """
    case = await viewer.gateway.read(Case, f"/cases/{case_id}")
    if case.version == version:
        return Response(status_code=204)
    clock = await optional(viewer.gateway.read(CaseClock, f"/cases/{case_id}/clock"))
    works = works_on_cases(viewer)
    return page.show(
        "feedback/_case_news.html",
        case=case,
        clock=clock,
        strip=draw(clock.value) if clock.value else None,
        conversation=conversation_of(case, works=works),
        history=told(case),
        works=works,
        me=viewer.person.person_id,
        fresh=list(case.messages_after(messages)),
    )


@router.get("/cases/{case_id}/earlier")
async def earlier(case_id: UUID, viewer: SignedIn, page: Shown, before: int = 1) -> Response:
    """Show the messages before an entry of a case that has very many."""
    case = await viewer.gateway.read(Case, f"/cases/{case_id}", {"before": str(max(before, 1))})
    return page.show("feedback/earlier.html", case=case, turns=turns_of(case, works=works_on_cases(viewer)))


async def show_case(
    viewer: Viewer,
    page: Page,
    case_id: UUID,
    *,
    given: Mapping[str, Form] | None = None,
    back: str = "",
    status: int = 200,
) -> Response:
    """Answer with the case's page; ``given`` are forms that came back with faults."""
    case = await viewer.gateway.read(CaseWithClock, f"/cases/{case_id}", {"include": "clock"})
    clock = Part(case.clock, missing=case.clock is None)
    works = works_on_cases(viewer)
    people = await handlers_for(viewer) if "assign" in case.allowed and viewer.is_staff else ()
    return page.show(
        "feedback/case.html",
        status=status,
        case=case,
        clock=clock,
        strip=draw(clock.value) if clock.value else None,
        conversation=conversation_of(case, works=works),
        history=told(case),
        people=people,
        severities=SEVERITIES,
        forms=forms_of(case, given or {}),
        works=works,
        back=list_address(back),
        me=viewer.person.person_id,
    )


def forms_of(case: Case, given: Mapping[str, Form]) -> dict[str, Form]:
    """Return the page's forms: those that came back, and fresh ones at the case's present version."""
    fresh = {name: Form.blank(version=case.version) for name in FORMS}
    fresh["severity"] = Form.blank({"severity": case.severity}, version=case.version)
    return {**fresh, **given}
