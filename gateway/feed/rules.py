"""What of an event leaves the house, and who sees it. An event or field not named here stays inside."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from chassis.actors import Actor

Json = Mapping[str, Any]
"""Data of an event."""


class Audience:
    """An actor's ids as events write them."""

    def __init__(self, actor: Actor) -> None:
        self.everything = actor.everything
        self.customers = {str(each) for each in actor.customer_ids}
        self.sites = {str(each) for each in actor.site_ids}
        self.sites_customers = {str(each) for each in actor.site_customer_ids}
        self.producers = {str(each) for each in actor.producer_ids}


@dataclass(frozen=True)
class Rule:
    """Who sees an aggregate's events besides those who see everything, and which fields go out."""

    seen: Callable[[Audience, Json], bool]
    fields: frozenset[str]
    within: str | None = None
    """The part of the data that holds the fields."""


def _sees_customer(audience: Audience, data: Json) -> bool:
    return data.get("id") in audience.customers | audience.sites_customers


def _sees_site(audience: Audience, data: Json) -> bool:
    producers = {service.get("producer_id") for service in data.get("services", [])}
    return (
        data.get("id") in audience.sites
        or data.get("customer_id") in audience.customers
        or not audience.producers.isdisjoint(producers)
    )


def _sees_contract(audience: Audience, data: Json) -> bool:
    return data.get("customer_id") in audience.customers | audience.sites_customers


def _sees_year(audience: Audience, data: Json) -> bool:
    signed = data.get("state") == "signed" and data.get("customer_id") in audience.sites_customers
    return signed or data.get("customer_id") in audience.customers


def _sees_case(audience: Audience, data: Json) -> bool:
    case, change = data.get("case", {}), data.get("change", {})
    if case.get("producer_id") in audience.producers:
        return True
    own = case.get("customer_id") in audience.customers or case.get("site_id") in audience.sites
    # What is not public, such as an internal note, is for the producer's side.
    return own and change.get("public") is True


RULES: dict[str, Rule] = {
    "kumppani.customers.department": Rule(
        lambda _eyes, _data: False, frozenset({"id", "code", "name", "customer_groups", "version"})
    ),
    "kumppani.customers.customer": Rule(
        _sees_customer,
        frozenset({"id", "number", "name", "kind", "department", "customer_group", "version"}),
    ),
    "kumppani.customers.site": Rule(
        _sees_site,
        frozenset(
            {
                "id",
                "number",
                "name",
                "kind",
                "customer_id",
                "customer_name",
                "address",
                "coordinates",
                "calendar",
                "services",
                "version",
            }
        ),
    ),
    "kumppani.customers.producer": Rule(
        lambda audience, data: data.get("id") in audience.producers,
        frozenset({"id", "name", "own", "business_id", "version"}),
    ),
    "kumppani.contracts.contract": Rule(
        _sees_contract,
        frozenset({"id", "reference", "customer_id", "producer_name", "kind", "services", "version"}),
    ),
    "kumppani.contracts.year": Rule(
        _sees_year,
        frozenset(
            {
                "id",
                "contract_id",
                "reference",
                "customer_id",
                "year",
                "state",
                "valid_from",
                "valid_until",
                "signed_at",
                "version",
            }
        ),
    ),
    "kumppani.contracts.milestone": Rule(
        _sees_contract,
        frozenset(
            {
                "id",
                "year",
                "customer_id",
                "row",
                "topic",
                "responsible",
                "due",
                "status",
                "actual_on",
                "version",
            }
        ),
    ),
    "kumppani.feedback.case": Rule(
        _sees_case,
        frozenset(
            {
                "id",
                "reference",
                "kind",
                "service",
                "severity",
                "state",
                "channel",
                "wish",
                "cycle",
                "site_id",
                "site_name",
                "customer_id",
                "customer_name",
                "producer_id",
                "producer_name",
                "occurred_at",
                "received_at",
                "logged_at",
                "acknowledged_at",
                "first_response_at",
                "resolved_at",
                "closed_at",
                "response_due_at",
                "resolution_due_at",
                "next_due_at",
                "response_breached",
                "resolution_breached",
                "version",
            }
        ),
        within="case",
    ),
}
"""By an event type without its last word. People's events carry personal data throughout: none leaves."""


def shown(type_: str, data: Json, audience: Audience) -> dict[str, Any] | None:
    """Return what the actor may read of an event's data, or None when the event is not the actor's."""
    rule = RULES.get(type_.rpartition(".")[0])
    if rule is None or not (audience.everything or rule.seen(audience, data)):
        return None
    source = data.get(rule.within, {}) if rule.within else data
    return {name: value for name, value in source.items() if name in rule.fields}
