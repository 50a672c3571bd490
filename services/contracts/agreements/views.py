"""What a reader sees of contracts: whole for the two parties, the own sites' part for a site's people."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from chassis.actors import Actor
from chassis.languages import Language
from services.contracts import access
from services.contracts.agreements import record, repository, standing
from services.contracts.agreements.answers import (
    AgreedView,
    BlockerView,
    ConsentView,
    ContractView,
    CostView,
    CustomerRef,
    LineView,
    PointView,
    ServiceCostView,
    Sum,
    YearCostView,
    YearRef,
    YearView,
)
from services.contracts.agreements.cost import Compared, Cost, compare, cost_by_service, cost_of, line_cost
from services.contracts.agreements.model import Contract, ContractYear
from services.contracts.agreements.repository import WholeYear
from services.contracts.agreements.rules import EDITABLE, PointContent, Step, blockers, point_is_complete
from services.contracts.agreements.texts import blocker_text, point_title
from services.contracts.agreements.vocabulary import Missing, Point
from services.contracts.copies.repository import customer_names, site_names
from services.contracts.history import HistoryView
from trade.vocabulary import Party, Service


def contract_views(
    session: Session, actor: Actor, contracts: Sequence[Contract], today: date, language: Language
) -> list[ContractView]:
    """Return contracts with their readable years and what the unsigned ones lack; queries do not grow."""
    names = customer_names(session, {each.customer_id for each in contracts})
    years = repository.years_of(session, actor, {each.id for each in contracts})
    lacking = _lacking(session, actor, [year for each in years.values() for year in each])
    return [
        ContractView(
            id=each.id,
            reference=each.reference,
            customer=CustomerRef(id=each.customer_id, name=names.get(each.customer_id, "")),
            producer_name=each.producer_name,
            kind=each.kind,
            services=[Service(service) for service in each.services],
            years=[
                YearRef(
                    year=year.year,
                    state=year.effective_state(today),
                    blockers=_blocker_views(lacking.get(year.id, []), language),
                )
                for year in years.get(each.id, [])
            ],
            version=each.version,
        )
        for each in contracts
    ]


def contract_view(
    session: Session, actor: Actor, contract: Contract, today: date, language: Language
) -> ContractView:
    """Return one contract with its readable years."""
    return contract_views(session, actor, [contract], today, language)[0]


def _lacking(
    session: Session, actor: Actor, years: Sequence[ContractYear]
) -> dict[UUID, list[Point | Missing]]:
    """Return what keeps each unsigned year from being signed, for those who read the whole contract."""
    unsigned = {
        year.id: year.state
        for year in years
        if year.state in EDITABLE and access.reads_whole_contract(actor, year.customer_id)
    }
    ready = repository.readiness_of(session, unsigned.keys()) if unsigned else {}
    return {year_id: blockers(ready[year_id], state) for year_id, state in unsigned.items()}


def _blocker_views(codes: Sequence[Point | Missing], language: Language) -> list[BlockerView]:
    return [BlockerView(code=code.value, text=blocker_text(code, language)) for code in codes]


def year_view(
    session: Session, actor: Actor, whole_year: WholeYear, today: date, language: Language
) -> YearView:
    """Return a contract year as the actor may see it."""
    contract, year, content = whole_year.contract, whole_year.year, whole_year.content
    whole = access.reads_whole_contract(actor, year.customer_id)
    lines = [line for line in content.lines if whole or line.site_id in actor.site_ids]
    before = repository.lines_of_year_before(session, year)
    compared = compare(lines, [line for line in before if whole or line.site_id in actor.site_ids])
    parties = [each.party for each in content.persons]
    return YearView(
        id=year.id,
        contract_id=contract.id,
        reference=contract.reference,
        customer=CustomerRef(
            id=contract.customer_id,
            name=customer_names(session, {contract.customer_id}).get(contract.customer_id, ""),
        ),
        year=year.year,
        state=year.effective_state(today),
        valid_from=year.valid_from,
        valid_until=year.valid_until,
        signed_at=year.signed_at,
        signed_by=record.signatures(content),
        approved_by=[
            ConsentView.model_validate(each) for each in content.consents if each.step is Step.APPROVE
        ],
        content_hash=year.content_hash,
        blockers=_blocker_views(standing.blockers(year, content), language),
        points=_points(content, parties, language),
        persons=record.person_entries(content),
        lines=_lines(session, compared),
        cost=_year_cost(compared),
        targets=[record.target_entry(each) for each in content.targets],
        annexes=record.annex_entries(content),
        allowed=standing.allowed(actor, year, content),
        acts_for=access.acts_for(actor, year.customer_id),
        version=year.version,
    )


def _points(content: repository.Content, parties: list[Party], language: Language) -> list[PointView]:
    written = {each.point: each for each in content.points}
    views = []
    for point in Point:
        each = written.get(point)
        said = PointContent(point, each.owner_name if each else "", each.text if each else "")
        views.append(
            PointView(
                point=point,
                title=point_title(point, language),
                owner=record.owner_of(each) if each else None,
                text=said.text,
                complete=point_is_complete(said, parties),
            )
        )
    return views


def _lines(session: Session, compared: Compared) -> list[LineView]:
    names = site_names(session, {line.site_id for line, _ in compared.followed})
    views = []
    for line, followed in compared.followed:
        cost = line_cost(line, followed)
        more = {
            "site_name": names.get(line.site_id, ""),
            "yearly": Sum(amount=cost.now),
            "previous_yearly": None if cost.before is None else Sum(amount=cost.before),
        }
        views.append(LineView.model_validate({**dict(record.line_entry(line)), **more}))
    return views


def _year_cost(compared: Compared) -> YearCostView:
    services = [
        ServiceCostView(service=service, **dict(_cost(cost))) for service, cost in cost_by_service(compared)
    ]
    return YearCostView(services=services, **dict(_cost(cost_of(compared))))


def _cost(cost: Cost) -> CostView:
    return CostView(
        total=Sum(amount=cost.now),
        previous_total=None if cost.before is None else Sum(amount=cost.before),
        price_effect=Sum(amount=cost.by_price),
        quantity_effect=Sum(amount=cost.by_quantity),
        added=Sum(amount=cost.added),
        ended=Sum(amount=cost.ended),
    )


def agreed_view(session: Session, actor: Actor, site_id: UUID, today: date) -> AgreedView | None:
    """Return what is in force for the site today, or None.

    Lines are of every such contract, targets and persons of the first.
    """
    found = repository.agreed_for_site(session, actor, site_id, today)
    if not found:
        return None
    contract, year, _ = found[0]
    content = repository.content_of(session, year.id)
    return AgreedView(
        site_id=site_id,
        year=year.year,
        contract_id=contract.id,
        reference=contract.reference,
        lines=_lines(session, compare((line for _, _, line in found), ())),
        targets=[record.target_entry(each) for each in content.targets],
        persons=record.person_entries(content),
    )


def history_views(
    session: Session, year_id: UUID, *, limit: int, cursor: str | None
) -> tuple[list[HistoryView], str | None]:
    """Return a page of a year's history, newest first."""
    rows, following = repository.history_of(session, year_id, limit=limit, cursor=cursor)
    return [
        HistoryView(at=each.at, what=each.what, by=each.by_name, before=each.before, after=each.after)
        for each in rows
    ], following
