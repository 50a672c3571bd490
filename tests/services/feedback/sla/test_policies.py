"""Which policy holds: the contract year in force for the customer and site, else the producer's default."""

from datetime import date
from uuid import UUID

from services.feedback.sla.defaults import default_policies
from services.feedback.sla.policies import PRODUCER, FoundPolicy, SourceKind, YearTargets, choose
from services.feedback.sla.rules import Policy
from tests.services.feedback.sla.times import a_policy, business, calendar_time
from trade.vocabulary import Basis

SCHOOL, LIBRARY = UUID(int=1), UUID(int=2)
DEFAULT = a_policy()
AGREED = Policy(business("PT2H"), business("PT6H"))


def a_year(
    policy: Policy = AGREED,
    *,
    reference: str = "S-2026-001",
    year: int = 2026,
    until: date | None = None,
    lines: frozenset[tuple[UUID, str]] = frozenset({(SCHOOL, "meals")}),
    severity: str = "normal",
) -> YearTargets:
    return YearTargets(
        reference=reference,
        year=year,
        valid_from=date(year, 1, 1),
        valid_until=until or date(year, 12, 31),
        lines=lines,
        policies={("meals", severity): policy},
    )


def found(
    *years: YearTargets,
    site: UUID | None = SCHOOL,
    service: str = "meals",
    severity: str = "normal",
    day: date = date(2026, 3, 10),
) -> FoundPolicy:
    return choose(years, DEFAULT, site_id=site, service=service, severity=severity, day=day)


def test_the_contract_year_in_force_says_how_fast() -> None:
    answer = found(a_year())
    assert answer.policy == AGREED
    assert (answer.source.kind, answer.source.contract_reference, answer.source.year) == (
        SourceKind.CONTRACT_YEAR,
        "S-2026-001",
        2026,
    )


def test_without_a_contract_the_producers_default_holds() -> None:
    assert found() == FoundPolicy(DEFAULT, PRODUCER, PRODUCER)


def test_each_year_holds_on_its_own_days() -> None:
    years = a_year(), a_year(a_policy(business("PT1H")), year=2027, reference="S-2027-001")
    assert found(*years, day=date(2026, 12, 31)).source.year == 2026
    assert found(*years, day=date(2027, 1, 1)).source.year == 2027
    assert found(*years, day=date(2025, 12, 31)).source == PRODUCER


def test_a_terminated_year_holds_up_to_its_last_day() -> None:
    year = a_year(until=date(2026, 3, 10))
    assert found(year).source.kind is SourceKind.CONTRACT_YEAR
    assert found(year, day=date(2026, 3, 11)).source == PRODUCER


def test_a_site_outside_the_contract_gets_the_default() -> None:
    assert found(a_year(), site=LIBRARY).source == PRODUCER


def test_a_contract_without_lines_covers_every_site_of_the_customer() -> None:
    assert found(a_year(lines=frozenset()), site=LIBRARY).source.kind is SourceKind.CONTRACT_YEAR


def test_another_service_or_severity_gets_the_default() -> None:
    assert found(a_year(), service="cleaning").source == PRODUCER
    assert found(a_year(), severity="high").source == PRODUCER


def test_the_contract_that_names_the_service_at_the_site_goes_first() -> None:
    whole = a_year(reference="S-2026-000", lines=frozenset())
    own = a_year(reference="S-2026-009")
    assert found(whole, own).source.contract_reference == "S-2026-009"


def test_a_contract_without_a_resolution_target_leaves_it_to_the_producer() -> None:
    answer = found(a_year(Policy(business("PT2H"), None)))
    assert answer.policy == Policy(business("PT2H"), DEFAULT.resolution)
    assert answer.source.kind is SourceKind.CONTRACT_YEAR
    assert answer.resolution_source == PRODUCER


def test_critical_runs_in_calendar_time_whatever_the_contract_says() -> None:
    answer = found(a_year(severity="critical"), severity="critical")
    assert answer.policy == Policy(calendar_time("PT2H"), calendar_time("PT6H"))
    assert found(severity="critical").policy == Policy(calendar_time("PT4H"), calendar_time("PT24H"))


def test_the_shipped_policies_are_whole_and_critical_is_day_and_night() -> None:
    policies = default_policies()
    assert set(policies) == {"low", "normal", "high", "critical"}
    for severity, policy in policies.items():
        assert policy.response is not None
        assert policy.resolution is not None
        basis = Basis.CALENDAR if severity == "critical" else Basis.BUSINESS
        assert {policy.response.basis, policy.resolution.basis} == {basis}
