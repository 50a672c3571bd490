"""The open cases that are critical and not answered have an index of their own.

Revision 0008, after 0007.
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the index beside the running service."""
    with op.get_context().autocommit_block():
        # One that was interrupted stands there unusable.
        op.drop_index("case_urgent", table_name="feedback_case", if_exists=True, postgresql_concurrently=True)
        op.create_index(
            "case_urgent",
            "feedback_case",
            ["queue_at", "id"],
            postgresql_where=sa.text("open and severity = 'critical' and first_response_at is null"),
            postgresql_concurrently=True,
        )


def downgrade() -> None:
    """Drop it again."""
    with op.get_context().autocommit_block():
        op.drop_index("case_urgent", table_name="feedback_case", if_exists=True, postgresql_concurrently=True)
