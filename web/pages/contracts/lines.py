"""Services and prices of a site under the pen; a price that changes is explained (N1)."""

from decimal import Decimal
from uuid import UUID

from fastapi import APIRouter
from starlette.responses import Response

from web.forms import Form, Posted
from web.gateway import Paged, Refused, optional
from web.labels import LABELS
from web.page import Page, Shown
from web.pages.contracts.editing import Edit, save, show, year_to_edit
from web.pages.contracts.prices import decimal_of, number, price_row
from web.pages.contracts.reads import Line, Named, Year
from web.pages.contracts.words import UNITS
from web.texts import mark
from web.viewer import SignedIn, Viewer

router = APIRouter()
SERVICES = tuple(LABELS["service"])
ALL_SITES = 200
PRICE_DECIMALS, QUANTITY_DECIMALS = 4, 2
BELOW = {"price": 10**8, "quantity": 10**12}
"""What the contracts service takes is less than this."""
NEW = "new"
Entry = dict[str, object]


@router.get("/contracts/{contract_id}/years/{year}/lines/{line_id}")
async def line_form(viewer: SignedIn, page: Shown, contract_id: UUID, year: int, line_id: str) -> Response:
    """Show the form of a line; ``new`` adds one."""
    found = await year_to_edit(viewer, contract_id, year, "edit_terms")
    line = _line(found, line_id)
    values: dict[str, object] = {}
    if line:
        values = {
            "standard": line.standard,
            "price": number(line.price.amount, page.language, 2) if line.price else None,
            "unit": line.unit,
            "quantity": number(line.quantity, page.language),
            "change_reason": line.change_reason,
        }
    return show(
        page, await _edit(viewer, page, found, line), found, Form.blank(values, version=found.version)
    )


@router.post("/contracts/{contract_id}/years/{year}/lines/{line_id}")
async def write_line(
    viewer: SignedIn, page: Shown, contract_id: UUID, year: int, line_id: str, form: Posted
) -> Response:
    """Save a line, or remove it when ``remove`` was pressed."""
    found = await year_to_edit(viewer, contract_id, year, "edit_terms")
    line = _line(found, line_id)
    edit = await _edit(viewer, page, found, line)
    there = [_sent(each) for each in found.lines]
    if line and form.ticked("remove"):
        kept = [each for each in there if each["id"] != line.id]
        return await save(viewer, page, edit, found, form, {"items": kept}, {"items": there})
    entry = _entry(page, form, found, line)
    if form.faulty:
        return show(page, edit, found, form, status=422)
    items = [entry if line and each["id"] == line.id else each for each in there]
    if line is None:
        items.append(entry)
    return await save(viewer, page, edit, found, form, {"items": items}, {"items": there})


def _line(year: Year, line_id: str) -> Line | None:
    """Return the line of the address, None for a new one; 404 when there is none."""
    line = year.line_of(line_id)
    if line is None and line_id != NEW:
        raise Refused(404)
    return line


async def _edit(viewer: Viewer, page: Page, year: Year, line: Line | None) -> Edit:
    sites: tuple[Named, ...] = ()
    if line is None:
        query = {"customer_id": year.customer.id, "limit": ALL_SITES}
        answer = await optional(viewer.gateway.read(Paged[Named], "/sites", query))
        sites = answer.value.items if answer.value else ()
    return Edit(
        path="lines",
        template="contracts/line.html",
        anchor="prices",
        done=mark("Palvelut ja hinnat on tallennettu."),
        values={
            "line": line,
            "row": price_row(line, page.language) if line else None,
            "sites": sites,
            "services": SERVICES,
            "units": UNITS,
        },
    )


def _entry(page: Page, form: Form, year: Year, line: Line | None) -> Entry:
    """Return the line that the form says; what is wrong goes to its field."""
    site_id = line.site_id if line else form.text("site_id")
    service = line.service if line else form.text("service")
    if not site_id:
        form.fail("site_id", page.text("Valitse kohde."))
    if service not in SERVICES:
        form.fail("service", page.text("Valitse palvelu."))
    if line is None and any((each.site_id, each.service) == (site_id, service) for each in year.lines):
        form.fail("service", page.text("Tällä kohteella on jo tämä palvelu."))
    if not form.text("standard"):
        form.fail("standard", page.text("Kirjoita laatutaso, esimerkiksi koululounas, kaksi vaihtoehtoa."))
    price = _decimal(
        form,
        "price",
        PRICE_DECIMALS,
        page.text("Anna hinta euroina, esimerkiksi 4,85, ja vähemmän kuin 100 000 000."),
    )
    if form.text("unit") not in UNITS:
        form.fail("unit", page.text("Valitse, mistä hinta on."))
    quantity = _decimal(
        form, "quantity", QUANTITY_DECIMALS, page.text("Anna määrä numeroina, esimerkiksi 41 200.")
    )
    before = line.previous_price.amount if line and line.previous_price else None
    reason = form.text("change_reason")
    if before is not None and price is not None and price != before and not reason:
        form.fail("change_reason", page.text("Kerro, miksi hinta muuttuu. Asiakas näkee syyn."))
    return {
        "id": line.id if line else None,
        "site_id": site_id,
        "service": service,
        "standard": form.text("standard"),
        "price": _money(price or Decimal(0)),
        "unit": form.text("unit"),
        "quantity": _plain(quantity or Decimal(0)),
        "previous_price": None if before is None else _money(before),
        "previous_quantity": _before(line),
        "change_reason": reason or None,
    }


def _decimal(form: Form, field: str, decimals: int, words: str) -> Decimal | None:
    value = decimal_of(form.text(field))
    if value is None or round(value, decimals) != value or value >= BELOW[field]:
        form.fail(field, words)
        return None
    return value


def _sent(line: Line) -> Entry:
    """Return a line in the shape in which it is sent."""
    return {
        "id": line.id,
        "site_id": line.site_id,
        "service": line.service,
        "standard": line.standard,
        "price": _money(line.price.amount) if line.price else None,
        "unit": line.unit,
        "quantity": _plain(line.quantity),
        "previous_price": _money(line.previous_price.amount) if line.previous_price else None,
        "previous_quantity": _before(line),
        "change_reason": line.change_reason,
    }


def _before(line: Line | None) -> str | None:
    return _plain(line.previous_quantity) if line and line.previous_quantity is not None else None


def _money(amount: Decimal) -> Entry:
    return {"amount": _plain(amount), "currency": "EUR"}


def _plain(value: Decimal) -> str:
    """Return a decimal without needless zeros: 4.850 is 4.85, 400 is 400."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
