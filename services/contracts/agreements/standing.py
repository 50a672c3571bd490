"""Where a contract year stands: what still keeps it from being signed, and what an actor may do to it now."""

from chassis.actors import Actor
from services.contracts import access
from services.contracts.agreements import rules
from services.contracts.agreements.model import ContractYear
from services.contracts.agreements.repository import Content
from services.contracts.agreements.rules import Step
from services.contracts.agreements.vocabulary import Missing, Point
from trade.vocabulary import Party


def blockers(year: ContractYear, content: Content) -> list[Point | Missing]:
    """Return what still keeps the year from being signed."""
    ready = rules.Readiness(
        points=[rules.PointContent(each.point, each.owner_name, each.text) for each in content.points],
        persons=[each.party for each in content.persons],
        line_count=len(content.lines),
        approved=parties(content, Step.APPROVE),
    )
    return rules.blockers(ready, year.state)


def allowed(actor: Actor, year: ContractYear, content: Content) -> list[str]:
    """Return what this actor may do to the year now: steps, and ``edit_points`` and ``edit_terms``."""
    party = access.acts_for(actor, year.customer_id)
    steps = [
        step.value
        for step in Step
        if step in rules.steps_from(year.state)
        and access.may_take(actor, step, year.customer_id)
        and not (step in {Step.APPROVE, Step.SIGN} and party in parties(content, step))
    ]
    if year.state in rules.EDITABLE:
        steps += ["edit_points"] if access.may_edit_points(actor, year.customer_id) else []
        steps += ["edit_terms"] if access.may_edit_terms(actor) else []
    return steps


def parties(content: Content, step: Step) -> set[Party]:
    """Return the parties that have approved or signed."""
    return {each.party for each in content.consents if each.step is step}
