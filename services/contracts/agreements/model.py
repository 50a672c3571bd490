"""Tables of framework agreements and their contract years, with the year's guarded transitions."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg
from sqlalchemy.orm.attributes import flag_modified
from sqlmodel import Field

from chassis.tables import Versioned, new_id, string_enum
from services.contracts.agreements import rules
from services.contracts.agreements.errors import StepRefused
from services.contracts.agreements.vocabulary import AnnexKind, Kind, Point, State, Unit
from services.contracts.base import Base
from trade.vocabulary import Basis, Party, Service, Severity


class Contract(Versioned, Base, table=True):
    """A framework agreement between one customer and the producer: what stays from year to year."""

    __tablename__ = "contract"

    id: UUID = Field(default_factory=new_id, primary_key=True)
    reference: str = Field(max_length=20, unique=True)
    customer_id: UUID = Field(index=True)
    producer_name: str = Field(max_length=200)
    kind: Kind = Field(sa_type=string_enum(Kind))
    services: list[str] = Field(sa_type=pg.ARRAY(sa.String(40)))
    created_at: datetime


class ReferenceCounter(Base, table=True):
    """The last number given to a contract reference of a year."""

    __tablename__ = "contract_reference_counter"

    year: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    last: int


class ContractYear(Versioned, Base, table=True):
    """One calendar year of a contract. Its content is editable until signed, then frozen."""

    __tablename__ = "contract_year"
    __table_args__ = (
        sa.UniqueConstraint("contract_id", "year"),
        sa.Index("contract_year_term", "customer_id", "year"),
    )

    id: UUID = Field(default_factory=new_id, primary_key=True)
    contract_id: UUID = Field(foreign_key="contract.id")
    customer_id: UUID
    year: int
    state: State = Field(default=State.DRAFT, sa_type=string_enum(State))
    valid_from: date
    agreed_until: date
    terminated_on: date | None = None
    signed_at: datetime | None = None
    content_hash: str | None = Field(default=None, max_length=64)
    changed_at: datetime

    @property
    def valid_until(self) -> date:
        """The last day of the year, or the day of termination."""
        return self.agreed_until if self.terminated_on is None else min(self.agreed_until, self.terminated_on)

    def effective_state(self, today: date) -> State:
        """Return the state people see on the day."""
        return rules.effective_state(self.state, self.valid_from, self.agreed_until, today)

    def touch(self, now: datetime) -> None:
        """Make the next flush count a new version even when only the rows below have changed."""
        self.changed_at = now
        flag_modified(self, "changed_at")

    def take(self, step: rules.Step, now: datetime, signed: frozenset[Party] = frozenset()) -> None:
        """Move to the state after the step.

        Raises:
            StepRefused: the step does not start from the present state.
        """
        try:
            self.state = rules.after(step, self.state, signed)
        except rules.WrongState as error:
            raise StepRefused(state=self.state.value, step=step.value) from error
        self.touch(now)


class ContractPoint(Base, table=True):
    """One of the six mandatory points: who owns it and what was agreed."""

    __tablename__ = "contract_point"

    year_id: UUID = Field(foreign_key="contract_year.id", primary_key=True)
    point: Point = Field(sa_type=string_enum(Point), primary_key=True)
    owner_party: Party = Field(sa_type=string_enum(Party))
    owner_name: str = Field(max_length=200)
    owner_person_id: UUID | None = None
    text: str = Field(sa_type=sa.Text)


class ContractPerson(Base, table=True):
    """A named responsible person of one side."""

    __tablename__ = "contract_person"

    id: UUID = Field(default_factory=new_id, primary_key=True)
    year_id: UUID = Field(foreign_key="contract_year.id", index=True)
    position: int
    party: Party = Field(sa_type=string_enum(Party))
    role: str = Field(max_length=200)
    person_id: UUID | None = None
    name: str = Field(max_length=200)
    phone: str = Field(default="", max_length=200)
    email: str = Field(default="", max_length=200)


class ContractLine(Base, table=True):
    """One service at one site, by which standard and at what price."""

    __tablename__ = "contract_line"

    id: UUID = Field(default_factory=new_id, primary_key=True)
    year_id: UUID = Field(foreign_key="contract_year.id", index=True)
    position: int
    site_id: UUID = Field(index=True)
    service: Service = Field(sa_type=string_enum(Service))
    standard: str = Field(max_length=200)
    price: Decimal = Field(sa_type=sa.Numeric(12, 4))
    unit: Unit = Field(sa_type=string_enum(Unit))
    quantity: Decimal = Field(sa_type=sa.Numeric(14, 2))
    previous_price: Decimal | None = Field(default=None, sa_type=sa.Numeric(12, 4))
    previous_quantity: Decimal | None = Field(default=None, sa_type=sa.Numeric(14, 2))
    change_reason: str | None = Field(default=None, sa_type=sa.Text)


class ContractTarget(Base, table=True):
    """Response and resolution targets of one service and severity."""

    __tablename__ = "contract_target"

    year_id: UUID = Field(foreign_key="contract_year.id", primary_key=True)
    service: Service = Field(sa_type=string_enum(Service), primary_key=True)
    severity: Severity = Field(sa_type=string_enum(Severity), primary_key=True)
    response_basis: Basis = Field(sa_type=string_enum(Basis))
    response_duration: str = Field(max_length=20)
    resolution_basis: Basis | None = Field(default=None, sa_type=string_enum(Basis))
    resolution_duration: str | None = Field(default=None, max_length=20)


class ContractAnnex(Base, table=True):
    """An annex that belongs to the year."""

    __tablename__ = "contract_annex"

    id: UUID = Field(default_factory=new_id, primary_key=True)
    year_id: UUID = Field(foreign_key="contract_year.id", index=True)
    position: int
    kind: AnnexKind = Field(sa_type=string_enum(AnnexKind))
    title: str = Field(max_length=200)


class ContractConsent(Base, table=True):
    """One party's approval or signature.

    Who gives one is the actor, and gives it in the own name. A signature that somebody else gave on paper
    bears that name, and ``recorded_by`` the actor's.
    """

    __tablename__ = "contract_consent"

    year_id: UUID = Field(foreign_key="contract_year.id", primary_key=True)
    step: rules.Step = Field(sa_type=string_enum(rules.Step), primary_key=True)
    party: Party = Field(sa_type=string_enum(Party), primary_key=True)
    name: str = Field(max_length=200)
    recorded_by: str | None = Field(default=None, max_length=200)
    person_id: UUID | None = None
    at: datetime


class ContractHistory(Base, table=True):
    """What was done to a contract year, by whom, and what it changed."""

    __tablename__ = "contract_history"
    __table_args__ = (sa.Index("contract_history_order", "year_id", "at", "id"),)

    id: UUID = Field(default_factory=new_id, primary_key=True)
    year_id: UUID = Field(foreign_key="contract_year.id")
    at: datetime
    what: str = Field(max_length=40)
    by_name: str = Field(max_length=200)
    by_subject: str = Field(max_length=120)
    before: dict[str, Any] | None = Field(default=None, sa_type=pg.JSONB)  # Any: JSON as it was seen
    after: dict[str, Any] | None = Field(default=None, sa_type=pg.JSONB)  # Any: JSON as it was seen
