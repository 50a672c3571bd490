"""Rows of the pages. They answer as the gateway does; whoever is not signed in is led to the sign-in page."""

from tests.access import agreements, feedback, registry
from tests.access.cast import CAST, MANAGER_EDITS, OF_THE_SCHOOL, PUBLIC, SIGNED_IN, Answers, answers
from tests.access.doors import HEALTH
from tests.access.routes import FILES
from tests.access.rows import Row, get, post
from tests.city import NOBODY

YEAR = "/contracts/{contract_id}/years/{year}"
LED = dict.fromkeys(CAST, 303)
"""Led on to another address, whoever asks; who may see what is there is decided there."""


def shown(api: Answers) -> Answers:
    """Return the answers of a page that shows what the gateway answers so."""
    return api | {NOBODY: 303}


def done(api: Answers) -> Answers:
    """Return the answers of a form that does what the gateway answers so: then one is led on."""
    return {who: 303 if status in (200, 201, 204) else status for who, status in api.items()} | {NOBODY: 401}


#                           nob | con hea str | sup han acc man adm | out cli
OWN_SITE_AT_ONCE = answers("303 | 200 303 303 | 200 200 200 200 200 | 200 200")
TELLS = answers("           401 | 303 303 422 | 303 303 303 303 303 | 422 303")
GUESSES = answers("         401 | 200 200 404 | 200 200 200 200 200 | 404 200")
LOGS = answers("            303 | 303 303 303 | 200 200 200 200 200 | 303 303")
_WORD = {
    "site_id": "{site_id}",
    "kind": "complaint",
    "service": "meals",
    "description": "Lounas loppui kesken.",
}
_TEXT = {"body": "Montako annosta puuttui?"}


def _case(act: str, allowed: Answers, thing: str, form: dict[str, str]) -> Row:
    where = {"name": act}
    return post("/cases/{case_id}/{name}", done(allowed), where=where, thing=thing, form=form)


def _part(part: str, allowed: Answers, form: dict[str, str], **where: str) -> tuple[Row, Row]:
    """Return the rows of a part of a contract year under the pen: its form, and saving it."""
    about = {"thing": "draft_year", "where": where, "version_of": YEAR}
    path = f"{YEAR}/{part}"
    return get(path, shown(allowed), **about), post(path, done(allowed), form=form, **about)


def _step(step: str, allowed: Answers, thing: str, form: dict[str, str]) -> Row:
    return post(
        f"{YEAR}/{{step}}", done(allowed), where={"step": step}, thing=thing, version_of=YEAR, form=form
    )


def _milestone(act: str, allowed: Answers, thing: str, form: dict[str, str]) -> Row:
    return post("/milestones/{milestone_id}/{act}", done(allowed), where={"act": act}, thing=thing, form=form)


HOUSE: tuple[Row, ...] = (
    *HEALTH,
    get(f"/static{FILES}", PUBLIC, where={"path:path": "house.css"}),
    get("/favicon.ico", LED),
    get("/robots.txt", PUBLIC),
    get("/manifest.webmanifest", PUBLIC),
    get("/service-worker.js", PUBLIC),
    get("/offline", PUBLIC),
    get("/sign-in", PUBLIC),
    post("/sign-in", LED, form={"username": "handler"}, ends_session=True),
    post("/sign-out", LED, form={}, ends_session=True),
    get("/language/{code}", LED, where={"code": "sv"}),
    get("/glossary", PUBLIC),
    get("/", shown(SIGNED_IN)),
)
REGISTRY: tuple[Row, ...] = (
    get("/customers", shown(SIGNED_IN)),
    get("/customers/{customer_id}", shown(OF_THE_SCHOOL)),
    get("/sites", OWN_SITE_AT_ONCE, note="who has one site only is led to it"),
    get("/sites/{site_id}", shown(OF_THE_SCHOOL)),
    get("/contact", shown(SIGNED_IN), query="site_id={site_id}&topic=meals"),
    get("/people", shown(registry.STAFF_READS)),
    get("/people/{person_id}", shown(registry.THE_HEAD)),
    get("/search", shown(SIGNED_IN), query="q=Alppilan"),
    get("/search/suggestions", shown(SIGNED_IN), query="q=Alppilan"),
    get("/quick", shown(SIGNED_IN)),
)
FEEDBACK: tuple[Row, ...] = (
    get("/cases", shown(SIGNED_IN)),
    get("/cases/choices", shown(SIGNED_IN)),
    get("/cases/news", shown(SIGNED_IN)),
    post("/cases/selected", done(SIGNED_IN), form={"case_id": "{case_id}", "act": "acknowledge"}),
    get("/cases/{case_id}", shown(OF_THE_SCHOOL)),
    get("/cases/{case_id}/news", shown(OF_THE_SCHOOL)),
    get("/cases/{case_id}/earlier", shown(OF_THE_SCHOOL)),
    _case("acknowledge", feedback.WORKS, "received_case", {}),
    _case("messages", feedback.WRITES, "received_case", _TEXT),
    _case("wait", feedback.WORKS, "received_case", _TEXT),
    _case("resolve", feedback.WORKS, "received_case", _TEXT),
    _case("notes", feedback.WORKS, "received_case", {"note": "Soitettu keittiölle."}),
    _case("resume", feedback.WORKS, "waiting_case", {}),
    _case("close", feedback.WRITES, "resolved_case", {}),
    _case("reopen", feedback.WRITES, "resolved_case", {"reason": "Sama toistui tänään."}),
    _case("assign", feedback.WORKS, "received_case", {"person_id": "{supervisor_id}"}),
    _case(
        "severity", feedback.WORKS, "received_case", {"severity": "high", "severity_reason": "Koko koulu."}
    ),
    get(
        "/feedback/new",
        shown(SIGNED_IN),
        query="site_id={site_id}",
        note="another's site is offered to nobody",
    ),
    post("/feedback/new", TELLS, form=_WORD),
    post("/feedback/new/guess", GUESSES, form={"site_id": "{site_id}", "description": "Keitto oli kylmää."}),
    get("/feedback/sent/{case_id}", shown(OF_THE_SCHOOL)),
    get("/feedback/quick", LOGS, note="others are led to the ordinary form"),
    post("/feedback/quick", TELLS, form=_WORD | {"channel": "phone"}),
)
CONTRACTS: tuple[Row, ...] = (
    get("/contracts", shown(SIGNED_IN), query="customer_id={customer_id}"),
    get("/contracts/{contract_id}", shown(OF_THE_SCHOOL)),
    post(
        "/contracts/{contract_id}/years",
        done(agreements.MANAGER_DRAFTS),
        thing="undrafted_year",
        form={"year": "{free_year}"},
    ),
    get(YEAR, shown(OF_THE_SCHOOL)),
    *_part(
        "points/{point}",
        agreements.WRITES_DRAFT,
        {"party": "producer", "owner": "Oiva Vuori", "text": "Serviisi tiedottaa ruokalistoista."},
    ),
    *_part(
        "persons",
        agreements.WRITES_DRAFT,
        {"name_0": "Oiva Vuori", "role_0": "Asiakkuusvastaava", "party_0": "producer"},
    ),
    *_part(
        "lines/{line_id}",
        agreements.EDITS_DRAFT,
        {
            "site_id": "{site_id}",
            "service": "cleaning",
            "standard": "Puhtaustaso 4",
            "price": "2,70",
            "unit": "m2_month",
            "quantity": "4200",
        },
        line_id="new",
    ),
    *_part(
        "lines/adjust",
        agreements.EDITS_DRAFT,
        {"service": "meals", "percent": "2", "reason": "Palkkojen yleiskorotus.", "save": "yes"},
    ),
    *_part(
        "targets",
        agreements.EDITS_DRAFT,
        {"response_meals_normal": "4 t", "response_basis_meals_normal": "business"},
    ),
    *_part("annexes", agreements.EDITS_DRAFT, {"kind_0": "price_list", "title_0": "Hinnasto"}),
    _step("submit", agreements.SUBMITS, "draft_year", {}),
    _step("propose", agreements.PROPOSES, "year_in_negotiation", {}),
    _step("approve", agreements.CONSENTS, "year_in_approval", {}),
    _step("sign", agreements.CONSENTS, "approved_year", {}),
    _step("return", agreements.PROPOSES, "year_in_approval", {"reason_return": "Hinnat tarkistetaan."}),
    _step("reject", agreements.CONSENTS, "year_in_approval", {"reason_reject": "Tästä ei sovittu."}),
    _step("terminate", agreements.TERMINATES, "signed_year", {"reason_terminate": "Kohteet siirtyivät."}),
    get("/clock", shown(SIGNED_IN), query="customer_id={customer_id}"),
    post(
        "/clock/generate",
        done(agreements.GENERATES),
        form={"year": "2026", "customer_id": "{customer_id}"},
    ),
    get("/clock/calendars", shown(SIGNED_IN)),
    post("/clock/calendars", done(SIGNED_IN) | dict.fromkeys(CAST[1:], 200), form={}),
    post(
        "/clock/calendars/{feed_id}/revoke",
        done(SIGNED_IN),
        thing="heads_calendar_link",
        form={},
        note="another's link is left as it is",
    ),
    get("/milestones/{milestone_id}", shown(OF_THE_SCHOOL)),
    get("/milestones/{milestone_id}/actual", shown(agreements.RECORDS), thing="planned_milestone"),
    _milestone(
        "actual", agreements.RECORDS, "planned_milestone", {"outcome": "met", "actual_on": "2026-10-01"}
    ),
    _milestone(
        "move",
        MANAGER_EDITS,
        "planned_milestone",
        {"due": "{other_day}", "move_reason": "Kokous siirtyi."},
    ),
    _milestone("cancel", MANAGER_EDITS, "planned_milestone", {"cancel_reason": "Ei tarvita."}),
    _milestone("restore", MANAGER_EDITS, "cancelled_milestone", {"restore_reason": "Tarvitaan."}),
)
ROWS: tuple[Row, ...] = (*HOUSE, *REGISTRY, *FEEDBACK, *CONTRACTS)
