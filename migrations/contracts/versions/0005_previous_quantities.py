"""A line tells which quantity it had the year before, beside the price."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply the step; where the line of the year before is there to read, its quantity is taken."""
    op.add_column("contract_line", sa.Column("previous_quantity", sa.Numeric(14, 2), nullable=True))
    op.execute(
        """
        update contract_line as line
        set previous_quantity = old.quantity
        from contract_year as year, contract_year as year_before, contract_line as old
        where year.id = line.year_id
          and year_before.contract_id = year.contract_id
          and year_before.year = year.year - 1
          and old.year_id = year_before.id
          and old.site_id = line.site_id
          and old.service = line.service
          and old.unit = line.unit
          and line.previous_price is not null
        """
    )


def downgrade() -> None:
    """Take it back."""
    op.drop_column("contract_line", "previous_quantity")
