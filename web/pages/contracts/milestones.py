"""A step of the annual clock: what it is, what became of it, and changes of the plan. Calendars link here."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal
from uuid import UUID

from fastapi import APIRouter
from starlette.responses import Response

from web.forms import Form, Posted, new_key
from web.gateway import Refused
from web.page import Page, Shown
from web.pages.contracts.clock import address_of, question_in, show_clock
from web.pages.contracts.reads import WholeMilestone
from web.pages.contracts.words import told
from web.texts import mark
from web.viewer import SignedIn, Viewer

router = APIRouter()
STALE = 412
OUTCOMES = ("met", "partially_met", "not_met")
ActName = Literal["actual", "move", "cancel", "restore"]


@dataclass(frozen=True)
class Act:
    """What is done to a milestone: its body, the form's field of each API field, the words afterwards."""

    done: str
    body: Callable[[Form], Mapping[str, object]]
    fields: Mapping[str, str]


ACTS: Mapping[ActName, Act] = {
    "actual": Act(
        mark("Toteuma on kirjattu."),
        lambda form: {
            "actual_on": form.text("actual_on") or None,
            "status": form.text("outcome"),
            "note": form.text("note") or None,
        },
        {"status": "outcome", "": "actual_on"},
    ),
    "move": Act(
        mark("Uusi päivä on tallennettu. Kalentereihin se tulee itsestään."),
        lambda form: {"due": form.text("due"), "reason": form.text("move_reason")},
        {"reason": "move_reason"},
    ),
    "cancel": Act(
        mark("Vaihe on peruttu. Kalentereissa se näkyy peruttuna."),
        lambda form: {"reason": form.text("cancel_reason")},
        {"reason": "cancel_reason"},
    ),
    "restore": Act(
        mark("Vaihe on taas suunnitelmassa."),
        lambda form: {"reason": form.text("restore_reason")},
        {"reason": "restore_reason"},
    ),
}


@router.get("/milestones/{milestone_id}")
async def milestone(viewer: SignedIn, page: Shown, milestone_id: UUID) -> Response:
    """Show the milestone."""
    return await _show(viewer, page, milestone_id)


@router.get("/milestones/{milestone_id}/actual")
async def actual_form(viewer: SignedIn, page: Shown, milestone_id: UUID, view: str = "") -> Response:
    """Show only the form of what happened; ``view`` is the clock's query to come back to."""
    found = await viewer.gateway.read(WholeMilestone, f"/milestones/{milestone_id}")
    if "actual" not in found.allowed:
        raise Refused(403 if found.status != "cancelled" else 409)
    form = _actual(page, found)
    asked = question_in(page, view)
    if asked and page.wants_fragment:
        return await show_clock(viewer, page, asked, entry=_entry(page, found, form, view))
    return _show_actual(page, found, form, view)


@router.post("/milestones/{milestone_id}/{act}")
async def act(viewer: SignedIn, page: Shown, milestone_id: UUID, act: ActName, form: Posted) -> Response:
    """Do one thing to the milestone; faults come back in their form, a stale one with what is there now."""
    _check(page, act, form)
    refused: Refused | None = None
    if not form.faulty:
        chosen = ACTS[act]
        try:
            await viewer.gateway.send(
                WholeMilestone,
                f"/milestones/{milestone_id}/{act}",
                chosen.body(form),
                key=form.key,
                version=form.version,
            )
        except Refused as error:
            if error.status not in (409, STALE, 422):
                raise
            form.refuse(error, chosen.fields)
            refused = error
    if form.faulty or refused:
        return await _show_again(viewer, page, milestone_id, act, form, refused.status if refused else 422)
    asked = question_in(page, form.text("view"))
    if asked and page.wants_fragment:
        response = await show_clock(viewer, page, asked, saved=str(milestone_id))
        response.headers["HX-Retarget"] = "#clock"
        return response
    back = f"{address_of(page, asked)}#milestone-{milestone_id}" if asked else f"/milestones/{milestone_id}"
    return page.go(back, page.text(ACTS[act].done))


def _check(page: Page, act: ActName, form: Form) -> None:
    """Say what is missing before anything is sent."""
    match act:
        case "actual":
            if form.text("outcome") not in OUTCOMES:
                form.fail("outcome", page.text("Valitse, miten kävi."))
            _check_day(page, form, "actual_on", needed=form.text("outcome") != "not_met")
        case "move":
            _check_day(page, form, "due", needed=True)
            if not form.text("move_reason"):
                form.fail("move_reason", page.text("Kerro, miksi päivä muuttuu."))
        case "cancel":
            if not form.text("cancel_reason"):
                form.fail("cancel_reason", page.text("Kerro, miksi vaihetta ei tarvita."))
        case "restore":
            if not form.text("restore_reason"):
                form.fail("restore_reason", page.text("Kerro, miksi vaihe palautetaan."))


def _check_day(page: Page, form: Form, field: str, *, needed: bool) -> None:
    if not form.text(field):
        if needed:
            form.fail(field, page.text("Anna päivä."))
        return
    try:
        date.fromisoformat(form.text(field))
    except ValueError:
        form.fail(field, page.text("Anna päivä muodossa vuosi-kuukausi-päivä, esimerkiksi 2026-03-27."))


async def _show_again(
    viewer: Viewer, page: Page, milestone_id: UUID, act: ActName, form: Form, status: int
) -> Response:
    """Answer with the form that came back, at the milestone's present version."""
    found = await viewer.gateway.read(WholeMilestone, f"/milestones/{milestone_id}")
    again = Form(form.fields, key=new_key(), version=found.version)
    again.errors, again.message = form.errors, form.message
    if status == STALE:
        again.message = page.text(
            "Joku muu ehti muuttaa vaihetta, eikä mitään tallennettu. "
            "Katso, miten asia nyt on, ja päätä sitten."
        )
    if act == "actual" and form.text("view"):
        return _show_actual(page, found, again, form.text("view"), status=status, stale=status == STALE)
    return await _show(viewer, page, milestone_id, found, given={act: again}, status=status)


def _show_actual(
    page: Page, found: WholeMilestone, form: Form, view: str, *, status: int = 200, stale: bool = False
) -> Response:
    values = _entry(page, found, form, view, stale=stale)
    return page.show("contracts/actual.html", "contracts/_actual.html", status=status, **values)


def _entry(
    page: Page, found: WholeMilestone, form: Form, view: str, *, stale: bool = False
) -> Mapping[str, object]:
    """Return what the form of what happened is made of."""
    asked = question_in(page, view)
    return {
        "milestone": found,
        "form": form,
        "outcomes": OUTCOMES,
        "view": view if asked else "",
        "back": address_of(page, asked) if asked else f"/milestones/{found.id}",
        "stale": stale,
    }


async def _show(
    viewer: Viewer,
    page: Page,
    milestone_id: UUID,
    found: WholeMilestone | None = None,
    *,
    given: Mapping[ActName, Form] | None = None,
    status: int = 200,
) -> Response:
    found = found or await viewer.gateway.read(WholeMilestone, f"/milestones/{milestone_id}")
    forms: dict[ActName, Form] = {
        "actual": _actual(page, found),
        "move": Form.blank({"due": found.due.isoformat()}, version=found.version),
        "cancel": Form.blank(version=found.version),
        "restore": Form.blank(version=found.version),
        **(given or {}),
    }
    return page.show(
        "contracts/milestone.html",
        status=status,
        milestone=found,
        history=told(found.history),
        forms=forms,
        given=set(given or {}),
        outcomes=OUTCOMES,
    )


def _actual(page: Page, found: WholeMilestone) -> Form:
    """Return the form of what happened: an earlier entry is there to be corrected, else today is offered."""
    recorded = found.status in OUTCOMES
    day = found.actual_on if recorded else page.today
    values = {
        "actual_on": day.isoformat() if day else None,
        "outcome": found.status if recorded else None,
        "note": found.actual_note,
    }
    return Form.blank(values, version=found.version)
