"""Which operations of the services are passed on: one line each.

What an operation is for, what it takes and answers stands in its service's own document
(``gateway/openapi/<service>.json``, written by ``make docs``); here is what only the gateway can know.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

CUSTOMERS_READ, CUSTOMERS_WRITE = "customers:read", "customers:write"
CONTRACTS_READ, CONTRACTS_WRITE = "contracts:read", "contracts:write"
CASES_READ, CASES_WRITE = "cases:read", "cases:write"
YEAR = "/contracts/{contract_id}/years/{year}"
IMPORT_SECONDS = 60.0
EVERY_CUSTOMER_SECONDS = 30.0
"""For generating the clocks of all customers at once."""


@dataclass(frozen=True, slots=True)
class PassedOn:
    """An operation at ``/api/v1`` that a service answers at ``/v1``."""

    method: Literal["GET", "POST", "PUT", "DELETE"]
    path: str
    name: str
    """What clients call it; it never changes."""
    scope: str
    """What a session needs to hold."""
    seconds: float | None = None
    """How long the service may take, where what reads and writes usually have is too little."""
    kept: bool = False
    """Whether an answer is kept until something happens in the service (`gateway.kept`)."""
    kept_with: str = ""
    """A part of the query without which none is kept."""

    @property
    def safe(self) -> bool:
        """Tell whether the operation only reads."""
        return self.method == "GET"


PASSED_ON: Mapping[str, tuple[PassedOn, ...]] = {
    "customers": (
        PassedOn("GET", "/departments", "list_departments", CUSTOMERS_READ),
        PassedOn("POST", "/departments", "add_department", CUSTOMERS_WRITE),
        PassedOn("GET", "/departments/{department_id}", "read_department", CUSTOMERS_READ),
        PassedOn("PUT", "/departments/{department_id}", "change_department", CUSTOMERS_WRITE),
        PassedOn("GET", "/customers", "list_customers", CUSTOMERS_READ),
        PassedOn("POST", "/customers", "add_customer", CUSTOMERS_WRITE),
        PassedOn("GET", "/customers/{customer_id}", "read_customer", CUSTOMERS_READ),
        PassedOn("PUT", "/customers/{customer_id}", "change_customer", CUSTOMERS_WRITE),
        PassedOn("PUT", "/customers/{customer_id}/account-manager", "name_account_manager", CUSTOMERS_WRITE),
        PassedOn("GET", "/sites", "list_sites", CUSTOMERS_READ),
        PassedOn("POST", "/sites", "add_site", CUSTOMERS_WRITE),
        PassedOn("GET", "/sites/{site_id}", "read_site", CUSTOMERS_READ),
        PassedOn("PUT", "/sites/{site_id}", "change_site", CUSTOMERS_WRITE),
        PassedOn("GET", "/producers", "list_producers", CUSTOMERS_READ),
        PassedOn("GET", "/producers/{producer_id}", "read_producer", CUSTOMERS_READ),
        PassedOn("POST", "/producers", "add_producer", CUSTOMERS_WRITE),
        PassedOn("PUT", "/producers/{producer_id}", "change_producer", CUSTOMERS_WRITE),
        PassedOn("GET", "/people", "list_people", CUSTOMERS_READ),
        PassedOn("POST", "/people", "add_person", CUSTOMERS_WRITE),
        PassedOn("GET", "/people/{person_id}", "read_person", CUSTOMERS_READ),
        PassedOn("PUT", "/people/{person_id}", "change_person", CUSTOMERS_WRITE),
        PassedOn("PUT", "/people/{person_id}/absences", "record_absences", CUSTOMERS_WRITE),
        PassedOn("GET", "/contacts", "list_contacts", CUSTOMERS_READ),
        PassedOn("GET", "/whom-to-contact", "whom_to_contact", CUSTOMERS_READ, kept=True),
        PassedOn("POST", "/imports/{kind}", "import_file", CUSTOMERS_WRITE, IMPORT_SECONDS),
    ),
    "contracts": (
        PassedOn("GET", "/contracts", "list_contracts", CONTRACTS_READ),
        PassedOn("POST", "/contracts", "make_contract", CONTRACTS_WRITE),
        PassedOn("GET", "/contracts/{contract_id}", "read_contract", CONTRACTS_READ),
        PassedOn("POST", "/contracts/{contract_id}/years", "draft_year", CONTRACTS_WRITE),
        PassedOn("GET", YEAR, "read_year", CONTRACTS_READ),
        PassedOn("GET", f"{YEAR}/history", "read_year_history", CONTRACTS_READ),
        PassedOn("PUT", f"{YEAR}/points/{{point}}", "write_point", CONTRACTS_WRITE),
        PassedOn("PUT", f"{YEAR}/persons", "name_persons", CONTRACTS_WRITE),
        PassedOn("PUT", f"{YEAR}/lines", "set_lines", CONTRACTS_WRITE),
        PassedOn("POST", f"{YEAR}/lines/adjust", "adjust_prices", CONTRACTS_WRITE),
        PassedOn("PUT", f"{YEAR}/targets", "set_targets", CONTRACTS_WRITE),
        PassedOn("PUT", f"{YEAR}/annexes", "set_annexes", CONTRACTS_WRITE),
        PassedOn("POST", f"{YEAR}/submit", "submit_year", CONTRACTS_WRITE),
        PassedOn("POST", f"{YEAR}/propose", "propose_year", CONTRACTS_WRITE),
        PassedOn("POST", f"{YEAR}/approve", "approve_year", CONTRACTS_WRITE),
        PassedOn("POST", f"{YEAR}/sign", "sign_year", CONTRACTS_WRITE),
        PassedOn("POST", f"{YEAR}/return", "return_year", CONTRACTS_WRITE),
        PassedOn("POST", f"{YEAR}/reject", "reject_year", CONTRACTS_WRITE),
        PassedOn("POST", f"{YEAR}/terminate", "terminate_year", CONTRACTS_WRITE),
        PassedOn("GET", "/clock", "read_clock", CONTRACTS_READ),
        PassedOn("POST", "/clock/generate", "generate_clock", CONTRACTS_WRITE, EVERY_CUSTOMER_SECONDS),
        PassedOn("GET", "/milestones/{milestone_id}", "read_milestone", CONTRACTS_READ),
        PassedOn("POST", "/milestones/{milestone_id}/actual", "enter_actual", CONTRACTS_WRITE),
        PassedOn("POST", "/milestones/{milestone_id}/move", "move_milestone", CONTRACTS_WRITE),
        PassedOn("POST", "/milestones/{milestone_id}/cancel", "cancel_milestone", CONTRACTS_WRITE),
        PassedOn("POST", "/milestones/{milestone_id}/restore", "restore_milestone", CONTRACTS_WRITE),
        PassedOn("GET", "/milestones/{milestone_id}/history", "read_milestone_history", CONTRACTS_READ),
        PassedOn("GET", "/calendar-feeds", "list_calendar_feeds", CONTRACTS_READ),
        PassedOn("POST", "/calendar-feeds", "make_calendar_feed", CONTRACTS_READ),
        PassedOn("DELETE", "/calendar-feeds/{feed_id}", "revoke_calendar_feed", CONTRACTS_READ),
    ),
    "feedback": (
        PassedOn("GET", "/cases", "list_cases", CASES_READ, kept=True, kept_with="urgent=true"),
        PassedOn("POST", "/cases", "report_case", CASES_WRITE),
        PassedOn("POST", "/cases/triage", "triage_words", CASES_WRITE),
        PassedOn("GET", "/cases/counts", "count_cases", CASES_READ, kept=True),
        PassedOn("GET", "/cases/promises", "read_promises", CASES_READ, kept=True),
        PassedOn("GET", "/cases/facets", "break_cases_down", CASES_READ),
        PassedOn("GET", "/cases/{case_id}", "read_case", CASES_READ),
        PassedOn("GET", "/cases/{case_id}/clock", "read_case_clock", CASES_READ),
        PassedOn("POST", "/cases/{case_id}/acknowledge", "acknowledge_case", CASES_WRITE),
        PassedOn("POST", "/cases/{case_id}/messages", "write_message", CASES_WRITE),
        PassedOn("POST", "/cases/{case_id}/wait", "wait_for_customer", CASES_WRITE),
        PassedOn("POST", "/cases/{case_id}/resume", "resume_case", CASES_WRITE),
        PassedOn("POST", "/cases/{case_id}/resolve", "resolve_case", CASES_WRITE),
        PassedOn("POST", "/cases/{case_id}/close", "close_case", CASES_WRITE),
        PassedOn("POST", "/cases/{case_id}/reopen", "reopen_case", CASES_WRITE),
        PassedOn("POST", "/cases/{case_id}/assign", "assign_case", CASES_WRITE),
        PassedOn("POST", "/cases/{case_id}/severity", "change_severity", CASES_WRITE),
        PassedOn("POST", "/sla/preview", "preview_due_times", CASES_READ),
        PassedOn("GET", "/calendars", "list_calendars", CASES_READ),
        PassedOn("GET", "/calendars/{name}", "read_calendar", CASES_READ),
        PassedOn("PUT", "/calendars/{name}", "change_calendar", CASES_WRITE),
    ),
}

CLOCK_ICS = PassedOn("GET", "/clock.ics", "read_clock_ics", CONTRACTS_READ)
"""Has a route of its own, since it also opens without a session."""
