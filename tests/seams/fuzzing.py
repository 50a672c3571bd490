"""What Schemathesis is told of this house: which days there are, and what no schema can say of valid data.

All checks that it has are asked of every answer. Those that compare answers of several requests find nothing
to compare here, since each request is made for itself.
"""

import itertools
import zlib
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime
from typing import Any

import schemathesis
from fastapi.testclient import TestClient
from hypothesis import strategies as st
from schemathesis.checks import CHECKS, load_all_checks
from schemathesis.config import SchemathesisConfig
from schemathesis.core.parameters import ParameterLocation
from schemathesis.core.transport import Response
from schemathesis.generation.hypothesis.builder import HypothesisTestMode
from schemathesis.generation.modes import GenerationMode
from schemathesis.schemas import APIOperation
from schemathesis.specs.openapi import checks
from schemathesis.specs.openapi.schemas import OpenApiSchema

from chassis.openapi import rewritten
from tests.seams.city import City, Json
from tests.support.generated import Case, each_request, sent

OUTDATED = "412"
"""RFC 9110 §15.5.13: what was read is no longer so; no schema knows the version of a thing."""
WITHOUT_VERSION = "428"
"""RFC 6585 §3: the server wants If-Match."""
CONFIG = {
    "checks": {
        "positive_data_acceptance": {
            "expected-statuses": ["2xx", "3xx", "401", "403", "404", "409", "429", "5xx", OUTDATED]
        },
        "negative_data_rejection": {
            "expected-statuses": [
                *(
                    "400",
                    "401",
                    "403",
                    "404",
                    "405",
                    "406",
                    "409",
                    "415",
                    "422",
                    "428",
                    "429",
                    "5xx",
                    OUTDATED,
                )
            ]
        },
        "missing_required_header": {
            "expected-statuses": ["400", "401", "403", "406", "415", "422", WITHOUT_VERSION]
        },
    }
}
NAMES_NOTHING = {
    *("unknown_reference", "unknown_person", "person_unknown", "unknown_line", "not_a_site_of_customer"),
    *("time_zone_unknown", "holidays_unknown", "not_account_manager", "cursor"),
}
"""Well-formed, but nobody has this id or name, and no page before ended with this cursor."""
IS_THERE_ALREADY = {"taken", "twice", "scope_twice", "target_twice", "half_day_twice"}
BETWEEN_FIELDS = {
    *("internal_needs_department", "external_has_none", "group_of_other_department", "own_stand_in"),
    *("scope_missing", "scope_unfit", "days_in_order", "actual_day", "in_future", "outside_year"),
    *("pause_backwards", "frame_backwards", "frames_overlap", "closure_backwards"),
    *("calendar_without_open_time", "due_beyond_horizon", "due_beyond_preview", "ledger_too_long"),
}
"""One field forbids what another says, or the calendar does."""
OF_DIGITS = {"business_id"}
"""The check digit is computed from the others."""
OF_ROWS = {"faulty_file"}
"""A file of rows is a text to OpenAPI."""
RULES = NAMES_NOTHING | IS_THERE_ALREADY | BETWEEN_FIELDS | OF_DIGITS | OF_ROWS
"""Why data that its schema allows is refused with 422; for its form it must never be."""
FEW = (HypothesisTestMode.EXAMPLES, HypothesisTestMode.FUZZING)
MODES = (*FEW, HypothesisTestMode.COVERAGE)
COSTLY = {
    ("POST", "/api/v1/sla/preview"),
    ("POST", "/api/v1/people"),
    ("POST", "/api/v1/customers"),
    ("GET", "/api/v1/cases/counts"),
}
"""Each limit of these would take a fifth of all the time: the same shapes are tried where they are changed or
listed, and previews by `tests/services/feedback/sla`."""

LONG_LIST = 9
LONG_TEXT = 1_000
INTRICATE = 500
"""Characters of a pattern that is dear to count: it names whole classes of characters."""
LongText = tuple[tuple[str | int, ...], int]
_KEYS = itertools.count()

load_all_checks()
schemathesis.openapi.format("date", st.dates(date(1901, 1, 1), date(2199, 12, 31)).map(str))
schemathesis.openapi.format(
    "date-time",
    # The years in which this house writes, as its patterns say.
    st.integers(-2_177_452_800, 7_258_118_399).map(lambda s: datetime.fromtimestamp(s, UTC).isoformat()),
)


def schema_of(document: Json) -> OpenApiSchema:
    """Return a document as Schemathesis reads it, without the lengths of long lists and long texts.

    Lists that are just too long take most of the time to make, so their lengths are not tried here. The
    length of a text is written into its pattern; counted to thousands, one of ours takes a second to compile,
    again and again. `long_texts` are tried by a test of their own.
    """
    short = {**document, "paths": rewritten(document["paths"], _any_length)}
    schemas = rewritten(document["components"]["schemas"], _any_length)
    short["components"] = {**document["components"], "schemas": schemas}
    return schemathesis.openapi.from_dict(short, config=SchemathesisConfig.from_dict(CONFIG))


def _any_length(part: Json) -> Json:
    left_out = {"maxLength"} if _is_long_text(part) else set()
    return {
        key: value
        for key, value in part.items()
        if key not in left_out and (key != "maxItems" or value < LONG_LIST)
    }


def _is_long_text(part: Json) -> bool:
    return part.get("maxLength", 0) >= LONG_TEXT and len(part.get("pattern", "")) > INTRICATE


def long_texts(document: Json, schema: Json, place: tuple[str | int, ...] = ()) -> Iterator[LongText]:
    """Yield the texts of a body whose length `schema_of` leaves out: where they stand, and their length."""
    while "$ref" in schema:
        schema = document["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    if _is_long_text(schema):
        yield place, schema["maxLength"]
    for either in schema.get("anyOf", ()):
        yield from long_texts(document, either, place)
    for name, part in schema.get("properties", {}).items():
        yield from long_texts(document, part, (*place, name))
    if "items" in schema:
        yield from long_texts(document, schema["items"], (*place, 0))


class Door:
    """Where an operation is asked: its document, a client, and whose requests they are."""

    def __init__(
        self,
        operation: APIOperation[Any, Any, Any, Any],  # Any: Schemathesis' own parts
        client: TestClient,
        whose: Callable[[Case], dict[str, str]],
    ) -> None:
        self.operation = operation
        self._client = client
        self._whose = whose
        self._is_tried = False

    def hold(self, made: Case) -> None:
        """Ask, and judge the answer by this door's document."""
        case = self.operation.Case(
            method=made.method,
            path_parameters=made.path_parameters,
            headers=made.headers,
            query=made.query,
            body=made.body,
            media_type=made.media_type,
            _meta=made.meta,
        )
        _be_the_first(case, next(_KEYS))
        whose = self._whose(case)
        answer = sent(case, self._client, whose)
        if answer.status_code == 503:  # a busy machine; the answer says to try again
            answer = sent(case, self._client, whose)
        case.validate_response(answer, checks=JUDGES, headers=whose)
        own = case.method.upper() == self.operation.method.upper()
        if own and not self._is_tried and answer.status_code < 300:
            self._is_tried = True
            self._try_without_rights(case)

    def _try_without_rights(self, case: Case) -> None:
        """Ask again as nobody and with a wrong token, as `ignored_auth` would over a network."""
        told = self.operation.definition.raw
        security = told.get("security", [{"token": []}] if "401" in told["responses"] else [])
        if security and {} not in security:
            case.headers.pop("Authorization", None)
            for wrong in ({}, {"Authorization": "Bearer e30.e30.e30"}):
                assert sent(case, self._client, wrong).status_code == 401


def hold(doors: Sequence[Door], city: City, *, examples: int) -> None:
    """Ask an operation as its examples do, at each limit of its schema and at random, at each of its doors.

    Making requests takes longer than sending them, so each is sent to all doors.
    """

    def is_described(case: Case) -> None:
        _meet_what_exists(case, city)
        for door in doors:
            door.hold(case)

    operation = doors[0].operation
    modes = FEW if (operation.method.upper(), operation.path) in COSTLY else MODES
    each_request(operation, is_described, modes=modes, examples=examples)


def valid_data_is_refused_by_rules_only(
    context: Any,  # Any: a context of Schemathesis' own, which is passed on
    response: Response,
    case: Case,
) -> bool | None:
    """Judge as Schemathesis does, but let a rule refuse what no schema can forbid."""
    if response.status_code == 422:
        problem = response.json()
        codes = {each["code"] for each in problem.get("errors", [])} or {problem["code"]}
        if codes <= RULES:
            return None
    return checks.positive_data_acceptance(context, response, case)


def faulty_data_is_refused_or_reported(
    context: Any,  # Any: as above
    response: Response,
    case: Case,
) -> bool | None:
    """Judge as Schemathesis does, but let a dry run tell what is wrong, also with no file at all."""
    a_dry_run = case.operation.path.endswith("/imports/{kind}") and response.status_code == 200
    if a_dry_run and response.json()["faults"]:
        return None
    return checks.negative_data_rejection(context, response, case)


_OWN = (checks.positive_data_acceptance, checks.negative_data_rejection, checks.ignored_auth)
JUDGES = [
    *(each for each in CHECKS.get_all() if each not in _OWN),
    valid_data_is_refused_by_rules_only,
    faulty_data_is_refused_or_reported,
]
"""All that is asked of every answer; whether a door is guarded is asked once."""


def faulty_parts(case: Case) -> set[ParameterLocation]:
    """Return the parts of a request that break its schema on purpose."""
    parts = case.meta.components if case.meta else {}
    return {place for place, part in parts.items() if part.mode is GenerationMode.NEGATIVE}


def mark(*values: object) -> int:
    """Return a number that the same values always get."""
    return zlib.crc32(repr(values).encode())


def ids_of(city: City) -> Json:
    """Return what is there, by the names that paths call it."""
    return {
        "case_id": city.case["id"],
        "site_id": city.school["id"],
        "customer_id": city.education["id"],
        "department_id": city.department["id"],
        "producer_id": city.own["id"],
        "person_id": city.people["school-head"]["id"],
        "contract_id": city.contract["id"],
        "milestone_id": city.clock["items"][0]["id"],
        "year": 2026,
    }


def _meet_what_exists(case: Case, city: City) -> None:
    """Let half of the requests meet what is there, since an id that nobody has is 404 at once; none waits."""
    known = ids_of(city)
    if ParameterLocation.PATH not in faulty_parts(case):
        for name, value in (case.path_parameters or {}).items():
            if name in known and mark(value) % 2 == 0:
                case.path_parameters[name] = known[name]
    if "wait" in (case.query or {}):
        case.query["wait"] = 0


def _be_the_first(case: Case, number: int) -> None:
    """Give valid headers a key that nobody has used, and the version that new things have.

    Schemathesis' own If-Match keeps to HTTP's grammar, not to the pattern of a header that may be left out.
    """
    if ParameterLocation.HEADER not in faulty_parts(case):
        fresh = {"Idempotency-Key": f"key-{number}", "If-Match": '"1"'}
        for name in fresh.keys() & (case.headers or {}).keys():
            case.headers[name] = fresh[name]
