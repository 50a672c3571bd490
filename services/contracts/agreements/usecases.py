"""Making contracts, drafting their years, and writing what a year says. State steps are in ``steps``."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlmodel import col

from chassis.actors import Actor
from chassis.errors import FieldError, Forbidden, InvalidInput
from chassis.preconditions import check
from services.contracts import access
from services.contracts.agreements import record, repository
from services.contracts.agreements.errors import Frozen, NothingToCopy, YearExists
from services.contracts.agreements.model import (
    Contract,
    ContractAnnex,
    ContractLine,
    ContractPerson,
    ContractPoint,
    ContractTarget,
    ContractYear,
)
from services.contracts.agreements.rules import EDITABLE
from services.contracts.agreements.schemas import (
    AnnexEntry,
    LineEntry,
    NewContract,
    PersonEntry,
    PointEdit,
    TargetEntry,
)
from services.contracts.agreements.vocabulary import Point
from services.contracts.copies.repository import sites_of
from trade.days import day_of

Edited = tuple[Contract, ContractYear]


def make_contract(session: Session, actor: Actor, new: NewContract, now: datetime) -> Contract:
    """Make a framework agreement with the next reference of the present year.

    Raises:
        Forbidden: the actor may not make contracts.
    """
    if not access.may_edit_terms(actor):
        raise Forbidden
    contract = Contract(
        reference=repository.next_reference(session, day_of(now).year),
        customer_id=new.customer_id,
        producer_name=new.producer_name,
        kind=new.kind,
        services=list(dict.fromkeys(service.value for service in new.services)),
        created_at=now,
    )
    session.add(contract)
    record.announce_contract(session, contract)
    return contract


def draft_year(
    session: Session,
    actor: Actor,
    contract_id: UUID,
    year: int,
    now: datetime,
    *,
    copy_from: int | None = None,
) -> Edited:
    """Draft a calendar year of the contract, empty or copied from another year beside the living one.

    A copied line remembers price and quantity as ``previous_price`` and ``previous_quantity`` (need N1).

    Raises:
        NotFound, Forbidden: the contract is not for this actor to see, or to draft.
        YearExists: the year is there already.
        NothingToCopy: there is no year ``copy_from``.
    """
    contract = repository.contract_for(session, actor, contract_id, lock=True)
    if not access.may_edit_terms(actor):
        raise Forbidden
    if repository.year_of(session, contract_id, year):
        raise YearExists(year=year)
    drafted = ContractYear(
        contract_id=contract.id,
        customer_id=contract.customer_id,
        year=year,
        valid_from=date(year, 1, 1),
        agreed_until=date(year, 12, 31),
        changed_at=now,
    )
    session.add(drafted)
    session.flush()
    if copy_from is None:
        record.note(session, drafted, actor, now, "drafted")
    else:
        source = repository.year_of(session, contract_id, copy_from)
        if source is None:
            raise NothingToCopy(year=copy_from)
        _copy(session, source, drafted)
        record.note(session, drafted, actor, now, "copied", after={"copy_from": copy_from})
    record.announce_year(session, contract, drafted)
    return contract, drafted


def _copy(session: Session, source: ContractYear, drafted: ContractYear) -> None:
    content = repository.content_of(session, source.id)
    own: dict[str, Any] = {"year_id": drafted.id}  # Any: column values
    for point in content.points:
        session.add(ContractPoint(**point.model_dump(exclude={"year_id"}), **own))
    for person in content.persons:
        session.add(ContractPerson(**person.model_dump(exclude={"id", "year_id"}), **own))
    for line in content.lines:
        kept = line.model_dump(exclude={"id", "year_id", "change_reason"})
        kept |= {"previous_price": line.price, "previous_quantity": line.quantity}
        session.add(ContractLine(**kept, **own))
    for target in content.targets:
        session.add(ContractTarget(**target.model_dump(exclude={"year_id"}), **own))
    for annex in content.annexes:
        session.add(ContractAnnex(**annex.model_dump(exclude={"id", "year_id"}), **own))


def write_point(
    session: Session,
    actor: Actor,
    contract_id: UUID,
    year: int,
    point: Point,
    edit: PointEdit,
    now: datetime,
    version: int | None = None,
) -> Edited:
    """Write one of the six points: its owner and what was agreed."""
    contract, edited = _open(session, actor, contract_id, year, version, points=True)
    written = session.get(ContractPoint, (edited.id, point))
    before = None
    if written is None:
        written = ContractPoint(
            year_id=edited.id, point=point, owner_party=edit.owner.party, owner_name="", text=""
        )
    else:
        before = {"owner": record.owner_of(written).model_dump(mode="json"), "text": written.text}
    written.owner_party = edit.owner.party
    written.owner_name = edit.owner.name
    written.owner_person_id = edit.owner.person_id
    written.text = edit.text
    session.add(written)
    after = {"point": point.value, **edit.model_dump(mode="json")}
    return _close(session, actor, contract, edited, now, "point_written", before, after)


def name_persons(
    session: Session,
    actor: Actor,
    contract_id: UUID,
    year: int,
    persons: Sequence[PersonEntry],
    now: datetime,
    version: int | None = None,
) -> Edited:
    """Name the responsible persons of both sides; the whole list is replaced."""
    contract, edited = _open(session, actor, contract_id, year, version, points=True)
    before = {
        "items": [each.model_dump(mode="json") for each in record.person_entries(_content(session, edited))]
    }
    session.execute(sa.delete(ContractPerson).where(col(ContractPerson.year_id) == edited.id))
    for position, entry in enumerate(persons):
        session.add(ContractPerson(year_id=edited.id, position=position, **entry.model_dump()))
    after = {"items": [each.model_dump(mode="json") for each in persons]}
    return _close(session, actor, contract, edited, now, "persons_named", before, after)


def set_lines(
    session: Session,
    actor: Actor,
    contract_id: UUID,
    year: int,
    lines: Sequence[LineEntry],
    now: datetime,
    version: int | None = None,
) -> Edited:
    """Set the services × sites; the whole list is replaced, lines sent with their id stay the same lines.

    Raises:
        InvalidInput: an id is not a line of this year, or comes twice; a site is not the customer's.
    """
    contract, edited = _open(session, actor, contract_id, year, version)
    own = sites_of(session, contract.customer_id)
    foreign = [position for position, each in enumerate(lines) if each.site_id not in own]
    if foreign:
        raise InvalidInput(
            [FieldError(f"#/items/{each}/site_id", "not_a_site_of_customer") for each in foreign]
        )
    known = {line.id: line for line in repository.lines_of(session, edited.id)}
    before = {"items": [record.line_entry(each).model_dump(mode="json") for each in known.values()]}
    for position, entry in enumerate(lines):
        said: dict[str, Any] = {  # Any: column values
            **entry.model_dump(exclude={"id", "price", "previous_price"}),
            "position": position,
            "price": entry.price.amount,
            "previous_price": entry.previous_price.amount if entry.previous_price else None,
        }
        if entry.id is None:
            session.add(ContractLine(year_id=edited.id, **said))
            continue
        line = known.pop(entry.id, None)
        if line is None:
            raise InvalidInput([FieldError(f"#/items/{position}/id", "unknown_line")])
        for name, value in said.items():
            setattr(line, name, value)
    for gone in known.values():
        session.delete(gone)
    session.flush()
    now_there = repository.lines_of(session, edited.id)
    after = {"items": [record.line_entry(each).model_dump(mode="json") for each in now_there]}
    return _close(session, actor, contract, edited, now, "lines_set", before, after)


def set_targets(
    session: Session,
    actor: Actor,
    contract_id: UUID,
    year: int,
    targets: Sequence[TargetEntry],
    now: datetime,
    version: int | None = None,
) -> Edited:
    """Set the response and resolution targets; the whole list is replaced."""
    contract, edited = _open(session, actor, contract_id, year, version)
    old = _content(session, edited).targets
    before = {"items": [record.target_entry(each).model_dump(mode="json") for each in old]}
    session.execute(sa.delete(ContractTarget).where(col(ContractTarget.year_id) == edited.id))
    for entry in targets:
        resolution = entry.resolution
        session.add(
            ContractTarget(
                year_id=edited.id,
                service=entry.service,
                severity=entry.severity,
                response_basis=entry.response.basis,
                response_duration=entry.response.duration,
                resolution_basis=resolution.basis if resolution else None,
                resolution_duration=resolution.duration if resolution else None,
            )
        )
    after = {"items": [each.model_dump(mode="json") for each in targets]}
    return _close(session, actor, contract, edited, now, "targets_set", before, after)


def set_annexes(
    session: Session,
    actor: Actor,
    contract_id: UUID,
    year: int,
    annexes: Sequence[AnnexEntry],
    now: datetime,
    version: int | None = None,
) -> Edited:
    """Set the annexes that this contract needs (need N12); the whole list is replaced."""
    contract, edited = _open(session, actor, contract_id, year, version)
    before = {
        "items": [each.model_dump(mode="json") for each in record.annex_entries(_content(session, edited))]
    }
    session.execute(sa.delete(ContractAnnex).where(col(ContractAnnex.year_id) == edited.id))
    for position, entry in enumerate(annexes):
        session.add(ContractAnnex(year_id=edited.id, position=position, **entry.model_dump()))
    after = {"items": [each.model_dump(mode="json") for each in annexes]}
    return _close(session, actor, contract, edited, now, "annexes_set", before, after)


def _content(session: Session, year: ContractYear) -> repository.Content:
    return repository.content_of(session, year.id)


def _open(
    session: Session, actor: Actor, contract_id: UUID, year: int, version: int | None, *, points: bool = False
) -> Edited:
    """Return the locked year when the actor may write this part of it and its content is not frozen."""
    contract, edited = repository.year_for(session, actor, contract_id, year, lock=True)
    allowed = access.may_edit_points(actor, contract.customer_id) if points else access.may_edit_terms(actor)
    if not allowed:
        raise Forbidden
    check(edited.version, version)
    if edited.state not in EDITABLE:
        raise Frozen
    return contract, edited


def _close(
    session: Session,
    actor: Actor,
    contract: Contract,
    edited: ContractYear,
    now: datetime,
    what: str,
    before: record.Said | None,
    after: record.Said | None,
) -> Edited:
    """Record the edit; approvals and signatures given to the text before it are taken back."""
    edited.touch(now)
    record.note(session, edited, actor, now, what, before=before, after=after)
    withdraw_consents(session, actor, edited, now)
    record.announce_year(session, contract, edited)
    return contract, edited


def withdraw_consents(session: Session, actor: Actor, year: ContractYear, now: datetime) -> None:
    """Take back every approval and signature of an unsigned year: they were given to another text."""
    given = repository.consents_of(session, year.id)
    for consent in given:
        session.delete(consent)
    if given:
        what = [f"{consent.step.value}:{consent.party.value}" for consent in given]
        record.note(session, year, actor, now, "consents_withdrawn", before={"consents": what})
