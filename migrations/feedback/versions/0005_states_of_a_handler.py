"""The open cases of a state are counted for one handler too.

Revision 0005, after 0004.
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Replace the index of states by one of states and handlers, beside the running service."""
    with op.get_context().autocommit_block():
        op.create_index(
            "case_state_handler",
            "feedback_case",
            ["state", "handler_id"],
            if_not_exists=True,
            postgresql_where=sa.text("open"),
            postgresql_concurrently=True,
        )
        op.drop_index("case_state", table_name="feedback_case", if_exists=True, postgresql_concurrently=True)


def downgrade() -> None:
    """Put the index of states back."""
    with op.get_context().autocommit_block():
        op.create_index(
            "case_state",
            "feedback_case",
            ["state"],
            if_not_exists=True,
            postgresql_where=sa.text("open"),
            postgresql_concurrently=True,
        )
        op.drop_index(
            "case_state_handler", table_name="feedback_case", if_exists=True, postgresql_concurrently=True
        )
