"""Examples of what goes out, for the document."""

from pydantic.config import JsonDict

_ID = "0197f5a0-0000-7000-8000-0000000000{:02d}".format
_CUSTOMER, _SITE, _PERSON, _CONTRACT, _YEAR, _LINE, _MILESTONE, _FEED = map(_ID, range(1, 9))

_BLOCKER: JsonDict = {"code": "communication", "text": "puuttuu: viestinnän työnjako"}
_TIME: JsonDict = {"basis": "business", "duration": "PT4H"}
_ANNEX: JsonDict = {"kind": "billing", "title": "Laskutusliite"}
_RESPONSIBLE: JsonDict = {
    "party": "customer",
    "role": "Sopimusyhteyshenkilö",
    "person_id": _PERSON,
    "name": "Antti Koski",
    "phone": "+358 44 700 1001",
    "email": "antti.koski@oulu.example",
}
_LINE_OF_YEAR: JsonDict = {
    "id": _LINE,
    "site_id": _SITE,
    "site_name": "Kaakkurin koulu",
    "service": "meals",
    "standard": "Koululounas, kaksi vaihtoehtoa",
    "price": {"amount": "4.85", "currency": "EUR"},
    "unit": "meal",
    "quantity": "41200",
    "previous_price": {"amount": "4.72", "currency": "EUR"},
    "previous_quantity": "40800",
    "change_reason": "Raaka-aineiden hinnat nousivat.",
    "yearly": {"amount": "199820.00", "currency": "EUR"},
    "previous_yearly": {"amount": "192576.00", "currency": "EUR"},
}
_COST: JsonDict = {
    "total": {"amount": "199820.00", "currency": "EUR"},
    "previous_total": {"amount": "192576.00", "currency": "EUR"},
    "price_effect": {"amount": "5356.00", "currency": "EUR"},
    "quantity_effect": {"amount": "1888.00", "currency": "EUR"},
    "added": {"amount": "0.00", "currency": "EUR"},
    "ended": {"amount": "0.00", "currency": "EUR"},
}
_TARGET: JsonDict = {
    "service": "meals",
    "severity": "normal",
    "response": _TIME,
    "resolution": {"basis": "business", "duration": "PT16H"},
}
_CUSTOMER_REF: JsonDict = {"id": _CUSTOMER, "name": "Opetuspalvelut"}
CONTRACT: JsonDict = {
    "id": _CONTRACT,
    "reference": "S-2026-012",
    "customer": _CUSTOMER_REF,
    "producer_name": "Oulun Serviisi",
    "kind": "partnership",
    "services": ["meals", "cleaning"],
    "years": [
        {"year": 2026, "state": "in_force", "blockers": []},
        {"year": 2027, "state": "draft", "blockers": [_BLOCKER]},
    ],
    "version": 1,
}
YEAR: JsonDict = {
    "id": _YEAR,
    "contract_id": _CONTRACT,
    "reference": "S-2026-012",
    "customer": _CUSTOMER_REF,
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
    "lines": [_LINE_OF_YEAR],
    "cost": {**_COST, "services": [{**_COST, "service": "meals"}]},
    "targets": [_TARGET],
    "annexes": [_ANNEX],
    "allowed": ["submit"],
    "acts_for": "producer",
    "version": 4,
}
AGREED: JsonDict = {
    "site_id": _SITE,
    "year": 2026,
    "contract_id": _CONTRACT,
    "reference": "S-2026-012",
    "lines": [_LINE_OF_YEAR],
    "targets": [_TARGET],
    "persons": [_RESPONSIBLE],
}
HISTORY_ENTRY: JsonDict = {
    "at": "2026-03-24T08:12:00Z",
    "what": "actual",
    "by": "Leena Mäkinen",
    "before": None,
    "after": {"actual_on": "2026-03-24", "status": "met", "note": "Palvelupyyntö saatiin ajoissa."},
}
MILESTONE: JsonDict = {
    "id": _MILESTONE,
    "year": 2026,
    "customer_id": _CUSTOMER,
    "customer_name": "Opetuspalvelut",
    "row": 1,
    "topic": "TA-sopimusvalmistelu 1",
    "content": "Palvelupyyntö tehostamis- ja kehittämisesityksineen.",
    "responsible": "customer_relations_group",
    "producing": "departments",
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
WHOLE_MILESTONE: JsonDict = {
    **MILESTONE,
    "history": [HISTORY_ENTRY],
    "last_year": None,
    "allowed": ["actual"],
}
CLOCK: JsonDict = {
    "year": 2026,
    "items": [MILESTONE],
    "summary": {
        "total": 1,
        "scheduled": 0,
        "met": 1,
        "partially_met": 0,
        "not_met": 0,
        "cancelled": 0,
        "overdue": 0,
    },
    "next": None,
}
FEED: JsonDict = {
    "id": _FEED,
    "year": 2026,
    "customer_id": _CUSTOMER,
    "responsible": None,
    "created_at": "2026-03-10T10:00:00Z",
    "ends_on": None,
}
NEW_FEED: JsonDict = {**FEED, "token": "Zk3v0c9qXb1n", "path": "/api/v1/clock.ics?token=Zk3v0c9qXb1n"}
