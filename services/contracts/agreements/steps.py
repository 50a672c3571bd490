"""The steps of a contract year from draft to signature and after. Each is guarded, recorded and published."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from chassis.actors import Actor
from chassis.errors import Forbidden
from chassis.languages import Language
from chassis.preconditions import check
from services.contracts import access
from services.contracts.agreements import record, repository, rules
from services.contracts.agreements.errors import AlreadyConsented, Incomplete, StepRefused
from services.contracts.agreements.model import Contract, ContractConsent, ContractYear
from services.contracts.agreements.rules import Step
from services.contracts.agreements.standing import blockers, parties
from services.contracts.agreements.usecases import Edited, withdraw_consents
from services.contracts.agreements.vocabulary import Party, blocker_text
from trade.days import day_of

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


def advance(
    session: Session,
    actor: Actor,
    contract_id: UUID,
    year: int,
    step: Step,
    now: datetime,
    *,
    reason: str | None = None,
    version: int | None = None,
) -> Edited:
    """Take a step that needs no party: submit, propose, return, reject or terminate.

    Returning or rejecting takes back the approvals given; termination ends the year on the day of ``now``.

    Raises:
        NotFound, Forbidden, Stale: not this actor's to see, to do, or of this version.
        StepRefused: the step does not start from the present state.
    """
    contract, moved = _open(session, actor, contract_id, year, step, version)
    before = {"state": moved.state.value}
    moved.take(step, now)
    if step in {Step.RETURN, Step.REJECT}:
        withdraw_consents(session, actor, moved, now)
    if step is Step.TERMINATE:
        moved.terminated_on = day_of(now)
    after = {"state": moved.state.value, **({"reason": reason} if reason else {})}
    record.note(session, moved, actor, now, DONE[step], before=before, after=after)
    record.announce_year(session, contract, moved)
    return contract, moved


def approve(
    session: Session,
    actor: Actor,
    contract_id: UUID,
    year: int,
    now: datetime,
    *,
    version: int,
    party: Party | None = None,
) -> Edited:
    """Approve the year, in the version that was read, for the actor's own party.

    Raises:
        NotFound, Forbidden, Stale, StepRefused: as in `advance`; a party approves for itself only.
        AlreadyConsented: it has approved already.
    """
    contract, moved = _open(session, actor, contract_id, year, Step.APPROVE, version, party)
    moved.take(Step.APPROVE, now)
    _consent(session, actor, contract, moved, Step.APPROVE, now)
    record.announce_year(session, contract, moved)
    return contract, moved


def sign(
    session: Session,
    actor: Actor,
    contract_id: UUID,
    year: int,
    now: datetime,
    *,
    version: int,
    party: Party | None = None,
    name: str | None = None,
    language: Language = "fi",
) -> Edited:
    """Sign the year, in the version that was read, for the actor's own party.

    Another's name is that of a signature on paper, which the actor records. When both parties have signed,
    the content is frozen and its hash kept.

    Raises:
        NotFound, Forbidden, Stale, StepRefused, AlreadyConsented: as in `approve`.
        Incomplete: something mandatory is missing (source annex 2, §3); blockers are listed in the language.
    """
    contract, moved = _open(session, actor, contract_id, year, Step.SIGN, version, party)
    content = repository.content_of(session, moved.id)
    missing = blockers(moved, content)
    if missing:
        listed = [{"code": code.value, "text": blocker_text(code, language)} for code in missing]
        words = "; ".join(each["text"] for each in listed)
        raise Incomplete(extra={"blockers": listed}, missing=words[0].upper() + words[1:])
    signed = parties(content, Step.SIGN) | {_party(actor, contract)}
    moved.take(Step.SIGN, now, frozenset(signed))
    _consent(session, actor, contract, moved, Step.SIGN, now, name)
    if signed == set(Party):
        moved.signed_at = now
        moved.content_hash = rules.content_hash(record.clauses(contract, moved, content))
        session.flush()
        signatures = record.signatures(repository.content_of(session, moved.id))
        frozen = {
            "content_hash": moved.content_hash,
            "signed_by": [each.model_dump(mode="json") for each in signatures],
        }
        record.note(session, moved, actor, now, "frozen", after=frozen)
    record.announce_year(session, contract, moved)
    return contract, moved


def _party(actor: Actor, contract: Contract) -> Party:
    party = access.acts_for(actor, contract.customer_id)
    if party is None:
        raise Forbidden
    return party


def _open(
    session: Session,
    actor: Actor,
    contract_id: UUID,
    year: int,
    step: Step,
    version: int | None,
    party: Party | None = None,
) -> Edited:
    """Return the locked year when the actor may take the step, for the party if one is named."""
    contract, moved = repository.year_for(session, actor, contract_id, year, lock=True)
    if not access.may_take(actor, step, contract.customer_id):
        raise Forbidden
    if party is not None and party is not _party(actor, contract):
        raise Forbidden
    check(moved.version, version)
    if step is not Step.SIGN and step not in rules.steps_from(moved.state):
        raise StepRefused(state=moved.state.value, step=step.value)
    return contract, moved


def _consent(
    session: Session,
    actor: Actor,
    contract: Contract,
    year: ContractYear,
    step: Step,
    now: datetime,
    on_paper: str | None = None,
) -> None:
    party = _party(actor, contract)
    if session.get(ContractConsent, (year.id, step, party)) is not None:
        raise AlreadyConsented(party=party.value)
    name = on_paper or actor.name
    recorded_by = actor.name if name != actor.name else None
    consent = ContractConsent(
        year_id=year.id,
        step=step,
        party=party,
        name=name,
        recorded_by=recorded_by,
        person_id=actor.person_id,
        at=now,
    )
    session.add(consent)
    after = {"party": party.value, "name": name, **({"recorded_by": recorded_by} if recorded_by else {})}
    record.note(session, year, actor, now, DONE[step], after=after)
