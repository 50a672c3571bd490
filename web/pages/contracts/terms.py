"""Promised times and annexes under the pen: each a whole list that is saved at once."""

from uuid import UUID

from fastapi import APIRouter
from starlette.responses import Response

from chassis.languages import Language
from web.forms import Form, Posted
from web.gateway import optional
from web.labels import LABELS
from web.page import Page, Shown
from web.pages.contracts.editing import Body, Edit, places, save, show, with_spare, year_to_edit
from web.pages.contracts.lengths import duration_of, typed_of
from web.pages.contracts.reads import Contract, Duration, Year
from web.pages.contracts.words import ANNEXES, BASES
from web.texts import mark
from web.viewer import SignedIn, Viewer

router = APIRouter()
SEVERITIES = tuple(LABELS["severity"])
SERVICES = tuple(LABELS["service"])


@router.get("/contracts/{contract_id}/years/{year}/annexes")
async def annexes_form(viewer: SignedIn, page: Shown, contract_id: UUID, year: int) -> Response:
    """Show the annexes to be edited."""
    found = await year_to_edit(viewer, contract_id, year, "edit_terms")
    values: dict[str, object] = {}
    for number, each in enumerate(found.annexes):
        values |= {f"kind_{number}": each.kind, f"title_{number}": each.title}
    return show(page, _annexes(len(found.annexes)), found, Form.blank(values, version=found.version))


@router.post("/contracts/{contract_id}/years/{year}/annexes")
async def set_annexes(viewer: SignedIn, page: Shown, contract_id: UUID, year: int, form: Posted) -> Response:
    """Save the annexes; a place without a kind and a title is left out."""
    found = await year_to_edit(viewer, contract_id, year, "edit_terms")
    count = places(form, "title")
    items: list[dict[str, object]] = []
    for number in range(count):
        kind, title = form.text(f"kind_{number}"), form.text(f"title_{number}")
        if not title:
            continue
        if kind not in ANNEXES:
            form.fail(f"kind_{number}", page.text("Valitse, mikä liite on."))
        items.append({"kind": kind, "title": title})
    edit = _annexes(count)
    if form.faulty:
        return show(page, edit, found, form, status=422)
    now = [each.model_dump() for each in found.annexes]
    return await save(viewer, page, edit, found, form, {"items": items}, {"items": now})


@router.get("/contracts/{contract_id}/years/{year}/targets")
async def targets_form(viewer: SignedIn, page: Shown, contract_id: UUID, year: int) -> Response:
    """Show the promised times to be edited."""
    found = await year_to_edit(viewer, contract_id, year, "edit_terms")
    values: dict[str, object] = {}
    for each in found.targets:
        place = f"{each.service}_{each.severity}"
        values |= _typed("response", place, each.response, page.language)
        if each.resolution:
            values |= _typed("resolution", place, each.resolution, page.language)
    edit = await _targets(viewer, found)
    return show(page, edit, found, Form.blank(values, version=found.version))


@router.post("/contracts/{contract_id}/years/{year}/targets")
async def set_targets(viewer: SignedIn, page: Shown, contract_id: UUID, year: int, form: Posted) -> Response:
    """Save the promised times; without times the producer's general promise holds."""
    found = await year_to_edit(viewer, contract_id, year, "edit_terms")
    edit = await _targets(viewer, found)
    items: list[dict[str, object]] = []
    for service in SERVICES:
        for severity in SEVERITIES:
            place = f"{service}_{severity}"
            response = _length(page, form, "response", place)
            resolution = _length(page, form, "resolution", place)
            if resolution and not response:
                form.fail(f"response_{place}", page.text("Anna myös vastauksen aika."))
            if response:
                items.append(
                    {
                        "service": service,
                        "severity": severity,
                        "response": response,
                        "resolution": resolution,
                    }
                )
    if form.faulty:
        return show(page, edit, found, form, status=422)
    order = {service: number for number, service in enumerate(SERVICES)}
    grave = {severity: number for number, severity in enumerate(SEVERITIES)}
    now = sorted(
        (each.model_dump() for each in found.targets),
        key=lambda each: (order.get(each["service"], 0), grave.get(each["severity"], 0)),
    )
    return await save(viewer, page, edit, found, form, {"items": items}, {"items": now})


def _annexes(count: int) -> Edit:
    return Edit(
        path="annexes",
        template="contracts/annexes.html",
        anchor="annexes",
        done=mark("Liitteet on tallennettu."),
        values={"count": with_spare(count), "kinds": ANNEXES},
    )


async def _targets(viewer: Viewer, year: Year) -> Edit:
    contract = await optional(viewer.gateway.read(Contract, f"/contracts/{year.contract_id}"))
    agreed = set(contract.value.services if contract.value else ())
    agreed |= {each.service for each in year.lines} | {each.service for each in year.targets}
    return Edit(
        path="targets",
        template="contracts/targets.html",
        anchor="targets",
        done=mark("Luvatut ajat on tallennettu."),
        values={
            "services": [each for each in SERVICES if each in agreed],
            "severities": SEVERITIES,
            "bases": BASES,
        },
    )


def _typed(promise: str, place: str, length: Duration, language: Language) -> dict[str, object]:
    return {
        f"{promise}_{place}": typed_of(length.duration, language),
        f"{promise}_basis_{place}": length.basis,
    }


def _length(page: Page, form: Form, promise: str, place: str) -> Body | None:
    """Return a typed length of time, None when the place is empty; a length not understood is a fault."""
    typed = form.text(f"{promise}_{place}")
    if not typed:
        return None
    duration = duration_of(typed)
    if duration is None:
        form.fail(f"{promise}_{place}", page.text("Anna aika muodossa 4 t, 2 pv tai 30 min."))
        return None
    basis = form.text(f"{promise}_basis_{place}")
    return {"basis": basis if basis in BASES else "business", "duration": duration}
