"""Rows of the contracts service's nouns; the gateway answers the same."""

from tests.access.cast import MANAGER_EDITS, OF_THE_SCHOOL, SIGNED_IN, SIGNED_IN_ADDS, answers
from tests.access.rows import Json, Row, delete, get, post, put

#                                 nob | con hea str | sup han acc man adm | out cli
MANAGER_ADDS_CONTRACT = answers(" 401 | 403 403 403 | 403 403 201 403 201 | 403 403")
MANAGER_DRAFTS = answers("        401 | 403 403 404 | 403 403 201 403 201 | 404 403")
PARTIES_READ = answers("          401 | 200 403 404 | 200 200 200 200 200 | 404 200")
# A site's people see a year once it is signed.
WRITES_DRAFT = answers("          401 | 200 404 404 | 403 403 200 403 200 | 404 403")
EDITS_DRAFT = answers("           401 | 403 404 404 | 403 403 200 403 200 | 404 403")
SUBMITS = answers("               401 | 403 404 404 | 403 403 200 200 200 | 404 403")
PROPOSES = answers("              401 | 200 404 404 | 403 403 200 200 200 | 404 403")
CONSENTS = answers("              401 | 200 404 404 | 403 403 200 200 403 | 404 403")
TERMINATES = answers("            401 | 403 403 404 | 403 403 200 200 403 | 404 403")
GENERATES = answers("             401 | 403 403 403 | 403 403 200 403 200 | 403 403")
RECORDS = answers("               401 | 200 403 404 | 403 403 200 200 200 | 404 403")
MAKERS_ONLY = answers("           401 | 404 204 404 | 404 404 404 404 404 | 404 404")

YEAR = "/contracts/{contract_id}/years/{year}"
MILESTONE = "/milestones/{milestone_id}"
_OWNER = {"party": "producer", "name": "Oiva Vuori"}
_LINE = {
    "site_id": "{site_id}",
    "service": "meals",
    "standard": "Ateriastandardi B",
    "price": {"amount": "4.40", "currency": "EUR"},
    "unit": "meal",
    "quantity": "40000",
}
_TARGET = {"basis": "business", "duration": "PT4H"}


def _part(part: str, allowed: dict[str, int], body: Json) -> Row:
    return put(f"{YEAR}/{part}", allowed, thing="draft_year", version_of=YEAR, body=body)


def _step(step: str, allowed: dict[str, int], thing: str, body: Json) -> Row:
    return post(f"{YEAR}/{step}", allowed, thing=thing, version_of=YEAR, body=body)


ROWS = (
    get("/contracts", SIGNED_IN),
    post("/contracts", MANAGER_ADDS_CONTRACT, body={"customer_id": "{customer_id}", "services": ["meals"]}),
    get("/contracts/{contract_id}", OF_THE_SCHOOL),
    post("/contracts/{contract_id}/years", MANAGER_DRAFTS, thing="undrafted_year", body={"year": 0}),
    get(YEAR, OF_THE_SCHOOL),
    get(f"{YEAR}/history", PARTIES_READ),
    _part("points/{point}", WRITES_DRAFT, {"owner": _OWNER, "text": "Serviisi tiedottaa ruokalistoista."}),
    _part("persons", WRITES_DRAFT, {"items": [_OWNER | {"role": "Asiakkuusvastaava"}]}),
    _part("lines", EDITS_DRAFT, {"items": [_LINE]}),
    post(
        f"{YEAR}/lines/adjust",
        EDITS_DRAFT,
        thing="draft_year",
        version_of=YEAR,
        body={"percent": "2", "reason": "Palkkojen yleiskorotus."},
    ),
    _part(
        "targets",
        EDITS_DRAFT,
        {"items": [{"service": "meals", "severity": "normal", "response": _TARGET, "resolution": _TARGET}]},
    ),
    _part("annexes", EDITS_DRAFT, {"items": [{"kind": "price_list", "title": "Hinnasto"}]}),
    _step("submit", SUBMITS, "draft_year", {}),
    _step("propose", PROPOSES, "year_in_negotiation", {}),
    _step("approve", CONSENTS, "year_in_approval", {}),
    _step("sign", CONSENTS, "approved_year", {}),
    _step("return", PROPOSES, "year_in_approval", {"reason": "Hinnat tarkistetaan."}),
    _step("reject", CONSENTS, "year_in_approval", {"reason": "Tästä ei sovittu."}),
    _step("terminate", TERMINATES, "signed_year", {"reason": "Kohteet siirtyivät."}),
    get("/clock", SIGNED_IN, query="year=2026&customer_id={customer_id}"),
    post("/clock/generate", GENERATES, body={"year": 2026, "customer_id": "{customer_id}"}),
    get(MILESTONE, OF_THE_SCHOOL),
    get(f"{MILESTONE}/history", OF_THE_SCHOOL),
    post(
        f"{MILESTONE}/actual",
        RECORDS,
        thing="planned_milestone",
        body={"actual_on": "2026-10-01", "status": "met", "note": "Pidettiin."},
    ),
    post(
        f"{MILESTONE}/move",
        MANAGER_EDITS,
        thing="planned_milestone",
        body={"due": "{other_day}", "reason": "Kokous siirtyi."},
    ),
    post(f"{MILESTONE}/cancel", MANAGER_EDITS, thing="planned_milestone", body={"reason": "Ei tarvita."}),
    post(f"{MILESTONE}/restore", MANAGER_EDITS, thing="cancelled_milestone", body={"reason": "Tarvitaan."}),
    get("/calendar-feeds", SIGNED_IN),
    post("/calendar-feeds", SIGNED_IN_ADDS, body={"year": 2026}),
    delete("/calendar-feeds/{feed_id}", MAKERS_ONLY, thing="heads_calendar_link"),
    get(
        "/clock.ics",
        SIGNED_IN,
        query="year=2026&customer_id={customer_id}",
        note="with the token of a calendar link it needs no session",
    ),
)
