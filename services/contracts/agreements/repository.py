"""Every query of contracts and their years. Reading begins at ``visible_contracts`` or ``visible_years``."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg
from sqlalchemy.orm import Session
from sqlalchemy.sql.elements import ColumnElement
from sqlmodel import col

from chassis.actors import Actor
from chassis.errors import NotFound
from chassis.keyset import page
from services.contracts.agreements.model import (
    Contract,
    ContractAnnex,
    ContractConsent,
    ContractHistory,
    ContractLine,
    ContractPerson,
    ContractPoint,
    ContractTarget,
    ContractYear,
    ReferenceCounter,
)
from services.contracts.agreements.rules import BINDING, PointContent, Readiness, Step
from services.contracts.agreements.vocabulary import Point, State
from services.contracts.copies.repository import customer_matches
from services.contracts.order import falling, rising
from trade.vocabulary import Party


@dataclass(frozen=True)
class Content:
    """Everything a contract year says, in its order."""

    points: Sequence[ContractPoint] = ()
    persons: Sequence[ContractPerson] = ()
    lines: Sequence[ContractLine] = ()
    targets: Sequence[ContractTarget] = ()
    annexes: Sequence[ContractAnnex] = ()
    consents: Sequence[ContractConsent] = ()


@dataclass(frozen=True)
class WholeYear:
    """A contract year with its contract and its content."""

    contract: Contract
    year: ContractYear
    content: Content


def visible_years(actor: Actor) -> ColumnElement[bool]:
    """Return the condition for the years the actor may read: a site's people only what was once signed."""
    if actor.everything:
        return sa.true()
    signed = sa.and_(
        col(ContractYear.customer_id).in_(actor.site_customer_ids), col(ContractYear.state).in_(BINDING)
    )
    return sa.or_(col(ContractYear.customer_id).in_(actor.customer_ids), signed)


def visible_contracts(actor: Actor) -> ColumnElement[bool]:
    """Return the condition for the contracts the actor may read; a site's people need a signed year in it."""
    if actor.everything:
        return sa.true()
    of_a_visible_year = (
        sa.select(col(ContractYear.id))
        .where(col(ContractYear.contract_id) == col(Contract.id), visible_years(actor))
        .correlate(Contract)
        .exists()
    )
    return sa.or_(col(Contract.customer_id).in_(actor.customer_ids), of_a_visible_year)


def contract_for(session: Session, actor: Actor, contract_id: UUID, *, lock: bool = False) -> Contract:
    """Return a contract the actor may read.

    Raises:
        NotFound: there is none for this actor.
    """
    found = sa.select(Contract).where(col(Contract.id) == contract_id, visible_contracts(actor))
    contract = session.scalars(found.with_for_update() if lock else found).one_or_none()
    if contract is None:
        raise NotFound
    return contract


def year_for(
    session: Session, actor: Actor, contract_id: UUID, year: int, *, lock: bool = False
) -> tuple[Contract, ContractYear]:
    """Return a contract year the actor may read, locked until the transaction ends when asked.

    Raises:
        NotFound: there is none for this actor.
    """
    found = (
        sa.select(Contract, ContractYear)
        .join(ContractYear, col(ContractYear.contract_id) == col(Contract.id))
        .where(col(Contract.id) == contract_id, col(ContractYear.year) == year, visible_years(actor))
    )
    row = session.execute(found.with_for_update(of=ContractYear) if lock else found).one_or_none()
    if row is None:
        raise NotFound
    return row[0], row[1]


def in_state(state: State, today: date) -> ColumnElement[bool]:
    """Return the condition for years that people see in the state on the day."""
    signed = col(ContractYear.state) == State.SIGNED
    starts, ends = col(ContractYear.valid_from), col(ContractYear.agreed_until)
    match state:
        case State.SIGNED:
            return sa.and_(signed, starts > today)
        case State.IN_FORCE:
            return sa.and_(signed, starts <= today, ends >= today)
        case State.ENDED:
            return sa.and_(signed, ends < today)
        case _:
            return col(ContractYear.state) == state


def list_contracts(
    session: Session,
    actor: Actor,
    *,
    customer_id: UUID | None,
    year: int | None,
    state: State | None,
    q: str | None,
    own: bool,
    today: date,
    limit: int,
    cursor: str | None,
) -> tuple[list[Contract], str | None]:
    """Return a page of the actor's contracts by reference.

    ``year`` and ``state`` together ask for one year that has both. ``own`` ones are of the customers for whom
    the actor speaks, or whose accounts it manages.
    """
    statement = sa.select(Contract).where(visible_contracts(actor))
    if own:
        statement = statement.where(col(Contract.customer_id).in_(actor.customer_ids))
    if customer_id is not None:
        statement = statement.where(col(Contract.customer_id) == customer_id)
    if year is not None or state is not None:
        wanted = sa.select(col(ContractYear.id)).where(
            col(ContractYear.contract_id) == col(Contract.id), visible_years(actor)
        )
        if year is not None:
            wanted = wanted.where(col(ContractYear.year) == year)
        if state is not None:
            wanted = wanted.where(in_state(state, today))
        statement = statement.where(wanted.correlate(Contract).exists())
    if q:
        statement = statement.where(matches(q))
    return page(session, statement, keys=[rising(col(Contract.reference))], limit=limit, cursor=cursor)


def matches(words: str) -> ColumnElement[bool]:
    """Return the condition for contracts whose reference or customer's name contains the words."""
    return sa.or_(
        col(Contract.reference).icontains(words, autoescape=True),
        customer_matches(col(Contract.customer_id), words),
    )


def years_of(
    session: Session, actor: Actor, contract_ids: Collection[UUID]
) -> dict[UUID, list[ContractYear]]:
    """Return the readable years of each contract, oldest first."""
    found = (
        sa.select(ContractYear)
        .where(col(ContractYear.contract_id).in_(contract_ids), visible_years(actor))
        .order_by(col(ContractYear.year))
    )
    years: dict[UUID, list[ContractYear]] = defaultdict(list)
    for year in session.scalars(found):
        years[year.contract_id].append(year)
    return years


def year_of(session: Session, contract_id: UUID, year: int) -> ContractYear | None:
    """Return a contract's year whoever asks: only for deciding whether it may be made or copied."""
    found = sa.select(ContractYear).where(
        col(ContractYear.contract_id) == contract_id, col(ContractYear.year) == year
    )
    return session.scalars(found).one_or_none()


def content_of(session: Session, year_id: UUID) -> Content:
    """Return everything the year says; points in the order of source annex 2, lists in their own order."""
    points = session.scalars(sa.select(ContractPoint).where(col(ContractPoint.year_id) == year_id)).all()
    order = list(Point)
    return Content(
        points=sorted(points, key=lambda point: order.index(point.point)),
        persons=session.scalars(
            sa.select(ContractPerson)
            .where(col(ContractPerson.year_id) == year_id)
            .order_by(col(ContractPerson.position))
        ).all(),
        lines=lines_of(session, year_id),
        targets=session.scalars(
            sa.select(ContractTarget)
            .where(col(ContractTarget.year_id) == year_id)
            .order_by(col(ContractTarget.service), col(ContractTarget.severity))
        ).all(),
        annexes=session.scalars(
            sa.select(ContractAnnex)
            .where(col(ContractAnnex.year_id) == year_id)
            .order_by(col(ContractAnnex.position))
        ).all(),
        consents=consents_of(session, year_id),
    )


def lines_of(session: Session, year_id: UUID) -> Sequence[ContractLine]:
    """Return the year's services × sites in their order."""
    found = sa.select(ContractLine).where(col(ContractLine.year_id) == year_id)
    return session.scalars(found.order_by(col(ContractLine.position))).all()


def lines_of_year_before(session: Session, year: ContractYear) -> Sequence[ContractLine]:
    """Return the lines of the contract's year before, in their order; none of a rejected one."""
    found = (
        sa.select(ContractLine)
        .join(ContractYear, col(ContractYear.id) == col(ContractLine.year_id))
        .where(
            col(ContractYear.contract_id) == year.contract_id,
            col(ContractYear.year) == year.year - 1,
            col(ContractYear.state) != State.REJECTED,
        )
    )
    return session.scalars(found.order_by(col(ContractLine.position))).all()


def consents_of(session: Session, year_id: UUID) -> Sequence[ContractConsent]:
    """Return the approvals and signatures given to the year, the first first."""
    found = sa.select(ContractConsent).where(col(ContractConsent.year_id) == year_id)
    return session.scalars(found.order_by(col(ContractConsent.at), col(ContractConsent.party))).all()


def readiness_of(session: Session, year_ids: Collection[UUID]) -> dict[UUID, Readiness]:
    """Return what decides whether each of the years can be signed: four queries, however many years."""
    said: defaultdict[UUID, list[PointContent]] = defaultdict(list)
    named: defaultdict[UUID, set[Party]] = defaultdict(set)
    approved: defaultdict[UUID, set[Party]] = defaultdict(set)
    # A point is written or not: its beginning tells, and a list of contracts does not carry whole texts.
    points = sa.select(
        col(ContractPoint.year_id),
        col(ContractPoint.point),
        col(ContractPoint.owner_name),
        sa.func.left(col(ContractPoint.text), 200),
    ).where(col(ContractPoint.year_id).in_(year_ids))
    for year_id, point, owner, text in session.execute(points):
        said[year_id].append(PointContent(point, owner, text))
    persons = sa.select(col(ContractPerson.year_id), col(ContractPerson.party)).where(
        col(ContractPerson.year_id).in_(year_ids)
    )
    for year_id, party in session.execute(persons.distinct()):
        named[year_id].add(party)
    consents = sa.select(col(ContractConsent.year_id), col(ContractConsent.party)).where(
        col(ContractConsent.year_id).in_(year_ids), col(ContractConsent.step) == Step.APPROVE
    )
    for year_id, party in session.execute(consents):
        approved[year_id].add(party)
    lines = sa.select(col(ContractLine.year_id), sa.func.count()).where(
        col(ContractLine.year_id).in_(year_ids)
    )
    counted = {each[0]: each[1] for each in session.execute(lines.group_by(col(ContractLine.year_id)))}
    return {
        each: Readiness(said[each], named[each], counted.get(each, 0), approved[each]) for each in year_ids
    }


def agreed_for_site(
    session: Session, actor: Actor, site_id: UUID, today: date
) -> list[tuple[Contract, ContractYear, ContractLine]]:
    """Return the site's lines in force today, of the contracts that the actor may read for it."""
    if not actor.everything and site_id not in actor.site_ids:
        actor = actor.model_copy(update={"site_customer_ids": frozenset[UUID]()})
    found = (
        sa.select(Contract, ContractYear, ContractLine)
        .join(ContractYear, col(ContractYear.contract_id) == col(Contract.id))
        .join(ContractLine, col(ContractLine.year_id) == col(ContractYear.id))
        .where(col(ContractLine.site_id) == site_id, in_state(State.IN_FORCE, today), visible_years(actor))
        .order_by(col(Contract.reference), col(ContractLine.position))
    )
    return [(row[0], row[1], row[2]) for row in session.execute(found)]


def history_of(
    session: Session, year_id: UUID, *, limit: int, cursor: str | None
) -> tuple[list[ContractHistory], str | None]:
    """Return a page of the year's history, newest first."""
    statement = sa.select(ContractHistory).where(col(ContractHistory.year_id) == year_id)
    keys = [falling(col(ContractHistory.at)), falling(col(ContractHistory.id))]
    return page(session, statement, keys=keys, limit=limit, cursor=cursor)


def next_reference(session: Session, year: int) -> str:
    """Return the year's next contract reference, e.g. S-2026-012; callers queue for it."""
    given = (
        pg.insert(ReferenceCounter)
        .values(year=year, last=1)
        .on_conflict_do_update(
            index_elements=[col(ReferenceCounter.year)], set_={"last": col(ReferenceCounter.last) + 1}
        )
        .returning(col(ReferenceCounter.last))
    )
    return f"S-{year}-{session.execute(given).scalar_one():03d}"
