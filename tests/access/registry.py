"""Rows of the customers service's nouns; the gateway answers the same."""

from tests.access.cast import (
    ADMIN_ADDS,
    MANAGER_ADDS,
    MANAGER_EDITS,
    OF_THE_SCHOOL,
    SIGNED_IN,
    STAFF_READS,
    answers,
)
from tests.access.rows import get, post, put

#                                  nob | con hea str | sup han acc man adm | out cli
OF_THE_DEPARTMENT = answers("      401 | 200 200 200 | 200 200 200 200 200 | 404 200")
ADMIN_EDITS_DEPARTMENT = answers(" 401 | 403 403 403 | 403 403 403 403 200 | 404 403")
OUTSIDE_PRODUCER = answers("       401 | 200 404 404 | 200 200 200 200 200 | 200 200")
ADMIN_EDITS_PRODUCER = answers("   401 | 403 404 404 | 403 403 403 403 200 | 403 403")
NAMES_MANAGER = answers("          401 | 403 403 404 | 403 403 403 200 200 | 404 403")
THE_HEAD = answers("               401 | 404 200 404 | 200 200 200 200 200 | 404 404")
ADMIN_EDITS_HEAD = answers("       401 | 404 403 404 | 403 403 403 403 200 | 404 404")
HEADS_ABSENCES = answers("         401 | 404 200 404 | 200 403 403 403 200 | 404 404")
ADMIN_IMPORTS = answers("          401 | 403 403 403 | 403 403 403 403 200 | 403 403")

NO_SCOPE = {"integration": 403}

_SITE = {
    "name": "Alppilan koulu",
    "kind": "comprehensive_school",
    "customer_id": "{customer_id}",
    "address": {"street": "Harjutie 31", "postal_code": "90840", "city": "Oulu"},
    "calendar": "school",
    "services": [{"service": "meals", "producer_id": "{own_producer_id}", "standard": "Ateriastandardi B"}],
}
_CUSTOMER = {"kind": "internal", "department_id": "{department_id}"}
_PRODUCER = {"phone": "+358 8 000 0101", "email": "asiakaspalvelu@isspalvelut.example"}
_PERSON = {"title": "Rehtori", "phone": "+358 40 000 0070", "language": "fi"}
_HEAD = {"role": "site_head", "site_id": "{site_id}", "valid_from": "2024-01-01"}

ROWS = (
    get("/departments", SIGNED_IN),
    post(
        "/departments",
        ADMIN_ADDS,
        body={"code": "UUSI{number}", "name": "Uusi hallintokunta", "customer_groups": []},
    ),
    get("/departments/{department_id}", OF_THE_DEPARTMENT),
    put(
        "/departments/{department_id}", ADMIN_EDITS_DEPARTMENT, thing="department_as_it_is", body={"...": ""}
    ),
    get("/customers", SIGNED_IN),
    post("/customers", MANAGER_ADDS, body=_CUSTOMER | {"name": "Uusi asiakas {number}"}),
    get("/customers/{customer_id}", OF_THE_SCHOOL),
    put("/customers/{customer_id}", MANAGER_EDITS, body=_CUSTOMER | {"name": "Opetuspalvelut"}),
    put(
        "/customers/{customer_id}/account-manager",
        NAMES_MANAGER,
        version_of="/customers/{customer_id}",
        body={"person_id": "{account_manager_id}"},
    ),
    get("/sites", SIGNED_IN),
    post("/sites", MANAGER_ADDS, body=_SITE | {"name": "Uusi koulu {number}"}),
    get("/sites/{site_id}", OF_THE_SCHOOL),
    put("/sites/{site_id}", MANAGER_EDITS, body=_SITE),
    get("/producers", SIGNED_IN),
    post("/producers", ADMIN_ADDS, body=_PRODUCER | {"name": "Uusi tuottaja {number}"}),
    get("/producers/{producer_id}", OUTSIDE_PRODUCER),
    put("/producers/{producer_id}", ADMIN_EDITS_PRODUCER, body=_PRODUCER | {"name": "ISS Palvelut"}),
    get("/people", STAFF_READS),
    post(
        "/people",
        ADMIN_ADDS,
        body=_PERSON | {"name": "Uusi Ihminen", "email": "uusi{number}@oulu.example", "assignments": []},
    ),
    get("/people/{person_id}", THE_HEAD),
    put(
        "/people/{person_id}",
        ADMIN_EDITS_HEAD,
        at_gateway=ADMIN_EDITS_HEAD | NO_SCOPE,
        body=_PERSON
        | {
            "username": "school-head",
            "name": "Hanna Seppälä",
            "email": "hanna.seppala@oulu.example",
            "assignments": [_HEAD],
        },
    ),
    put(
        "/people/{person_id}/absences",
        HEADS_ABSENCES,
        at_gateway=HEADS_ABSENCES | NO_SCOPE,
        version_of="/people/{person_id}",
        body={"absences": [{"first_day": "2027-07-01", "last_day": "2027-07-31"}]},
    ),
    get("/contacts", SIGNED_IN, query="site_id={site_id}"),
    get("/whom-to-contact", OF_THE_SCHOOL, query="site_id={site_id}&topic=meals"),
    post(
        "/imports/{kind}",
        ADMIN_IMPORTS,
        query="dry_run=true",
        text="code;name;customer_group;end_customers\nUUSI;Uusi hallintokunta;Ryhmä;Väki\n",
    ),
    get("/search", SIGNED_IN, query="q=koulu"),
)
