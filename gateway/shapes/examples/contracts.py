"""Contracts, years, the annual clock and calendar feeds."""

from gateway.shapes.examples.ids import (
    CONTRACT_ID,
    CUSTOMER_ID,
    FEED_ID,
    HEAD_ID,
    LINE_ID,
    MANAGER_ID,
    MILESTONE_ID,
    SITE_ID,
    YEAR_ID,
    Json,
    listing,
)
from gateway.shapes.examples.registry import HEAD

_BLOCKER: Json = {"code": "communication", "text": "puuttuu: viestinnän työnjako"}
NEW_CONTRACT: Json = {"customer_id": CUSTOMER_ID, "services": ["meals", "cleaning"]}
CONTRACT: Json = {
    "id": CONTRACT_ID,
    "reference": "S-2026-012",
    "customer": {"id": CUSTOMER_ID, "name": "Opetuspalvelut"},
    "producer_name": "Oulun Serviisi",
    "kind": "partnership",
    "services": ["meals", "cleaning"],
    "years": [
        {"year": 2026, "state": "in_force", "blockers": []},
        {"year": 2027, "state": "draft", "blockers": [_BLOCKER]},
    ],
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
    "phone": HEAD["phone"],
    "email": HEAD["email"],
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
    "blockers": [_BLOCKER],
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
_HISTORY_ENTRY: Json = {
    "at": "2026-03-24T08:12:00Z",
    "what": "actual",
    "by": "Leena Mäkinen",
    "before": None,
    "after": ACTUAL,
}
HISTORY: Json = listing(_HISTORY_ENTRY)
MOVE: Json = {"due": "2026-03-25", "reason": "Asiakkuusryhmän kokous on 25.3."}
WHOLE_MILESTONE: Json = {**MILESTONE, "history": [_HISTORY_ENTRY], "last_year": None, "allowed": ["actual"]}
NEW_FEED: Json = {"year": 2026, "customer_id": CUSTOMER_ID}
CALENDAR_FEED: Json = {
    "id": FEED_ID,
    "year": 2026,
    "customer_id": CUSTOMER_ID,
    "responsible": None,
    "created_at": "2026-03-10T10:00:00Z",
    "ends_on": None,
    "token": "Zk3v0c9qXb1n",
    "path": "/api/v1/clock.ics?token=Zk3v0c9qXb1n",
}
