"""What contracts and their years say, as it goes out, into events, and under signatures."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy.orm import Session

from chassis.schemas import Wire
from services.contracts.agreements.answers import ConsentView
from services.contracts.agreements.model import (
    Contract,
    ContractLine,
    ContractPoint,
    ContractTarget,
    ContractYear,
)
from services.contracts.agreements.repository import Content
from services.contracts.agreements.rules import Step
from services.contracts.agreements.schemas import (
    AnnexEntry,
    LineEntry,
    Money,
    Owner,
    PersonEntry,
    Target,
    TargetEntry,
)
from services.contracts.events import (
    CONTRACT_CHANGED,
    ContractState,
    LineState,
    PersonalState,
    PointState,
    YearState,
    publish,
)


# What is kept was judged when it came in; what a signature agreed to goes out letter by letter.
def owner_of(point: ContractPoint) -> Owner:
    """Return a point's owner."""
    return Owner.model_construct(
        party=point.owner_party, name=point.owner_name, person_id=point.owner_person_id
    )


def target_entry(target: ContractTarget) -> TargetEntry:
    """Return a target as it goes out."""
    resolution = None
    if target.resolution_basis is not None and target.resolution_duration is not None:
        resolution = Target(basis=target.resolution_basis, duration=target.resolution_duration)
    return TargetEntry(
        service=target.service,
        severity=target.severity,
        response=Target(basis=target.response_basis, duration=target.response_duration),
        resolution=resolution,
    )


def price_of(line: ContractLine) -> Money:
    """Return a line's price."""
    return Money(amount=line.price)


def line_entry(line: ContractLine) -> LineEntry:
    """Return a line as it goes out, without its site's name."""
    previous = Money(amount=line.previous_price) if line.previous_price is not None else None
    return LineEntry.model_construct(
        id=line.id,
        site_id=line.site_id,
        service=line.service,
        standard=line.standard,
        price=price_of(line),
        unit=line.unit,
        quantity=line.quantity,
        previous_price=previous,
        previous_quantity=line.previous_quantity,
        change_reason=line.change_reason,
    )


def person_entries(content: Content) -> list[PersonEntry]:
    """Return the responsible persons as they go out."""
    return [
        PersonEntry.model_construct(
            party=each.party,
            role=each.role,
            person_id=each.person_id,
            name=each.name,
            phone=each.phone,
            email=each.email,
        )
        for each in content.persons
    ]


def annex_entries(content: Content) -> list[AnnexEntry]:
    """Return the annexes as they go out."""
    return [AnnexEntry.model_construct(kind=each.kind, title=each.title) for each in content.annexes]


def signatures(content: Content) -> list[ConsentView]:
    """Return who has signed."""
    return [ConsentView.model_validate(each) for each in content.consents if each.step is Step.SIGN]


def clauses(contract: Contract, year: ContractYear, content: Content) -> dict[str, Any]:  # Any: JSON
    """Return all that a signature agrees to, as JSON values."""

    def plain(entries: Sequence[Wire]) -> list[Any]:  # Any: JSON
        # How many there were before is told for comparing, not agreed.
        return [entry.model_dump(mode="json", exclude={"id", "previous_quantity"}) for entry in entries]

    return {
        "reference": contract.reference,
        "kind": contract.kind.value,
        "customer_id": str(contract.customer_id),
        "producer_name": contract.producer_name,
        "services": list(contract.services),
        "year": year.year,
        "valid_from": year.valid_from.isoformat(),
        "valid_until": year.agreed_until.isoformat(),
        "points": [
            {"point": each.point.value, "owner": owner_of(each).model_dump(mode="json"), "text": each.text}
            for each in content.points
        ],
        "persons": plain(person_entries(content)),
        "lines": plain([line_entry(each) for each in content.lines]),
        "targets": plain([target_entry(each) for each in content.targets]),
        "annexes": plain(annex_entries(content)),
    }


def contract_state(contract: Contract) -> ContractState:
    """Return the contract's full state for its event."""
    return ContractState.model_validate(contract)


def year_state(contract: Contract, year: ContractYear, content: Content) -> YearState:
    """Return the year's full state for its event."""
    return YearState(
        id=year.id,
        contract_id=contract.id,
        reference=contract.reference,
        customer_id=year.customer_id,
        year=year.year,
        state=year.state,
        valid_from=year.valid_from,
        valid_until=year.valid_until,
        signed_at=year.signed_at,
        content_hash=year.content_hash,
        points=[PointState.model_validate(each) for each in content.points],
        lines=[
            LineState(
                id=each.id,
                site_id=each.site_id,
                service=each.service,
                standard=each.standard,
                price=price_of(each),
                unit=each.unit,
                quantity=each.quantity,
            )
            for each in content.lines
        ],
        targets=[target_entry(each) for each in content.targets],
        annexes=annex_entries(content),
        personal=PersonalState(
            persons=person_entries(content),
            owners={each.point: owner_of(each) for each in content.points},
            signed_by=signatures(content),
        ),
        version=year.version,
    )


def announce_contract(session: Session, contract: Contract) -> None:
    """Publish the contract's state."""
    session.flush()
    publish(session, type=CONTRACT_CHANGED, subject=str(contract.id), data=contract_state(contract))
