"""Cases, their clocks, calendars and previews."""

from gateway.shapes.examples.contracts import TARGET
from gateway.shapes.examples.ids import (
    CASE_ID,
    CUSTOMER_ID,
    HANDLER_ID,
    MESSAGE_ID,
    PRODUCER_ID,
    SITE_ID,
    Json,
)
from gateway.shapes.examples.registry import HANDLER, HEAD

INTAKE: Json = {
    "site_id": SITE_ID,
    "kind": "complaint",
    "service": "meals",
    "severity": "normal",
    "subject": "Lounas loppui kesken",
    "description": "Kolmas ruokailuvuoro jäi ilman perunoita.",
    "occurred_at": "2026-03-10T11:45:00+02:00",
    "channel": "web",
    "wish": "call",
}
CASE: Json = {
    "id": CASE_ID,
    "reference": "P-2026-000123",
    "kind": "complaint",
    "service": "meals",
    "severity": "normal",
    "state": "received",
    "subject": INTAKE["subject"],
    "description": INTAKE["description"],
    "site": {"id": SITE_ID, "name": "Myllytullin koulu"},
    "customer": {"id": CUSTOMER_ID, "name": "Opetuspalvelut"},
    "producer": {"id": PRODUCER_ID, "name": "Oulun Serviisi", "own": True},
    "channel": "web",
    "wish": "call",
    "reporter": HEAD,
    "handler": {**HANDLER, "role": "service_supervisor"},
    "stand_in": None,
    "occurred_at": "2026-03-10T09:45:00Z",
    "received_at": "2026-03-10T10:00:00Z",
    "logged_at": "2026-03-10T10:00:00Z",
    "acknowledged_at": None,
    "first_response_at": None,
    "resolved_at": None,
    "closed_at": None,
    "response_due_at": "2026-03-10T14:00:00Z",
    "resolution_due_at": "2026-03-12T10:00:00Z",
    "next_due_at": "2026-03-10T14:00:00Z",
    "response_breached": False,
    "resolution_breached": False,
    "waiting_for": None,
    "time_left": {"due_at": "2026-03-10T14:00:00Z", "share_used": 0.25, "state": "ok"},
    "cycle": 1,
    "allowed": ["acknowledge", "messages", "resolve", "assign", "severity"],
    "version": 1,
}
WHOLE_CASE: Json = {
    **CASE,
    "messages": [
        {
            "id": MESSAGE_ID,
            "author": None,
            "body": "Kiitos, palaute on saapunut.",
            "public": True,
            "at": "2026-03-10T10:00:00Z",
            "kind": "receipt",
        }
    ],
    "history": [{"at": "2026-03-10T10:00:00Z", "what": "received", "by": "Antti Koski"}],
    "escalations": [],
    "past_cycles": [],
}
CASE_COUNTS: Json = {
    "received": 3,
    "acknowledged": 1,
    "in_progress": 4,
    "waiting": 2,
    "late": 1,
    "due_today": 2,
    "open": 10,
    "more": [],
}
MESSAGE: Json = {"body": "Perunoita tuodaan lisää heti.", "public": True}
WAIT: Json = {"question": "Montako oppilasta jäi ilman?"}
RESOLUTION: Json = {"body": "Kolmannen vuoron annosmäärä on korjattu."}
NEW_HANDLER: Json = {"person_id": HANDLER_ID, "reason": "Hoitaa tämän kohteen ateriat."}
NEW_SEVERITY: Json = {"severity": "high", "reason": "Toistui kolmatta kertaa."}
_INTERVAL: Json = {
    "from": "2026-03-10T10:00:00Z",
    "to": "2026-03-10T14:00:00Z",
    "kind": "counted",
    "reason": {"code": "open", "text": "Avoinna"},
}
CASE_CLOCK: Json = {
    "case_id": CASE_ID,
    "reference": "P-2026-000123",
    "policy": {
        "source": "contract_year",
        "contract_reference": "S-2026-012",
        "year": 2026,
        "response": TARGET["response"],
        "resolution": TARGET["resolution"],
    },
    "calendar": {
        "name": "school",
        "time_zone": "Europe/Helsinki",
        "version": 1,
        "description": "ma–pe 8–16, suljettu juhlapyhinä",
    },
    "clocks": {
        "response": {
            "due_at": "2026-03-10T14:00:00Z",
            "met_at": None,
            "breached": False,
            "ledger": [_INTERVAL],
        },
        "resolution": None,
    },
    "ledger": [_INTERVAL],
    "now": "2026-03-10T11:00:00Z",
}
_DAY = [["08:00", "16:00"]]
CALENDAR_EDIT: Json = {
    "time_zone": "Europe/Helsinki",
    "frames": {"mon": _DAY, "tue": _DAY, "wed": _DAY, "thu": _DAY, "fri": _DAY, "sat": [], "sun": []},
    "holidays": "FI",
    "half_days": [{"date": "2026-12-31", "frames": [["08:00", "12:00"]]}],
    "closures": [{"from": "2026-07-01", "to": "2026-07-31"}],
}
CALENDAR: Json = {
    **CALENDAR_EDIT,
    "name": "school",
    "title": "Koulu",
    "description": "ma–pe 8–16, suljettu juhlapyhinä",
    "version": 1,
}
PREVIEW_REQUEST: Json = {
    "received_at": "2026-03-10T08:00:00+02:00",
    "calendar": CALENDAR_EDIT,
    "response": {"basis": "business", "duration": "PT4H"},
    "resolution": {"basis": "business", "duration": "PT8H"},
}
PREVIEW: Json = {
    "response_due_at": "2026-03-10T10:00:00Z",
    "resolution_due_at": "2026-03-10T14:00:00Z",
    "ledger": [{**_INTERVAL, "from": "2026-03-10T06:00:00Z"}],
}
