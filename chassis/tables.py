"""What the tables of every service share: ids, versions, enumerations, and the chassis' own tables."""

from enum import Enum
from typing import Any, ClassVar
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg
from sqlalchemy.dialects.postgresql.base import ischema_names
from sqlalchemy.orm import declared_attr
from sqlmodel import Field, SQLModel
from uuid_utils.compat import uuid7


def new_id() -> UUID:
    """Return a UUIDv7 (RFC 9562 §5.7): unique, and rising with time."""
    return uuid7()


def string_enum(kind: type[Enum], *, length: int = 40) -> sa.Enum:
    """Return a column type that stores an enumeration's values as text, not as a native type."""
    return sa.Enum(
        kind,
        native_enum=False,
        create_constraint=False,
        length=length,
        values_callable=lambda members: [member.value for member in members],
    )


class Versioned(SQLModel):
    """Optimistic lock: an update of a row that somebody else changed raises StaleDataError."""

    version: int = Field(default=1, nullable=False)

    @declared_attr.directive
    @classmethod
    def __mapper_args__(cls) -> dict[str, Any]:  # Any: as SQLAlchemy declares it
        return {"version_id_col": cls.__table__.c.version}

    __table__: ClassVar[Any]  # Any: sa.Table, but pydantic must not look at it


def chassis_tables(metadata: sa.MetaData) -> None:
    """Add the outbox, the idempotency keys and the memory of listeners to a service's metadata."""
    sa.Table(
        "event",
        metadata,
        sa.Column("sequence", sa.BigInteger, sa.Identity(always=True), primary_key=True),
        # The transaction that wrote the row; the feed serves only rows older than every running one.
        sa.Column("transaction_id", XID8(), nullable=False, server_default=sa.text("pg_current_xact_id()")),
        sa.Column("id", sa.Uuid, nullable=False, unique=True),
        sa.Column("type", sa.String(120), nullable=False),
        sa.Column("subject", sa.String(120), nullable=False),
        sa.Column("time", sa.DateTime(timezone=True), nullable=False, server_default=sa.func.now()),
        sa.Column("trace_parent", sa.String(60)),
        sa.Column("data", pg.JSONB, nullable=False),
        sa.Index("event_feed", "transaction_id", "sequence"),
    )
    # What an event tells about people, so that erasing them is one delete by the event's subject. Without a
    # foreign key: its check would lock the event's row again at every insert.
    sa.Table(
        "event_personal",
        metadata,
        sa.Column("event_id", sa.Uuid, primary_key=True),
        sa.Column("subject", sa.String(120), nullable=False),
        sa.Column("data", pg.JSONB, nullable=False),
        sa.Index("event_personal_subject", "subject"),
    )
    sa.Table(
        "idempotency_key",
        metadata,
        sa.Column("subject", sa.String(120), primary_key=True),
        sa.Column("key", sa.String(200), primary_key=True),
        sa.Column("fingerprint", sa.String(64), nullable=False),
        sa.Column("status", sa.SmallInteger),
        sa.Column("body", sa.Text),
        sa.Column("etag", sa.String(40)),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False, server_default=sa.func.now()),
        sa.Index("idempotency_key_age", "created_at"),
    )
    sa.Table(
        "feed_cursor",
        metadata,
        sa.Column("source", sa.String(60), primary_key=True),
        sa.Column("position", sa.String(60), nullable=False, server_default=""),
    )
    sa.Table(
        "feed_inbox",
        metadata,
        sa.Column("source", sa.String(60), primary_key=True),
        sa.Column("event_id", sa.Uuid, primary_key=True),
        sa.Column("handled_at", sa.DateTime(timezone=True), nullable=False, server_default=sa.func.now()),
    )


class XID8(sa.types.UserDefinedType[str]):
    """PostgreSQL's 64-bit transaction id."""

    cache_ok = True

    def get_col_spec(self, **_: object) -> str:
        """Return the type's name for DDL."""
        return "xid8"


# So that reading a schema back (drift checks) knows the type.
ischema_names["xid8"] = XID8  # ty: ignore[invalid-assignment]  # typed for SQLAlchemy's own types only
