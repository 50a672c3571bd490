"""What a case is promised by where, when and about what it came, as a table."""

from datetime import date
from uuid import UUID

import pytest

from services.feedback.cases.promise import Promise, promise_for
from services.feedback.cases.vocabulary import Kind
from services.feedback.copies.rules import People, Person
from services.feedback.read_model import ReadModel, Site
from services.feedback.sla.defaults import shipped_calendars
from services.feedback.sla.policies import YearTargets
from services.feedback.sla.rules import Policy
from tests.services.feedback.sla.times import at, business
from trade.vocabulary import Service, Severity

CUSTOMER, SCHOOL, DAY_CARE, UNKNOWN = (UUID(int=number) for number in range(1, 5))
CALENDARS = shipped_calendars()
AGREED = YearTargets(
    reference="S-2026-001",
    year=2026,
    valid_from=date(2026, 1, 1),
    valid_until=date(2026, 12, 31),
    lines=frozenset({(SCHOOL, "meals")}),
    policies={("meals", "normal"): Policy(business("PT3H"), business("PT13H"))},
)
KNOWN = ReadModel(
    version=1,
    sites={
        SCHOOL: Site(SCHOOL, "Koulu", CUSTOMER, "school", {}),
        DAY_CARE: Site(DAY_CARE, "Päiväkoti", CUSTOMER, "a_calendar_that_is_gone", {}),
    },
    customers={},
    producers={},
    people=People.of([], Person(id=None, name="Päivystys")),
    years={CUSTOMER: [AGREED]},
    calendars=CALENDARS,
    calendar_versions={(name, 1): calendar for name, calendar in CALENDARS.items()},
)


def promised(case: str) -> Promise:
    """Return the promise of a case told as "site service severity kind, moment"."""
    about, moment = case.split(", ")
    site, service, severity, kind = about.split()
    return promise_for(
        KNOWN,
        customer_id=CUSTOMER,
        site_id={"school": SCHOOL, "day_care": DAY_CARE}.get(site, UNKNOWN),
        service=Service(service),
        severity=Severity(severity),
        kind=Kind(kind),
        at=at(moment),
    )


def told(promise: Promise) -> str:
    """Return a promise as "calendar, response, resolution, whose"."""
    targets = (promise.policy.response, promise.policy.resolution)
    words = ["-" if each is None else f"{each.duration} {each.basis}" for each in targets]
    whose = promise.found.source.contract_reference or "default"
    return ", ".join([promise.calendar.name, *words, whose])


@pytest.mark.parametrize(
    ("case", "promise"),
    [
        (
            "school meals normal complaint, 2026-03-10 08:00",
            "school, PT3H business, PT13H business, S-2026-001",
        ),
        (
            "school meals normal question, 2026-03-10 08:00",
            "school, PT3H business, PT13H business, S-2026-001",
        ),
        ("school meals normal praise, 2026-03-10 08:00", "school, PT3H business, -, S-2026-001"),
        ("school meals high complaint, 2026-03-10 08:00", "school, PT2H business, PT8H business, default"),
        (
            "school meals critical complaint, 2026-03-10 08:00",
            "school, PT1H calendar, PT24H calendar, default",
        ),
        (
            "school cleaning normal complaint, 2026-03-10 08:00",
            "school, PT4H business, PT24H business, default",
        ),
        # The day is Helsinki's: in UTC the year has not begun, and not ended.
        (
            "school meals normal complaint, 2026-01-01 00:30",
            "school, PT3H business, PT13H business, S-2026-001",
        ),
        ("school meals normal complaint, 2027-01-01 00:30", "school, PT4H business, PT24H business, default"),
        # Intake does not fail on a calendar or a site that nobody knows.
        (
            "day_care meals normal complaint, 2026-03-10 08:00",
            "office, PT4H business, PT24H business, default",
        ),
        (
            "unknown meals normal complaint, 2026-03-10 08:00",
            "office, PT4H business, PT24H business, default",
        ),
    ],
)
def test_a_case_is_promised_what_site_service_severity_kind_and_day_say(case: str, promise: str) -> None:
    found = promised(case)

    assert told(found) == promise
    assert Promise.of(found.as_json(), KNOWN.calendar_version) == found
