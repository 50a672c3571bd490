"""Who I am: own customers and sites, and what my roles let me do."""

from chassis.actors import Actor
from gateway.compose.parts import Part
from trade.vocabulary import STAFF_ROLES

OWN_STAFF = frozenset(STAFF_ROLES)
SITE_PEOPLE = frozenset({"site_head", "site_staff"})
PARTS: tuple[Part[None], ...] = (
    Part("customers", "customers", lambda services, _: services.customers.customer_names()),
    Part("sites", "customers", lambda services, _: services.customers.own_sites()),
)
ALLOWED: dict[str, frozenset[str]] = {
    "report_case": OWN_STAFF | SITE_PEOPLE | {"contract_contact", "producer_supervisor"},
    "log_case": OWN_STAFF,
    "handle_cases": OWN_STAFF,
    "assign_cases": OWN_STAFF,
    "read_contracts": OWN_STAFF | SITE_PEOPLE | {"contract_contact"},
    "edit_contracts": frozenset({"account_manager", "administrator"}),
    "sign_contracts": frozenset({"account_manager", "management", "contract_contact"}),
    "read_clock": OWN_STAFF | SITE_PEOPLE | {"contract_contact"},
    "enter_actuals": frozenset({"account_manager", "administrator", "contract_contact"}),
    "edit_registry": frozenset({"account_manager", "administrator"}),
    "read_people": OWN_STAFF,
    "edit_people": frozenset({"administrator"}),
    "import_files": frozenset({"administrator"}),
}
"""What a page may offer to which roles. An offer only: the service that owns the thing decides."""


def allowed(actor: Actor) -> dict[str, bool]:
    """Return what the actor's roles let it do."""
    return {name: actor.has_role(*roles) for name, roles in ALLOWED.items()}
