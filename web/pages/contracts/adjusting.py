"""Many prices of a year changed by one percentage: chosen, looked at, then saved (N1)."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from fastapi import APIRouter
from starlette.datastructures import FormData, UploadFile
from starlette.responses import Response

from chassis.languages import Language
from web.forms import Form, Posted, new_key
from web.gateway import Refused
from web.labels import LABELS
from web.page import Page, Shown
from web.pages.contracts.cost import Compared, compared
from web.pages.contracts.editing import STALE, year_to_edit
from web.pages.contracts.prices import MINUS, decimal_of, euros
from web.pages.contracts.reads import Line, Year
from web.pages.contracts.words import UNITS
from web.viewer import SignedIn, Viewer

router = APIRouter()
ADDRESS = "/contracts/{contract_id}/years/{year}/lines/adjust"
MOST_PERCENT, PERCENT_DECIMALS = 999, 2


@dataclass(frozen=True)
class Moved:
    """A price that would change."""

    line: Line
    before: str
    after: str
    yearly: Compared


@dataclass(frozen=True)
class Outcome:
    """What saving would do: which prices change, and what the year then costs beside what it costs now."""

    moved: tuple[Moved, ...]
    cost: Compared | None


@router.get(ADDRESS)
async def adjusting_form(
    viewer: SignedIn, page: Shown, contract_id: UUID, year: int, site: str = ""
) -> Response:
    """Show the form; ``site`` has chosen the sites with these words in their name."""
    found = await year_to_edit(viewer, contract_id, year, "edit_terms")
    chosen: list[tuple[str, str | UploadFile]] = [
        ("site_id", site_id) for site_id, name in _sites(found) if site and site.casefold() in name.casefold()
    ]
    return _show(page, found, Form(FormData(chosen), version=found.version))


@router.post(ADDRESS)
async def adjust_prices(
    viewer: SignedIn, page: Shown, contract_id: UUID, year: int, form: Posted
) -> Response:
    """Show what would change, or save it when ``save`` was pressed."""
    found = await year_to_edit(viewer, contract_id, year, "edit_terms")
    body = _body(page, form)
    if form.faulty:
        return _show(page, found, form, status=422)
    try:
        if not form.ticked("save"):
            return _show(page, found, form, outcome=await _outcome(viewer, page, found, form, body))
        await _send(viewer, found, form, body, dry_run=False)
    except Refused as refused:
        if refused.status == STALE:
            return await _again(viewer, page, found.path, form)
        if refused.status not in (409, 422):
            raise
        form.refuse(refused, {"services": "service", "site_ids": "site_id"})
        return _show(page, found, form, status=refused.status)
    return page.go(f"{found.path}?prices=changed#prices", page.text("Hinnat on muutettu."))


async def _outcome(viewer: Viewer, page: Page, year: Year, form: Form, body: Mapping[str, object]) -> Outcome:
    after = await _send(viewer, year, form, body, dry_run=True)
    cost = None
    if year.cost and after.cost:
        cost = compared(after.cost.total.amount, year.cost.total.amount, page.language)
    return Outcome(_moved(year, after, page.language), cost)


async def _send(viewer: Viewer, year: Year, form: Form, body: Mapping[str, object], *, dry_run: bool) -> Year:
    path = f"{year.path}/lines/adjust"
    if dry_run:
        return await viewer.gateway.send(Year, path, body, query={"dry_run": "true"}, version=year.version)
    return await viewer.gateway.send(Year, path, body, key=form.key, version=form.version or 0)


async def _again(viewer: Viewer, page: Page, path: str, form: Form) -> Response:
    """Answer with the choice as it was, on the year as it is now: what would change is looked at anew."""
    fresh = await viewer.gateway.read(Year, path)
    again = Form(form.fields, key=new_key(), version=fresh.version)
    again.message = page.text(
        "Sopimusvuosi muuttui sillä välin. Mitään ei tallennettu. "
        "Katso muutokset uudelleen ja tallenna sitten."
    )
    return _show(page, fresh, again, status=STALE)


def _show(
    page: Page, year: Year, form: Form, *, status: int = 200, outcome: Outcome | None = None
) -> Response:
    if outcome:  # what was looked at is what is saved
        form.version = year.version
    there = {line.service for line in year.lines}
    return page.show(
        "contracts/adjust.html",
        None,
        status=status,
        year=year,
        form=form,
        stale=False,
        services=[service for service in LABELS["service"] if service in there],
        sites=_sites(year),
        outcome=outcome,
        units=UNITS,
    )


def _sites(year: Year) -> list[tuple[str, str]]:
    """Return the year's sites with their names, by name."""
    return sorted(
        {line.site_id: line.site_name or "" for line in year.lines}.items(), key=lambda each: each[1]
    )


def _body(page: Page, form: Form) -> Mapping[str, object]:
    """Return what the form says; what is wrong goes to its field."""
    percent = percent_of(form.text("percent"))
    if percent is None:
        form.fail("percent", page.text("Anna prosentti numeroina, esimerkiksi 2,5 tai −1."))
    if not form.text("reason"):
        form.fail("reason", page.text("Kerro, miksi hinta muuttuu. Asiakas näkee syyn."))
    return {
        "services": form.texts("service"),
        "site_ids": form.texts("site_id"),
        "percent": f"{percent or 0:f}",
        "reason": form.text("reason"),
    }


def percent_of(typed: str) -> Decimal | None:
    """Return a typed change such as ``2,5`` or ``−1 %``; None when it is none or leaves nothing."""
    bare = typed.replace("%", "").strip()
    falls = bare[:1] in ("-", MINUS)
    value = decimal_of(bare[1:] if falls or bare[:1] == "+" else bare)
    if value is None or not value or round(value, PERCENT_DECIMALS) != value:
        return None
    if value >= (100 if falls else MOST_PERCENT + 1):
        return None
    return -value if falls else value


def _moved(year: Year, after: Year, language: Language) -> tuple[Moved, ...]:
    """Return the prices that differ, the largest difference of a year first."""
    moved = []
    for line in after.lines:
        was = year.line_of(line.id)
        if was and was.price and line.price and was.price != line.price:
            now, before = (each.yearly.amount if each.yearly else Decimal(0) for each in (line, was))
            told = Moved(
                line,
                euros(was.price.amount, language),
                euros(line.price.amount, language),
                compared(now, before, language),
            )
            moved.append((abs(now - before), told))
    return tuple(told for _, told in sorted(moved, key=lambda each: each[0], reverse=True))
