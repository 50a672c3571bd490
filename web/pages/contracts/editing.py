"""Writing a part of a contract year: guarded by the version that its writer saw."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from starlette.responses import Response

from web.forms import Form, new_key
from web.gateway import Refused
from web.page import Page
from web.pages.contracts.reads import Year
from web.viewer import Viewer

STALE = 412
# Empty places at the end of a list; saving and coming back gives more.
SPARE = 2
MOST = 50
Body = Mapping[str, object]


@dataclass(frozen=True)
class Edit:
    """A part of the year under the pen.

    Attributes:
        path: the part's address below the year, e.g. ``persons``.
        template: its page; it is shown ``year``, ``form`` and, after a stale edit, ``meanwhile``.
        anchor: where the part stands on the year's page.
        done: what is said after saving.
        values: what else the page shows.
    """

    path: str
    template: str
    anchor: str
    done: str
    values: Mapping[str, object]


async def year_to_edit(viewer: Viewer, contract_id: UUID, number: int, right: str) -> Year:
    """Return the year when the person may write it: ``right`` is edit_points or edit_terms.

    Raises:
        Refused: 409 when the year is frozen, 403 when it is not this person's to write.
    """
    year = await viewer.gateway.read(Year, f"/contracts/{contract_id}/years/{number}")
    if right not in year.allowed:
        raise Refused(403 if year.open else 409)
    return year


def show(
    page: Page, edit: Edit, year: Year, form: Form, *, status: int = 200, stale: bool = False
) -> Response:
    """Answer with the part's form."""
    return page.show(edit.template, None, status=status, year=year, form=form, stale=stale, **edit.values)


async def save(
    viewer: Viewer, page: Page, edit: Edit, year: Year, form: Form, body: Body, now: Body
) -> Response:
    """Save the part; faults come back in the form, a stale edit shows both texts.

    Args:
        year: the year as it is now, perhaps newer than the one that the form was made of.
        body: what the form says. now: what the year says, in the same shape.
    """
    if form.version != year.version:
        if body == now:  # sent twice: the first one went through
            return page.go(f"{year.path}#{edit.anchor}", page.text(edit.done))
        return _show_both(page, edit, year, form)
    try:
        await viewer.gateway.send(Year, f"{year.path}/{edit.path}", body, method="PUT", version=form.version)
    except Refused as refused:
        if refused.status == STALE:
            fresh = await viewer.gateway.read(Year, year.path)
            return _show_both(page, edit, fresh, form)
        if refused.status not in (409, 422):
            raise
        form.refuse(refused)
        return show(page, edit, year, form, status=refused.status)
    return page.go(f"{year.path}#{edit.anchor}", page.text(edit.done))


def _show_both(page: Page, edit: Edit, fresh: Year, form: Form) -> Response:
    """Answer with what is there now beside what was typed; saving it after all is the writer's choice."""
    again = Form(form.fields, key=new_key(), version=fresh.version)
    return show(page, edit, fresh, again, status=STALE, stale=True)


def places(form: Form, field: str) -> int:
    """Return how many places the posted list has; each has a ``field`` with its number."""
    numbers = [
        int(number)
        for name in form.fields
        if name.startswith(f"{field}_") and (number := name.removeprefix(f"{field}_")).isdecimal()
    ]
    return min(max(numbers, default=-1) + 1, MOST)


def with_spare(count: int) -> int:
    """Return how many places a list shows that has so many filled."""
    return min(count + SPARE, MOST)
