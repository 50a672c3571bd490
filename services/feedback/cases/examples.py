"""Examples for the OpenAPI document."""

from typing import Any

_CASE = "01930000-0000-7000-8000-0000000000a1"
_SITE = "01930000-0000-7000-8000-000000000001"
_HANDLER = "01930000-0000-7000-8000-000000000002"
Json = dict[str, Any]  # Any: JSON

LUNCH: Json = {
    "site_id": _SITE,
    "kind": "complaint",
    "service": "meals",
    "severity": "high",
    "subject": "Lounas loppui kesken",
    "description": "Kolme luokkaa jäi ilman pääruokaa klo 11.30.",
    "occurred_at": "2026-03-10T11:30:00+02:00",
    "channel": "web",
}
SPOKEN: Json = {
    "site_id": _SITE,
    "kind": "complaint",
    "service": "cleaning",
    "subject": "Roskikset tyhjentämättä",
    "description": "Luokka 2B, tyhjennettiin heti.",
    "channel": "face_to_face",
    "reporter": {"name": "Raija Rehtori", "phone": "+358 40 123 4567"},
    "received_at": "2026-03-10T09:40:00+02:00",
    "fixed_on_the_spot": True,
}
WRITING: Json = {"site_id": _SITE, "description": "Kaksi oppilasta oksensi lounaan jälkeen."}
TRIAGE: Json = {
    "danger": {"word": "oksensi", "severity": "critical"},
    "service": "meals",
    "kind": "complaint",
    "severity": "critical",
    "subject": "Kaksi oppilasta oksensi lounaan jälkeen",
}
ROW: Json = {
    "id": _CASE,
    "reference": "P-2026-000123",
    "kind": "complaint",
    "service": "meals",
    "severity": "high",
    "state": "received",
    "subject": LUNCH["subject"],
    "description": LUNCH["description"],
    "site": {"id": _SITE, "name": "Kaakkurin koulu"},
    "customer": {"id": "01930000-0000-7000-8000-000000000003", "name": "Opetuspalvelut"},
    "producer": {"id": "01930000-0000-7000-8000-000000000004", "name": "Oulun Serviisi", "own": True},
    "channel": "web",
    "reporter": {"person_id": None, "name": "Raija Rehtori", "phone": "+358 40 123 4567", "email": None},
    "handler": {
        "person_id": _HANDLER,
        "name": "Hanna Käsittelijä",
        "phone": "+358 40 765 4321",
        "email": "hanna@ouka.example",
        "role": "complaint_handler",
    },
    "occurred_at": "2026-03-10T09:30:00Z",
    "received_at": "2026-03-10T10:00:00Z",
    "logged_at": "2026-03-10T10:00:00Z",
    "response_due_at": "2026-03-10T12:00:00Z",
    "resolution_due_at": "2026-03-11T10:00:00Z",
    "next_due_at": "2026-03-10T12:00:00Z",
    "response_breached": False,
    "resolution_breached": False,
    "time_left": {"due_at": "2026-03-10T12:00:00Z", "share_used": 0.25, "state": "ok"},
    "cycle": 1,
    "allowed": ["messages"],
    "version": 1,
}
DETAIL: Json = {
    **ROW,
    "earlier": None,
    "messages": [
        {
            "id": f"{_CASE}-0",
            "author": {"person_id": None, "name": "Kumppani"},
            "body": "Kiitos, palautteesi on vastaanotettu numerolla P-2026-000123. "
            "Sitä käsittelee Hanna Käsittelijä.",
            "public": True,
            "at": "2026-03-10T10:00:00Z",
            "kind": "receipt",
            "side": "service",
        }
    ],
    "history": [{"at": "2026-03-10T10:00:00Z", "what": "received", "by": "Raija Rehtori"}],
    "escalations": [],
    "past_cycles": [],
}
COUNTS: Json = {
    "received": 4,
    "acknowledged": 2,
    "in_progress": 11,
    "waiting": 3,
    "late": 1,
    "due_today": 5,
    "urgent": 0,
    "open": 20,
    "mine": None,
    "more": [],
}
FACETS: Json = {
    "cases": 3,
    "more": False,
    "site": [
        {"value": "0197f5a0-0000-7000-8000-00000000000a", "name": "Kaakkurin koulu", "count": 2},
        {"value": "0197f5a0-0000-7000-8000-00000000000b", "name": "Tuulikello", "count": 1},
    ],
    "handler": [{"value": "0197f5a0-0000-7000-8000-00000000000c", "name": "Hanna Käsittelijä", "count": 3}],
    "producer": None,
    "service": [{"value": "meals", "name": "meals", "count": 3}],
}
HITS: Json = {
    "items": [
        {
            "kind": "case",
            "id": _CASE,
            "title": "P-2026-000123 Lounas loppui kesken",
            "subtitle": "Kaakkurin koulu",
            "score": 0.5,
            "exact": False,
            "state": "in_progress",
            "day": "2026-03-10",
        }
    ]
}
_INTERVAL: Json = {
    "from": "2026-03-10T10:00:00Z",
    "to": "2026-03-10T12:00:00Z",
    "kind": "counted",
    "reason": {"code": "open_hours", "text": "Työaika, aika kuluu"},
    "seconds": 7200,
}
CLOCK: Json = {
    "case_id": _CASE,
    "reference": "P-2026-000123",
    "cycle": 1,
    "policy": {
        "source": "contract_year",
        "contract_reference": "S-2026-012",
        "year": 2026,
        "response": {"basis": "business", "duration": "PT2H", "source": "contract_year"},
        "resolution": None,
    },
    "calendar": {
        "name": "school",
        "version": 1,
        "time_zone": "Europe/Helsinki",
        "description": "Ma–pe 7.00–15.00, ei pyhäpäivinä",
        "working_day": "PT8H",
    },
    "clocks": {
        "response": {
            "due_at": "2026-03-10T12:00:00Z",
            "met_at": None,
            "breached": False,
            "share_used": 0.25,
            "changes": [],
            "ledger": [_INTERVAL],
        },
        "resolution": None,
    },
    "ledger": [_INTERVAL],
    "now": "2026-03-10T10:30:00Z",
}
