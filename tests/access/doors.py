"""Rows of what one deployable alone answers."""

from tests.access.cast import METRICS, NO_PERSON, OF_THE_SCHOOL, PUBLIC, SIGNED_IN, answers
from tests.access.rows import Row, delete, get, post

#                     nob | con hea str | sup han acc man adm | out cli
SIGNS_IN = answers("  201 | 201 201 201 | 201 201 201 201 201 | 201 201")
SIGNS_OUT = answers(" 401 | 204 204 204 | 204 204 204 204 204 | 204 204")

HEALTH: tuple[Row, ...] = (
    get("/health/live", PUBLIC, note="for the machine; a proxy keeps it inside"),
    get("/health/ready", PUBLIC, note="as above"),
    get("/metrics", METRICS, note="opened by a bearer token of its own"),
)
SERVICE: tuple[Row, ...] = (
    *HEALTH,
    get("/openapi.json", PUBLIC),
    get("/v1/events", NO_PERSON, note="for the other services, each by its own token"),
)
CUSTOMERS: tuple[Row, ...] = (
    get("/v1/actors/{person_id}", NO_PERSON, note="for the gateway, by its own token"),
    get("/v1/actors/by-username/{username}", NO_PERSON, note="as above"),
)
CONTRACTS: tuple[Row, ...] = (
    get("/v1/sites/{site_id}/agreed", OF_THE_SCHOOL),
    get("/v1/search", SIGNED_IN, query="q=Opetus"),
)
FEEDBACK: tuple[Row, ...] = (get("/v1/search", SIGNED_IN, query="q=lounas"),)
GATEWAY: tuple[Row, ...] = (
    *HEALTH,
    get("/api/v1/openapi.json", PUBLIC),
    get("/api/v1/demo-people", PUBLIC, note="in the demo city only"),
    post(
        "/api/v1/sessions",
        SIGNS_IN,
        body={"username": "handler"},
        note="in the demo city only",
        ends_session=True,
    ),
    delete("/api/v1/sessions/current", SIGNS_OUT, ends_session=True),
    get("/api/v1/me", SIGNED_IN),
    get("/api/v1/customers/{customer_id}/overview", OF_THE_SCHOOL),
    get("/api/v1/sites/{site_id}/card", OF_THE_SCHOOL),
    get(
        "/api/v1/events",
        SIGNED_IN,
        query="after=now",
        note="each event only to those who see what it is about",
    ),
)
