"""The six points of a contract year under the pen, one at a time."""

from uuid import UUID

from fastapi import APIRouter
from starlette.responses import Response

from web.forms import Form, Posted
from web.gateway import Refused
from web.page import Shown
from web.pages.contracts.editing import Body, Edit, save, show, year_to_edit
from web.pages.contracts.reads import Point, Year
from web.pages.contracts.words import PARTIES
from web.texts import mark
from web.viewer import SignedIn

router = APIRouter()


@router.get("/contracts/{contract_id}/years/{year}/points/{point}")
async def point_form(viewer: SignedIn, page: Shown, contract_id: UUID, year: int, point: str) -> Response:
    """Show the form of a point."""
    found = await year_to_edit(viewer, contract_id, year, "edit_points")
    written = _point(found, point)
    owner = written.owner
    values = {
        "party": owner.party if owner else found.acts_for,
        "owner": owner.name if owner else None,
        "text": written.text,
    }
    return show(page, _edit(written), found, Form.blank(values, version=found.version))


@router.post("/contracts/{contract_id}/years/{year}/points/{point}")
async def write_point(
    viewer: SignedIn, page: Shown, contract_id: UUID, year: int, point: str, form: Posted
) -> Response:
    """Save what the point says."""
    found = await year_to_edit(viewer, contract_id, year, "edit_points")
    written = _point(found, point)
    if form.text("party") not in PARTIES:
        form.fail("party", page.text("Valitse, kumpi osapuoli vastaa."))
    if not form.text("owner"):
        form.fail("owner", page.text("Kirjoita vastaajan nimi."))
    if not form.text("text"):
        form.fail("text", page.text("Kirjoita, mitä on sovittu."))
    if form.faulty:
        return show(page, _edit(written), found, form, status=422)
    return await save(viewer, page, _edit(written), found, form, _typed(found, form), _body(written))


def _point(year: Year, code: str) -> Point:
    point = year.point_of(code)
    if point is None:
        raise Refused(404)
    return point


def _edit(point: Point) -> Edit:
    return Edit(
        path=f"points/{point.point}",
        template="contracts/point.html",
        anchor=f"point-{point.point}",
        done=mark("Kohta on tallennettu."),
        values={"code": point.point, "parties": PARTIES},
    )


def _typed(year: Year, form: Form) -> Body:
    """Return what the form says; a named responsible person is told by id."""
    party, name = form.text("party"), form.text("owner")
    known = next((each.person_id for each in year.persons if (each.party, each.name) == (party, name)), None)
    kept = next(
        (each.owner.person_id for each in year.points if each.owner and each.owner.name == name), None
    )
    owner = {"party": party, "name": name, "person_id": known or kept}
    return {"owner": owner, "text": form.text("text")}


def _body(point: Point) -> Body:
    owner = point.owner
    return {
        "owner": {"party": owner.party, "name": owner.name, "person_id": owner.person_id} if owner else None,
        "text": point.text,
    }
