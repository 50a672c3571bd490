"""Numbers of cases are drawn by the owner's right: a new year needs a sequence, made by the owner only."""

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Run the function as its owner, in the schema of the tables alone."""
    op.execute("alter function next_case_number(integer) security definer set search_path = public, pg_temp")


def downgrade() -> None:
    """Run it as whoever calls."""
    op.execute("alter function next_case_number(integer) security invoker reset search_path")
