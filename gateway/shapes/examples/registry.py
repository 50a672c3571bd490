"""Departments, customers, sites, producers, people and files."""

from gateway.shapes.examples.ids import (
    ASSIGNMENT_ID,
    CUSTOMER_ID,
    DEPARTMENT_ID,
    GROUP_ID,
    HANDLER_ID,
    HEAD_ID,
    MANAGER_ID,
    PRODUCER_ID,
    SITE_ID,
    Json,
    without,
)

DEPARTMENT: Json = {
    "id": DEPARTMENT_ID,
    "code": "SIKU",
    "name": "Sivistys- ja kulttuuripalvelut",
    "customer_groups": [{"id": GROUP_ID, "name": "Opetuspalvelut", "end_customers": "oppilaat"}],
    "version": 1,
}
DEPARTMENT_EDIT: Json = without(DEPARTMENT, "id", "version")
MANAGER: Json = {
    "person_id": MANAGER_ID,
    "name": "Leena Mäkinen",
    "phone": "044 700 1001",
    "email": "leena.makinen@serviisi.example",
}
HEAD: Json = {
    "person_id": HEAD_ID,
    "name": "Antti Koski",
    "phone": "044 700 2002",
    "email": "antti.koski@oulu.example",
}
HANDLER: Json = {
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
    "account_manager": MANAGER,
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
    "heads": [HEAD],
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
PRODUCER_EDIT: Json = without(PRODUCER, "id", "version")
PERSON: Json = {
    "id": HEAD_ID,
    "username": "school-head",
    "name": "Antti Koski",
    "title": "rehtori",
    "email": HEAD["email"],
    "phone": HEAD["phone"],
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
    "email": HEAD["email"],
    "phone": HEAD["phone"],
    "language": "fi",
    "assignments": [{"role": "site_head", "site_id": SITE_ID, "valid_from": "2025-08-01"}],
}
ABSENCES: Json = {"absences": [{"first_day": "2026-07-06", "last_day": "2026-07-31"}]}
CONTACT: Json = {
    **HANDLER,
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
    "person": {**HANDLER, "title": "palveluesimies"},
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
