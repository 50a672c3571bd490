"""The steps of a contract year from draft to signature and after. Each is guarded, recorded and published."""

from dataclasses import replace
from uuid import UUID

from chassis.actors import Actor
from chassis.errors import Forbidden
from chassis.languages import Language
from services.contracts import access
from services.contracts.agreements import record, rules
from services.contracts.agreements.change import YearChange, YearRequest
from services.contracts.agreements.errors import AlreadyConsented, Incomplete, StepRefused
from services.contracts.agreements.model import ContractConsent
from services.contracts.agreements.repository import WholeYear
from services.contracts.agreements.rules import Step
from services.contracts.agreements.standing import blockers, parties
from services.contracts.agreements.texts import blocker_text
from trade.days import day_of
from trade.vocabulary import Party

DONE = {
    Step.SUBMIT: "submitted",
    Step.PROPOSE: "proposed",
    Step.APPROVE: "approved",
    Step.SIGN: "signed",
    Step.RETURN: "returned",
    Step.REJECT: "rejected",
    Step.TERMINATE: "terminated",
}
"""What the history calls each step."""


def advance(asked: YearRequest, step: Step, reason: str | None = None) -> WholeYear:
    """Take a step that needs no party: submit, propose, return, reject or terminate.

    Returning or rejecting takes back the approvals given; termination ends the year on the day of ``now``.

    Raises:
        NotFound, Forbidden, Stale: not this actor's to see, to do, or of this version.
        StepRefused: the step does not start from the present state.
    """
    change = _open(asked, step)
    moved = change.year
    before = {"state": moved.state.value}
    moved.take(step, change.now)
    if step in {Step.RETURN, Step.REJECT}:
        change.withdraw_consents()
    if step is Step.TERMINATE:
        moved.terminated_on = day_of(change.now)
    after = {"state": moved.state.value, **({"reason": reason} if reason else {})}
    change.note(DONE[step], before=before, after=after)
    return change.finish()


def approve(asked: YearRequest, party: Party | None = None) -> WholeYear:
    """Approve the year, in the version that was read, for the actor's own party.

    Raises:
        NotFound, Forbidden, Stale, StepRefused: as in `advance`; a party approves for itself only.
        AlreadyConsented: it has approved already.
    """
    change = _open(asked, Step.APPROVE, party)
    change.year.take(Step.APPROVE, change.now)
    _consent(change, Step.APPROVE)
    return change.finish()


def sign(
    asked: YearRequest, *, party: Party | None = None, name: str | None = None, language: Language = "fi"
) -> WholeYear:
    """Sign the year, in the version that was read, for the actor's own party.

    Another's name is that of a signature on paper, which the actor records. When both parties have signed,
    the content is frozen and its hash kept.

    Raises:
        NotFound, Forbidden, Stale, StepRefused, AlreadyConsented: as in `approve`.
        Incomplete: something mandatory is missing (source annex 2, §3); blockers are listed in the language.
    """
    change = _open(asked, Step.SIGN, party)
    moved = change.year
    missing = blockers(moved, change.content)
    if missing:
        listed = [{"code": code.value, "text": blocker_text(code, language)} for code in missing]
        words = "; ".join(each["text"] for each in listed)
        raise Incomplete(extra={"blockers": listed}, missing=words[0].upper() + words[1:])
    signed = parties(change.content, Step.SIGN) | {_party(change)}
    moved.take(Step.SIGN, change.now, frozenset(signed))
    _consent(change, Step.SIGN, name)
    if signed == set(Party):
        moved.signed_at = change.now
        moved.content_hash = rules.content_hash(record.clauses(change.contract, moved, change.content))
        frozen = {
            "content_hash": moved.content_hash,
            "signed_by": [each.model_dump(mode="json") for each in record.signatures(change.content)],
        }
        change.note("frozen", after=frozen)
    return change.finish()


def _party(change: YearChange) -> Party:
    party = access.acts_for(change.actor, change.contract.customer_id)
    if party is None:
        raise Forbidden
    return party


def _open(asked: YearRequest, step: Step, party: Party | None = None) -> YearChange:
    """Return the locked year when the actor may take the step, for the party if one is named."""

    def may(actor: Actor, customer_id: UUID) -> bool:
        own = party is None or party is access.acts_for(actor, customer_id)
        return own and access.may_take(actor, step, customer_id)

    change = YearChange.open(asked, may)
    if step is not Step.SIGN and step not in rules.steps_from(change.year.state):
        raise StepRefused(state=change.year.state.value, step=step.value)
    return change


def _consent(change: YearChange, step: Step, on_paper: str | None = None) -> None:
    party, actor = _party(change), change.actor
    if party in parties(change.content, step):
        raise AlreadyConsented(party=party.value)
    name = on_paper or actor.name
    recorded_by = actor.name if name != actor.name else None
    consent = ContractConsent(
        year_id=change.year.id,
        step=step,
        party=party,
        name=name,
        recorded_by=recorded_by,
        person_id=actor.person_id,
        at=change.now,
    )
    change.session.add(consent)
    change.content = replace(change.content, consents=[*change.content.consents, consent])
    after = {"party": party.value, "name": name, **({"recorded_by": recorded_by} if recorded_by else {})}
    change.note(DONE[step], after=after)
