"""A table for what events tell about people; what the old code still writes whole is taken apart at once."""

from migrations import personal

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

PERSONAL = "jsonb_build_object('personal', data -> 'personal')"
REST = "data - 'personal'"
CONCERNED = "new.data ? 'personal'"


def upgrade() -> None:
    """Apply the step."""
    personal.begin(PERSONAL, REST, CONCERNED)


def downgrade() -> None:
    """Take it back."""
    personal.undo()
