"""Rows of the feedback service's nouns; the gateway answers the same."""

from tests.access.cast import OF_THE_SCHOOL, SIGNED_IN, answers
from tests.access.rows import Json, Row, get, post, put

#                       nob | con hea str | sup han acc man adm | out cli
REPORTS = answers("     401 | 201 201 404 | 201 201 201 201 201 | 404 201")
OTHERS_WORK = answers(" 401 | 201 404 404 | 201 201 201 201 201 | 422 201")
OWN_WORK = answers("    401 | 201 404 404 | 201 201 201 201 201 | 201 201")
WRITES = answers("      401 | 200 200 404 | 200 200 200 200 200 | 404 200")
WORKS = answers("       401 | 403 403 404 | 200 200 200 200 200 | 404 403")
LEADS = answers("       401 | 403 403 403 | 403 403 403 200 200 | 403 403")
ADMIN_EDITS = answers(" 401 | 403 403 403 | 403 403 403 403 200 | 403 403")


def _act(action: str, allowed: dict[str, int], thing: str, body: Json) -> Row:
    return post(f"/cases/{{case_id}}/{action}", allowed, thing=thing, body=body)


ROWS = (
    get("/cases", SIGNED_IN),
    get("/cases/counts", SIGNED_IN),
    get("/cases/promises", LEADS),
    get("/cases/facets", SIGNED_IN),
    post(
        "/cases",
        REPORTS,
        body={
            "site_id": "{site_id}",
            "kind": "complaint",
            "service": "meals",
            "subject": "Lounas loppui kesken",
            "description": "Kolme luokkaa jäi ilman pääruokaa.",
            "channel": "web",
        },
    ),
    post(
        "/cases",
        OTHERS_WORK,
        thing="served_site",
        body={
            "site_id": "{served_site_id}",
            "kind": "complaint",
            "service": "{others_service}",
            "subject": "Lounas loppui kesken",
            "description": "Kolme luokkaa jäi ilman pääruokaa.",
            "channel": "web",
        },
        note="where the outside producer works: the other producer's service",
    ),
    post(
        "/cases",
        OWN_WORK,
        thing="served_site",
        body={
            "site_id": "{served_site_id}",
            "kind": "suggestion",
            "service": "{own_service}",
            "subject": "Varaston avain",
            "description": "Siivousvaraston avain kannattaa säilyttää vahtimestarilla.",
            "channel": "web",
        },
        note="there: the outside producer's own service",
    ),
    post("/cases/triage", WRITES, body={"site_id": "{site_id}", "description": "Kaksi oksensi."}),
    get("/cases/{case_id}", OF_THE_SCHOOL),
    get("/cases/{case_id}/clock", OF_THE_SCHOOL),
    _act("acknowledge", WORKS, "received_case", {}),
    _act("messages", WRITES, "received_case", {"body": "Montako annosta puuttui?", "public": True}),
    _act("wait", WORKS, "received_case", {"question": "Montako annosta puuttui?"}),
    _act("resume", WORKS, "waiting_case", {}),
    _act("resolve", WORKS, "received_case", {"body": "Annosmäärä korjattiin."}),
    _act("close", WRITES, "resolved_case", {}),
    _act("reopen", WRITES, "resolved_case", {"reason": "Sama toistui tänään."}),
    _act("assign", WORKS, "received_case", {"person_id": "{supervisor_id}", "reason": "Lomalla"}),
    _act("severity", WORKS, "received_case", {"severity": "high", "reason": "Koskee koko koulua."}),
    post(
        "/sla/preview",
        OF_THE_SCHOOL,
        body={"site_id": "{site_id}", "service": "meals", "received_at": "2026-10-06T10:00:00+03:00"},
    ),
    get("/calendars", SIGNED_IN),
    get("/calendars/{name}", SIGNED_IN),
    put("/calendars/{name}", ADMIN_EDITS, body={"frames": {"mon": [["08:00", "16:00"]]}, "holidays": "FI"}),
)
