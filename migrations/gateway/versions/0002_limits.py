"""Who uses how much, told between the gateway's processes."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the two unlogged tables."""
    op.create_table(
        "caller_rate",
        sa.Column("caller", sa.String(), nullable=False),
        sa.Column("level", sa.Float(), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("caller"),
        prefixes=["UNLOGGED"],
    )
    op.create_index("ix_caller_rate_told_at", "caller_rate", ["told_at"])
    op.create_table(
        "caller_in_flight",
        sa.Column("caller", sa.String(), nullable=False),
        sa.Column("process", sa.Uuid(), nullable=False),
        sa.Column("requests", sa.Integer(), nullable=False),
        sa.Column("waits", sa.Integer(), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("caller", "process"),
        prefixes=["UNLOGGED"],
    )
    op.create_index("ix_caller_in_flight_told_at", "caller_in_flight", ["told_at"])


def downgrade() -> None:
    """Drop them."""
    op.drop_table("caller_in_flight")
    op.drop_table("caller_rate")
