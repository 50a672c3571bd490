"""Asiakkaat and Asiakas: who the customers are and what goes on with each."""

import asyncio
from uuid import UUID

from fastapi import APIRouter
from starlette.responses import Response

from web.gateway import Paged, Read, optional
from web.labels import LABELS
from web.page import Shown
from web.pages.registry import contact, sites
from web.pages.registry.people import people_of
from web.pages.registry.reads import Customer, Department, Named, Overview, Person, PersonRow
from web.pages.registry.roles import absences_ahead, roles_of
from web.viewer import SignedIn

router = APIRouter()
router.include_router(sites.router)
router.include_router(contact.router)
NAMED_PLACES = 6
"""So many sites and customers of a person are named; each is asked for."""
PEOPLE_SHOWN = 25


class Departments(Read):
    """The departments to filter by."""

    items: tuple[Department, ...] = ()


@router.get("/customers")
async def customers(
    viewer: SignedIn, page: Shown, q: str = "", department_id: str = "", kind: str = "", cursor: str = ""
) -> Response:
    """List the customers that the person sees."""
    query = {"q": q.strip(), "department_id": department_id, "kind": kind, "cursor": cursor}
    found, departments = await asyncio.gather(
        viewer.gateway.read(Paged[Customer], "/customers", query),
        optional(viewer.gateway.read(Departments, "/departments")),
    )
    return page.show(
        "registry/customers.html",
        "registry/_customers.html",
        found=found,
        departments=departments.value.items if departments.value else (),
        q=q,
        department_id=department_id,
        kind=kind,
        cursor=cursor,
    )


@router.get("/customers/{customer_id}")
async def customer(viewer: SignedIn, page: Shown, customer_id: UUID) -> Response:
    """Show a customer: people on both sides, contract year, open matters, next steps, sites."""
    overview = await viewer.gateway.read(Overview, f"/customers/{customer_id}/overview")
    contacts = overview.contacts or ()
    return page.show(
        "registry/customer.html",
        overview=overview,
        customer=overview.customer,
        producer_people=people_of(contacts, side="producer"),
        customer_people=people_of(contacts, side="customer"),
    )


@router.get("/people")
async def people(viewer: SignedIn, page: Shown, q: str = "", role: str = "", cursor: str = "") -> Response:
    """List people by name, found by words or by a role that they have today."""
    role = role if role in LABELS["role"] else ""
    query = {"q": q.strip(), "role": role, "cursor": cursor, "limit": PEOPLE_SHOWN}
    found = await viewer.gateway.read(Paged[PersonRow], "/people", query)
    rows = [
        (each, [held.role for held in roles_of(each.assignments, page.today)["today"]])
        for each in found.items
    ]
    return page.show(
        "registry/people.html",
        "registry/_person_rows.html",
        found=found,
        rows=rows,
        q=q.strip(),
        role=role,
        cursor=cursor,
    )


@router.get("/people/{person_id}")
async def person(viewer: SignedIn, page: Shown, person_id: UUID) -> Response:
    """Show how to reach a person, which roles the person has, had or will have where, and when away."""
    found = await viewer.gateway.read(Person, f"/people/{person_id}")
    roles = roles_of(found.assignments, page.today)
    paths = list(dict.fromkeys(path for held in roles.values() for each in held for path in each.paths))
    parts = await asyncio.gather(
        *(optional(viewer.gateway.read(Named, path)) for path in paths[:NAMED_PLACES])
    )
    names = {path: part.value.name for path, part in zip(paths, parts, strict=False) if part.value}
    return page.show(
        "registry/person.html",
        person=found,
        roles=roles,
        absences=absences_ahead(found, page.today),
        names=names,
        more=len(paths) - len(parts),
        staff=viewer.is_staff,
    )
