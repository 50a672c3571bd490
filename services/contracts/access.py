"""Who may see and do what in the contracts service. Repositories query by these rules."""

from uuid import UUID

from chassis.actors import Actor
from services.contracts.agreements.rules import Step
from trade.vocabulary import Party

ACCOUNT_MANAGER = "account_manager"
ADMINISTRATOR = "administrator"
CONTRACT_CONTACT = "contract_contact"
MANAGEMENT = "management"

PRODUCER_SIGNERS = (ACCOUNT_MANAGER, MANAGEMENT)
CUSTOMER_STEPS = frozenset({Step.PROPOSE, Step.APPROVE, Step.SIGN, Step.RETURN, Step.REJECT})
"""What the customer's contract contact may do; the producer's signers may do it all."""


def acts_for(actor: Actor, customer_id: UUID) -> Party | None:
    """Return the party in whose name the actor approves and signs, or None.

    A signer of the producer who is also a contract contact acts for the customer at the own customers only.
    """
    if actor.has_role(CONTRACT_CONTACT) and customer_id in actor.customer_ids:
        # An actor's customers are those of both roles, and nothing tells which is whose: a person who has
        # both acts for neither party there, rather than for the customer whose account manager it is.
        return None if actor.has_role(ACCOUNT_MANAGER) else Party.CUSTOMER
    return Party.PRODUCER if actor.has_role(*PRODUCER_SIGNERS) else None


def may_edit_terms(actor: Actor) -> bool:
    """Tell whether the actor may create contracts and years and edit lines, targets and annexes."""
    return actor.has_role(ACCOUNT_MANAGER, ADMINISTRATOR)


def may_edit_points(actor: Actor, customer_id: UUID) -> bool:
    """Tell whether the actor may write the six points and name persons: both parties do."""
    return may_edit_terms(actor) or acts_for(actor, customer_id) is Party.CUSTOMER


def may_take(actor: Actor, step: Step, customer_id: UUID) -> bool:
    """Tell whether the actor may take the step, whatever the state."""
    match acts_for(actor, customer_id):
        case Party.PRODUCER:
            return True
        case Party.CUSTOMER:
            return step in CUSTOMER_STEPS
        case _:
            return actor.has_role(ADMINISTRATOR) and step in {Step.SUBMIT, Step.PROPOSE, Step.RETURN}


def reads_whole_contract(actor: Actor, customer_id: UUID) -> bool:
    """Tell whether the actor reads every state, line and price; a site's people read their site's part."""
    return actor.everything or customer_id in actor.customer_ids


def may_record_actual(actor: Actor, customer_id: UUID) -> bool:
    """Tell whether the actor may record what really happened to a milestone: both parties do."""
    return may_edit_terms(actor) or acts_for(actor, customer_id) is not None


def may_plan(actor: Actor) -> bool:
    """Tell whether the actor may generate a clock, and move or cancel its milestones."""
    return may_edit_terms(actor)
