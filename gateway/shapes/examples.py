"""Examples of the document: one school's lunch and its contract year, the same ids throughout."""

from typing import Any

Json = dict[str, Any]
"""A JSON object."""

_ID = "0197f5a0-0000-7000-8000-0000000000{:02d}".format
DEPARTMENT_ID, GROUP_ID, CUSTOMER_ID, SITE_ID, PRODUCER_ID = map(_ID, range(1, 6))
HEAD_ID, HANDLER_ID, MANAGER_ID, CONTRACT_ID, YEAR_ID = map(_ID, range(6, 11))
LINE_ID, MILESTONE_ID, CASE_ID, MESSAGE_ID, FEED_ID, ASSIGNMENT_ID, EVENT_ID = map(_ID, range(11, 18))


def listing(*items: Json) -> Json:
    """Return a page of a list."""
    return {"items": list(items), "next": None}


def _without(example: Json, *names: str) -> Json:
    return {name: value for name, value in example.items() if name not in names}


DEPARTMENT: Json = {
    "id": DEPARTMENT_ID,
    "code": "SIKU",
    "name": "Sivistys- ja kulttuuripalvelut",
    "customer_groups": [{"id": GROUP_ID, "name": "Opetuspalvelut", "end_customers": "oppilaat"}],
    "version": 1,
}
DEPARTMENT_EDIT: Json = _without(DEPARTMENT, "id", "version")
_MANAGER: Json = {
    "person_id": MANAGER_ID,
    "name": "Leena Mäkinen",
    "phone": "044 700 1001",
    "email": "leena.makinen@serviisi.example",
}
_HEAD: Json = {
    "person_id": HEAD_ID,
    "name": "Antti Koski",
    "phone": "044 700 2002",
    "email": "antti.koski@oulu.example",
}
_HANDLER: Json = {
    "person_id": HANDLER_ID,
    "name": "Sari Lehto",
    "phone": "044 700 3003",
    "email": "sari.lehto@serviisi.example",
}
CUSTOMER: Json = {
    "id": CUSTOMER_ID,
    "number": "A-007",
    "name": "Opetuspalvelut",
    "kind": "internal",
    "department": {"id": DEPARTMENT_ID, "name": DEPARTMENT["name"]},
    "customer_group": {"id": GROUP_ID, "name": "Opetuspalvelut"},
    "account_manager": _MANAGER,
    "business_id": "0187690-1",
    "billing_reference": "OP-2026",
    "partnership_note": None,
    "site_count": 69,
    "version": 3,
}
CUSTOMER_EDIT: Json = {
    "name": "Opetuspalvelut",
    "kind": "internal",
    "department_id": DEPARTMENT_ID,
    "customer_group_id": GROUP_ID,
    "business_id": "0187690-1",
    "billing_reference": "OP-2026",
}
ACCOUNT_MANAGER: Json = {"person_id": MANAGER_ID}
_ADDRESS: Json = {"street": "Koulukatu 1", "postal_code": "90100", "city": "Oulu"}
SITE: Json = {
    "id": SITE_ID,
    "number": "K-0012",
    "name": "Myllytullin koulu",
    "kind": "comprehensive_school",
    "customer_id": CUSTOMER_ID,
    "customer_name": "Opetuspalvelut",
    "address": _ADDRESS,
    "coordinates": {"latitude": 65.0142, "longitude": 25.4719},
    "calendar": "school",
    "services": [
        {
            "service": "meals",
            "producer_id": PRODUCER_ID,
            "producer_name": "Oulun Serviisi",
            "own": True,
            "standard": "Koululounas, kaksi vaihtoehtoa",
        }
    ],
    "heads": [_HEAD],
    "version": 2,
}
SITE_EDIT: Json = {
    "name": "Myllytullin koulu",
    "kind": "comprehensive_school",
    "customer_id": CUSTOMER_ID,
    "address": _ADDRESS,
    "calendar": "school",
    "services": [{"service": "meals", "producer_id": PRODUCER_ID}],
}
PRODUCER: Json = {
    "id": PRODUCER_ID,
    "name": "Oulun Serviisi",
    "own": True,
    "business_id": "0187690-1",
    "phone": "08 558 558",
    "email": "asiakaspalvelu@serviisi.example",
    "version": 1,
}
PRODUCER_EDIT: Json = _without(PRODUCER, "id", "version")
PERSON: Json = {
    "id": HEAD_ID,
    "username": "school-head",
    "name": "Antti Koski",
    "title": "rehtori",
    "email": _HEAD["email"],
    "phone": _HEAD["phone"],
    "language": "fi",
    "assignments": [
        {
            "id": ASSIGNMENT_ID,
            "role": "site_head",
            "site_id": SITE_ID,
            "topics": [],
            "stand_in": None,
            "valid_from": "2025-08-01",
            "valid_until": None,
        }
    ],
    "absences": [],
    "version": 1,
}
PERSON_EDIT: Json = {
    "username": "school-head",
    "name": "Antti Koski",
    "title": "rehtori",
    "email": _HEAD["email"],
    "phone": _HEAD["phone"],
    "language": "fi",
    "assignments": [{"role": "site_head", "site_id": SITE_ID, "valid_from": "2025-08-01"}],
}
ABSENCES: Json = {"absences": [{"first_day": "2026-07-06", "last_day": "2026-07-31"}]}
CONTACT: Json = {
    **_HANDLER,
    "title": "palveluesimies",
    "role": "service_supervisor",
    "level": "operational",
    "side": "producer",
    "customer_id": CUSTOMER_ID,
    "site_id": SITE_ID,
    "service": "meals",
    "stand_in": None,
}
WHOM_TO_CONTACT: Json = {
    "site_id": SITE_ID,
    "topic": "meals",
    "person": {**_HANDLER, "title": "palveluesimies"},
    "stand_in": None,
    "away": False,
    "reason": {"code": "supervisor_of_service", "text": "Kohteen aterioiden palveluesimies."},
    "alternatives": [],
}
IMPORT_CSV = "number;name;kind\nA-007;Opetuspalvelut;internal\n"
IMPORT_REPORT: Json = {
    "kind": "customers",
    "dry_run": True,
    "rows": 1,
    "created": 0,
    "updated": 1,
    "unchanged": 0,
    "faults": [],
}
NEW_CONTRACT: Json = {"customer_id": CUSTOMER_ID, "services": ["meals", "cleaning"]}
CONTRACT: Json = {
    "id": CONTRACT_ID,
    "reference": "S-2026-012",
    "customer": {"id": CUSTOMER_ID, "name": "Opetuspalvelut"},
    "producer_name": "Oulun Serviisi",
    "kind": "partnership",
    "services": ["meals", "cleaning"],
    "years": [{"year": 2026, "state": "in_force"}, {"year": 2027, "state": "draft"}],
    "version": 1,
}
NEW_YEAR: Json = {"year": 2027, "copy_from": 2026}
POINT_EDIT: Json = {
    "owner": {"party": "producer", "name": "Leena Mäkinen", "person_id": MANAGER_ID},
    "text": "Serviisi tiedottaa ruokalistoista, asiakas omasta toiminnastaan.",
}
_RESPONSIBLE: Json = {
    "party": "customer",
    "role": "Sopimusyhteyshenkilö",
    "person_id": HEAD_ID,
    "name": "Antti Koski",
    "phone": _HEAD["phone"],
    "email": _HEAD["email"],
}
PERSONS_EDIT: Json = {"items": [_RESPONSIBLE]}
_LINE: Json = {
    "site_id": SITE_ID,
    "service": "meals",
    "standard": "Koululounas, kaksi vaihtoehtoa",
    "price": {"amount": "4.85", "currency": "EUR"},
    "unit": "meal",
    "quantity": "41200",
}
LINES_EDIT: Json = {"items": [_LINE]}
LINE: Json = {
    **_LINE,
    "id": LINE_ID,
    "site_name": "Myllytullin koulu",
    "previous_price": {"amount": "4.72", "currency": "EUR"},
    "change_reason": "Raaka-aineiden hinnat nousivat.",
}
TARGET: Json = {
    "service": "meals",
    "severity": "normal",
    "response": {"basis": "business", "duration": "PT4H"},
    "resolution": {"basis": "business", "duration": "PT16H"},
}
TARGETS_EDIT: Json = {"items": [TARGET]}
ANNEXES_EDIT: Json = {"items": [{"kind": "billing", "title": "Laskutusliite"}]}
APPROVAL: Json = {"party": "customer"}
SIGNING: Json = {"party": "producer", "name": "Leena Mäkinen"}
WHY: Json = {"reason": "Hinnoista neuvotellaan vielä."}
YEAR: Json = {
    "id": YEAR_ID,
    "contract_id": CONTRACT_ID,
    "reference": "S-2026-012",
    "customer": {"id": CUSTOMER_ID, "name": "Opetuspalvelut"},
    "year": 2027,
    "state": "draft",
    "valid_from": "2027-01-01",
    "valid_until": "2027-12-31",
    "signed_at": None,
    "signed_by": [],
    "approved_by": [],
    "content_hash": None,
    "blockers": [{"code": "communication", "text": "puuttuu: viestinnän työnjako"}],
    "points": [
        {
            "point": "communication",
            "title": "Viestinnän työnjako",
            "owner": None,
            "text": "",
            "complete": False,
        }
    ],
    "persons": [_RESPONSIBLE],
    "lines": [LINE],
    "targets": [TARGET],
    "annexes": [{"kind": "billing", "title": "Laskutusliite"}],
    "allowed": ["submit"],
    "acts_for": "producer",
    "version": 4,
}
AGREED: Json = {
    "site_id": SITE_ID,
    "year": 2026,
    "contract_id": CONTRACT_ID,
    "reference": "S-2026-012",
    "lines": [LINE],
    "targets": [TARGET],
    "persons": [_RESPONSIBLE],
}
MILESTONE: Json = {
    "id": MILESTONE_ID,
    "year": 2026,
    "customer_id": CUSTOMER_ID,
    "customer_name": "Opetuspalvelut",
    "row": 1,
    "topic": "TA-sopimusvalmistelu 1",
    "content": "Palvelupyyntö tehostamis- ja kehittämisesityksineen.",
    "responsible": "customer_relations_group",
    "responsible_name": "Asiakkuusryhmä",
    "month": 3,
    "due": "2026-03-31",
    "status": "met",
    "overdue": False,
    "overdue_days": 0,
    "actual_on": "2026-03-24",
    "actual_note": "Palvelupyyntö saatiin ajoissa.",
    "version": 2,
}
CLOCK: Json = {"year": 2026, "items": [MILESTONE], "summary": {"met": 1, "overdue": 0}, "next": None}
ACTUAL: Json = {"actual_on": "2026-03-24", "status": "met", "note": "Palvelupyyntö saatiin ajoissa."}
GENERATION: Json = {"year": 2027, "customer_id": CUSTOMER_ID}
HISTORY: Json = {
    "items": [
        {
            "at": "2026-03-24T08:12:00Z",
            "what": "actual",
            "by": "Leena Mäkinen",
            "before": None,
            "after": ACTUAL,
        }
    ]
}
NEW_FEED: Json = {"year": 2026, "customer_id": CUSTOMER_ID}
CALENDAR_FEED: Json = {
    "id": FEED_ID,
    "token": "Zk3v0c9qXb1n",
    "path": "/api/v1/clock.ics?token=Zk3v0c9qXb1n",
}
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
    "reporter": _HEAD,
    "handler": {**_HANDLER, "role": "service_supervisor"},
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
}
CASE_COUNTS: Json = {
    "received": 3,
    "acknowledged": 1,
    "in_progress": 4,
    "waiting": 2,
    "late": 1,
    "due_today": 2,
    "open": 10,
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
PREVIEW_REQUEST: Json = {
    "received_at": "2026-03-10T08:00:00+02:00",
    "calendar": {
        "time_zone": "Europe/Helsinki",
        "frames": {"mon": _DAY, "tue": _DAY, "wed": _DAY, "thu": _DAY, "fri": _DAY, "sat": [], "sun": []},
        "holidays": "FI",
        "half_days": [{"date": "2026-12-31", "frames": [["08:00", "12:00"]]}],
        "closures": [{"from": "2026-07-01", "to": "2026-07-31"}],
    },
    "response": {"basis": "business", "duration": "PT4H"},
    "resolution": {"basis": "business", "duration": "PT8H"},
}
PREVIEW: Json = {
    "response_due_at": "2026-03-10T10:00:00Z",
    "resolution_due_at": "2026-03-10T14:00:00Z",
    "ledger": [{**_INTERVAL, "from": "2026-03-10T06:00:00Z"}],
}
MISSING: Json = {
    "part": "agreed",
    "reason": "unavailable",
    "detail": "Sopimukset eivät vastaa juuri nyt.",
}
SITE_CARD: Json = {
    "site": SITE,
    "agreed": None,
    "contacts": [CONTACT],
    "open_cases": [CASE],
    "degraded": [MISSING],
}
OVERVIEW: Json = {
    "customer": CUSTOMER,
    "contacts": [CONTACT],
    "sites": [SITE],
    "contract_year": {**YEAR, "year": 2026, "state": "in_force"},
    "open_cases": [CASE],
    "milestones": [MILESTONE],
    "degraded": [],
}
SEARCH: Json = {
    "items": [
        {
            "kind": "site",
            "id": SITE_ID,
            "title": "Myllytullin koulu",
            "subtitle": "Opetuspalvelut",
            "score": 0.9,
        }
    ],
    "degraded": [],
}
EVENTS: Json = {
    "items": [
        {
            "specversion": "1.0",
            "id": EVENT_ID,
            "source": "/services/feedback",
            "type": "kumppani.feedback.case.reported",
            "subject": CASE_ID,
            "time": "2026-03-10T10:00:00Z",
            "datacontenttype": "application/json",
            "data": {"id": CASE_ID, "reference": "P-2026-000123", "state": "received"},
        }
    ],
    "next": "eyJmZWVkYmFjayI6IjEuMSJ9",
    "degraded": [],
}
ME: Json = {
    "person_id": HEAD_ID,
    "name": "Antti Koski",
    "title": "rehtori",
    "language": "fi",
    "roles": ["site_head"],
    "everything": False,
    "customers": [],
    "sites": [{"id": SITE_ID, "name": "Myllytullin koulu"}],
    "allowed": {"report_case": True, "handle_cases": False},
    "degraded": [],
}
DEMO_PEOPLE: Json = {
    "items": [
        {
            "username": "school-head",
            "person_id": HEAD_ID,
            "name": "Antti Koski",
            "title": "rehtori",
            "roles": ["site_head"],
        }
    ]
}
SIGN_IN: Json = {"username": "school-head"}
SESSION: Json = {
    "token": "eyJhbGciOiJFZERTQSIsInR5cCI6InNlc3Npb24rand0In0.e30.c2lnbmF0dXJl",
    "expires_at": "2026-03-10T18:00:00Z",
    "person": DEMO_PEOPLE["items"][0],
}
