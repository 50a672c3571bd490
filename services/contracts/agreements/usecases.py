"""Making contracts, drafting their years, and writing what a year says. State steps are in ``steps``."""

from collections.abc import Sequence
from dataclasses import fields, replace
from datetime import date, datetime
from typing import Any, TypeVar
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlmodel import col

from chassis.actors import Actor
from chassis.errors import FieldError, Forbidden, InvalidInput
from chassis.schemas import Wire
from services.contracts import access
from services.contracts.agreements import record, repository
from services.contracts.agreements.adjusting import Chosen, adjusted
from services.contracts.agreements.change import Right, Said, YearChange, YearRequest
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
from services.contracts.agreements.repository import Content, WholeYear
from services.contracts.agreements.rules import EDITABLE
from services.contracts.agreements.schemas import (
    Adjustment,
    AnnexEntry,
    LineEntry,
    NewContract,
    PersonEntry,
    PointEdit,
    TargetEntry,
)
from services.contracts.agreements.values import MOST
from services.contracts.agreements.vocabulary import Point
from services.contracts.copies.repository import sites_of
from trade.days import day_of

Row = TypeVar("Row", ContractPerson, ContractTarget, ContractAnnex)


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


def draft_year(asked: YearRequest, *, copy_from: int | None = None) -> WholeYear:
    """Draft a calendar year of the contract, empty or copied from another year beside the living one.

    A copied line remembers price and quantity as ``previous_price`` and ``previous_quantity`` (need N1).

    Raises:
        NotFound, Forbidden: the contract is not for this actor to see, or to draft.
        YearExists: the year is there already.
        NothingToCopy: there is no year ``copy_from``.
    """
    session, year = asked.session, asked.year
    contract = repository.contract_for(session, asked.actor, asked.contract_id, lock=True)
    if not access.may_edit_terms(asked.actor):
        raise Forbidden
    if repository.year_of(session, contract.id, year):
        raise YearExists(year=year)
    drafted = ContractYear(
        contract_id=contract.id,
        customer_id=contract.customer_id,
        year=year,
        valid_from=date(year, 1, 1),
        agreed_until=date(year, 12, 31),
        changed_at=asked.now,
    )
    session.add(drafted)
    session.flush()
    change = YearChange(session, asked.actor, asked.now, contract, drafted, Content())
    if copy_from is None:
        change.note("drafted")
        return change.finish()
    source = repository.year_of(session, contract.id, copy_from)
    if source is None:
        raise NothingToCopy(year=copy_from)
    change.content = _copied(repository.content_of(session, source.id), drafted)
    for rows in (getattr(change.content, part.name) for part in fields(Content)):
        session.add_all(rows)
    change.note("copied", after={"copy_from": copy_from})
    return change.finish()


def _copied(source: Content, drafted: ContractYear) -> Content:
    """Return the content for another year; approvals and signatures are not copied."""
    own: dict[str, Any] = {"year_id": drafted.id}  # Any: column values
    fresh = {"id", "year_id"}
    return Content(
        points=[ContractPoint(**each.model_dump(exclude=fresh), **own) for each in source.points],
        persons=[ContractPerson(**each.model_dump(exclude=fresh), **own) for each in source.persons],
        lines=[_copied_line(each, drafted) for each in source.lines],
        targets=[ContractTarget(**each.model_dump(exclude=fresh), **own) for each in source.targets],
        annexes=[ContractAnnex(**each.model_dump(exclude=fresh), **own) for each in source.annexes],
    )


def _copied_line(line: ContractLine, drafted: ContractYear) -> ContractLine:
    kept = line.model_dump(exclude={"id", "change_reason"})
    kept |= {"year_id": drafted.id, "previous_price": line.price, "previous_quantity": line.quantity}
    return ContractLine(**kept)


def write_point(asked: YearRequest, point: Point, edit: PointEdit) -> WholeYear:
    """Write one of the six points: its owner and what was agreed."""
    change = _open(asked, access.may_edit_points)
    points = {each.point: each for each in change.content.points}
    written = points.get(point)
    before = None
    if written is None:
        written = ContractPoint(
            year_id=change.year.id, point=point, owner_party=edit.owner.party, owner_name="", text=""
        )
        change.session.add(written)
    else:
        before = {"owner": record.owner_of(written).model_dump(mode="json"), "text": written.text}
    written.owner_party = edit.owner.party
    written.owner_name = edit.owner.name
    written.owner_person_id = edit.owner.person_id
    written.text = edit.text
    points[point] = written
    change.content = replace(change.content, points=[points[each] for each in Point if each in points])
    after = {"point": point.value, **edit.model_dump(mode="json")}
    return _close(change, "point_written", before, after)


def name_persons(asked: YearRequest, persons: Sequence[PersonEntry]) -> WholeYear:
    """Name the responsible persons of both sides; the whole list is replaced."""
    change = _open(asked, access.may_edit_points)
    before = record.person_entries(change.content)
    rows = [
        ContractPerson(year_id=change.year.id, position=position, **entry.model_dump())
        for position, entry in enumerate(persons)
    ]
    change.content = replace(change.content, persons=_written(change, ContractPerson, rows))
    return _close(change, "persons_named", _items(before), _items(persons))


def set_lines(asked: YearRequest, lines: Sequence[LineEntry]) -> WholeYear:
    """Set the services × sites; the whole list is replaced, lines sent with their id stay the same lines.

    Raises:
        InvalidInput: an id is not a line of this year, or comes twice; a site is not the customer's.
    """
    change = _open(asked, _may_edit_terms)
    own = sites_of(change.session, change.contract.customer_id)
    foreign = [position for position, each in enumerate(lines) if each.site_id not in own]
    if foreign:
        raise InvalidInput(
            [FieldError(f"#/items/{each}/site_id", "not_a_site_of_customer") for each in foreign]
        )
    known = {line.id: line for line in change.content.lines}
    before = [record.line_entry(each) for each in known.values()]
    there: list[ContractLine] = []
    for position, entry in enumerate(lines):
        said: dict[str, Any] = {  # Any: column values
            **{name: value for name, value in entry if name != "id"},
            "position": position,
            "price": entry.price.amount,
            "previous_price": entry.previous_price.amount if entry.previous_price else None,
        }
        if entry.id is None:
            line = ContractLine(year_id=change.year.id, **said)
            change.session.add(line)
        elif (kept := known.pop(entry.id, None)) is None:
            raise InvalidInput([FieldError(f"#/items/{position}/id", "unknown_line")])
        else:
            line = kept
            for name, value in said.items():
                setattr(line, name, value)
        there.append(line)
    for gone in known.values():
        change.session.delete(gone)
    change.content = replace(change.content, lines=there)
    return _close(change, "lines_set", _items(before), _items([record.line_entry(each) for each in there]))


def adjust_prices(asked: YearRequest, adjustment: Adjustment, *, dry_run: bool = False) -> WholeYear:
    """Change the prices of the chosen lines by a percentage, each with the reason; or only show the outcome.

    Raises:
        InvalidInput: no price would change, or one would become larger than a price can be.
    """
    change = _open(asked, _may_edit_terms)
    chosen = Chosen(frozenset(adjustment.services), frozenset(adjustment.site_ids))
    prices = adjusted(change.content.lines, chosen, adjustment.percent)
    if not prices:
        raise InvalidInput([FieldError("#/percent", "no_price_changes")])
    if max(prices.values()) > MOST:
        raise InvalidInput([FieldError("#/percent", "price_too_large")])
    lines = change.content.lines
    if dry_run:
        lines = [ContractLine(**each.model_dump()) for each in lines]  # copies: nothing of them is stored
        change.content = replace(change.content, lines=lines)
    moved = [each for each in lines if each.id in prices]
    before = [record.line_entry(each) for each in moved]
    for line in moved:
        line.price = prices[line.id]
        line.change_reason = adjustment.reason
    if dry_run:
        return WholeYear(change.contract, change.year, change.content)
    said = adjustment.model_dump(mode="json")
    after = {**said, **_items([record.line_entry(each) for each in moved])}
    return _close(change, "prices_adjusted", _items(before), after)


def set_targets(asked: YearRequest, targets: Sequence[TargetEntry]) -> WholeYear:
    """Set the response and resolution targets; the whole list is replaced."""
    change = _open(asked, _may_edit_terms)
    before = [record.target_entry(each) for each in change.content.targets]
    there = sorted(targets, key=lambda each: (each.service.value, each.severity.value))
    rows = [
        ContractTarget(
            year_id=change.year.id,
            service=entry.service,
            severity=entry.severity,
            response_basis=entry.response.basis,
            response_duration=entry.response.duration,
            resolution_basis=entry.resolution.basis if entry.resolution else None,
            resolution_duration=entry.resolution.duration if entry.resolution else None,
        )
        for entry in there
    ]
    change.content = replace(change.content, targets=_written(change, ContractTarget, rows))
    return _close(change, "targets_set", _items(before), _items(there))


def set_annexes(asked: YearRequest, annexes: Sequence[AnnexEntry]) -> WholeYear:
    """Set the annexes that this contract needs (need N12); the whole list is replaced."""
    change = _open(asked, _may_edit_terms)
    before = record.annex_entries(change.content)
    rows = [
        ContractAnnex(year_id=change.year.id, position=position, **entry.model_dump())
        for position, entry in enumerate(annexes)
    ]
    change.content = replace(change.content, annexes=_written(change, ContractAnnex, rows))
    return _close(change, "annexes_set", _items(before), _items(annexes))


def _may_edit_terms(actor: Actor, _: UUID) -> bool:
    return access.may_edit_terms(actor)


def _written(change: YearChange, table: type[Row], rows: list[Row]) -> list[Row]:
    """Write a list of the year anew; entries that stay the same are new rows too: nothing refers to them."""
    change.session.execute(sa.delete(table).where(col(table.year_id) == change.year.id))
    change.session.add_all(rows)
    return rows


def _items(entries: Sequence[Wire]) -> Said:
    return {"items": [each.model_dump(mode="json") for each in entries]}


def _open(asked: YearRequest, may: Right) -> YearChange:
    """Return the locked year when the actor may write this part of it and its content is not frozen."""
    change = YearChange.open(asked, may)
    if change.year.state not in EDITABLE:
        raise Frozen
    return change


def _close(change: YearChange, what: str, before: Said | None, after: Said) -> WholeYear:
    """Record the edit; approvals and signatures given to the text before it are taken back."""
    change.year.touch(change.now)
    change.note(what, before=before, after=after)
    change.withdraw_consents()
    return change.finish()
