"""Asiakkaat and Asiakas: who the customers are and what goes on with each."""

import asyncio
from uuid import UUID

from fastapi import APIRouter
from starlette.responses import Response

from web.gateway import Paged, Read, optional
from web.page import Shown
from web.pages.registry import contact, sites
from web.pages.registry.people import people_of
from web.pages.registry.reads import Customer, Department, Named, Overview, Person
from web.viewer import SignedIn

router = APIRouter()
router.include_router(sites.router)
router.include_router(contact.router)
NAMED_PLACES = 6
"""So many sites and customers of a person are named; each is asked for."""


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


@router.get("/people/{person_id}")
async def person(viewer: SignedIn, page: Shown, person_id: UUID) -> Response:
    """Show how to reach a person, and for which sites and customers the person has which role."""
    found = await viewer.gateway.read(Person, f"/people/{person_id}")
    paths = list(dict.fromkeys(each.path for each in found.assignments if each.path))
    parts = await asyncio.gather(
        *(optional(viewer.gateway.read(Named, path)) for path in paths[:NAMED_PLACES])
    )
    names = {path: part.value.name for path, part in zip(paths, parts, strict=False) if part.value}
    return page.show("registry/person.html", person=found, names=names, more=len(paths) - len(parts))
