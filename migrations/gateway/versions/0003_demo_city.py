"""The mark of a demo city: only where it stands do people sign in without a password."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table of the mark."""
    op.create_table(
        "demo_city",
        sa.Column("filled_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("filled_at"),
    )


def downgrade() -> None:
    """Drop it."""
    op.drop_table("demo_city")
