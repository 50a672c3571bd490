"""Responsible persons of both sides under the pen: picked from the registry, or typed."""

from collections.abc import Iterator, Mapping, Sequence
from uuid import UUID

from fastapi import APIRouter
from starlette.responses import Response

from web.forms import Form, Posted
from web.gateway import Paged, Part, Read, optional
from web.labels import LABELS
from web.page import Page, Shown
from web.pages.contracts.editing import MOST, Edit, places, save, show, with_spare, year_to_edit
from web.pages.contracts.reads import Year
from web.pages.contracts.words import PARTIES
from web.texts import mark
from web.viewer import SignedIn, Viewer

router = APIRouter()
ADDRESS = "/contracts/{contract_id}/years/{year}/persons"
CONTACTS_ASKED = 200


class Candidate(Read):
    """Somebody of the registry who works with agreements of the customer."""

    person_id: str
    name: str
    title: str = ""
    phone: str = ""
    email: str = ""
    role: str
    side: str


@router.get(ADDRESS)
async def persons_form(viewer: SignedIn, page: Shown, contract_id: UUID, year: int) -> Response:
    """Show the responsible persons to be edited, and those of the registry who could be."""
    found = await year_to_edit(viewer, contract_id, year, "edit_points")
    values: dict[str, object] = {}
    for number, each in enumerate(found.persons):
        values |= {f"{name}_{number}": value for name, value in each.model_dump().items()}
    edit = _edit(len(found.persons), found, await _registry(viewer, found))
    return show(page, edit, found, Form.blank(values, version=found.version))


@router.post(ADDRESS)
async def name_persons(viewer: SignedIn, page: Shown, contract_id: UUID, year: int, form: Posted) -> Response:
    """Save the responsible persons; a place without a name is left out, those picked come last."""
    found = await year_to_edit(viewer, contract_id, year, "edit_points")
    registry = await _registry(viewer, found)
    count = places(form, "name")
    typed = list(_typed(page, form, count, found))
    there = {each["person_id"] for each in typed}
    items = [
        *typed,
        *(each for each in _picked(page, form, registry) if each["person_id"] not in there),
    ]
    if len(items) > MOST:
        form.fail("pick", page.text("Vastuuhenkilöitä voi olla enintään 50."))
    edit = _edit(count, found, registry)
    if form.faulty:
        return show(page, edit, found, form, status=422)
    now = [
        {**each.model_dump(), "phone": each.phone or "", "email": each.email or ""} for each in found.persons
    ]
    return await save(viewer, page, edit, found, form, {"items": items}, {"items": now})


async def _registry(viewer: Viewer, year: Year) -> Part[Paged[Candidate]]:
    query = {"customer_id": year.customer.id, "level": "contract", "limit": CONTACTS_ASKED}
    return await optional(viewer.gateway.read(Paged[Candidate], "/contacts", query))


def candidates(year: Year, contacts: Sequence[Candidate]) -> list[Candidate]:
    """Return those who are not named yet, each once, the customer's first, by name."""
    named = {each.person_id for each in year.persons}
    people = {each.person_id: each for each in reversed(contacts) if each.person_id not in named}
    return sorted(people.values(), key=lambda each: (each.side, each.name))


def _typed(page: Page, form: Form, count: int, year: Year) -> Iterator[Mapping[str, object]]:
    """Give the places that have a name; what one lacks goes to its field."""
    for number in range(count):
        name, role, party = (form.text(f"{field}_{number}") for field in ("name", "role", "party"))
        if not name:
            if role or form.text(f"phone_{number}") or form.text(f"email_{number}"):
                form.fail(f"name_{number}", page.text("Kirjoita nimi tai tyhjennä koko kohta."))
            continue
        if party not in PARTIES:
            form.fail(f"party_{number}", page.text("Valitse, kumpi osapuoli vastaa."))
        if not role:
            form.fail(f"role_{number}", page.text("Kirjoita tehtävä, esimerkiksi sopimusyhteyshenkilö."))
        yield {
            "party": party,
            "role": role,
            "person_id": _same_person(year, form.text(f"person_id_{number}"), name),
            "name": name,
            "phone": form.text(f"phone_{number}"),
            "email": form.text(f"email_{number}"),
        }


def _same_person(year: Year, person_id: str, name: str) -> str | None:
    """Return the id of the registry that came with a place, unless another name was typed over it."""
    named = {(each.person_id, each.name) for each in year.persons}
    return person_id if (person_id, name) in named else None


def _picked(page: Page, form: Form, registry: Part[Paged[Candidate]]) -> Iterator[Mapping[str, object]]:
    """Give those who were ticked, as the registry tells of them."""
    known = {each.person_id: each for each in reversed(registry.value.items)} if registry.value else {}
    for person_id in dict.fromkeys(form.texts("pick")):
        one = known.get(person_id)
        if one is None:
            form.fail("pick", page.text("Rekisteristä ei löytynyt valittua henkilöä. Valitse uudelleen."))
            continue
        yield {
            "party": one.side,
            "role": one.title or _role(one.role),
            "person_id": one.person_id,
            "name": one.name,
            "phone": one.phone,
            "email": one.email,
        }


def _role(code: str) -> str:
    """Return the word for a role as a contract says it: in Finnish, whoever writes."""
    label = LABELS["role"].get(code)
    return label.word if label else code


def _edit(count: int, year: Year, registry: Part[Paged[Candidate]]) -> Edit:
    return Edit(
        path="persons",
        template="contracts/persons.html",
        anchor="persons",
        done=mark("Vastuuhenkilöt on tallennettu."),
        values={
            "count": with_spare(count),
            "parties": PARTIES,
            "candidates": candidates(year, registry.value.items) if registry.value else [],
            "registry_missing": registry.missing,
        },
    )
