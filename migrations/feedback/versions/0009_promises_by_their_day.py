"""What fell due in a stretch of time is found by small indexes of ranges.

Revision 0009, after 0008.
"""

from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

INDEXES = {"case_promised": "feedback_case", "case_cycle_promised": "case_cycle"}


def upgrade() -> None:
    """Make the indexes beside the running service."""
    with op.get_context().autocommit_block():
        for name, table in INDEXES.items():
            # One that was interrupted stands there unusable.
            op.drop_index(name, table_name=table, if_exists=True, postgresql_concurrently=True)
            op.create_index(
                name,
                table,
                ["response_due_at", "resolution_due_at"],
                postgresql_using="brin",
                postgresql_concurrently=True,
            )


def downgrade() -> None:
    """Drop them again."""
    with op.get_context().autocommit_block():
        for name, table in INDEXES.items():
            op.drop_index(name, table_name=table, if_exists=True, postgresql_concurrently=True)
