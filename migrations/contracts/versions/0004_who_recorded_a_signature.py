"""A signature on paper tells who recorded it."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply the step."""
    op.add_column("contract_consent", sa.Column("recorded_by", sa.String(length=200), nullable=True))


def downgrade() -> None:
    """Take it back."""
    op.drop_column("contract_consent", "recorded_by")
