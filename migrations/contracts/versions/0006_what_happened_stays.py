"""What is written of what happened stays as it is written."""

from migrations import append_only

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None
TABLES = ("event", "contract_history", "milestone_history")


def upgrade() -> None:
    """Let the role that serves add to these tables and read them, no more."""
    append_only.close(*TABLES)


def downgrade() -> None:
    """Let it change and remove rows again."""
    append_only.open_again(*TABLES)
