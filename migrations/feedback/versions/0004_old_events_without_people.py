"""The events of before are taken apart too, while the service runs."""

from migrations import personal

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

CONCERNED = "data ? 'personal'"


def upgrade() -> None:
    """Apply the step."""
    personal.move(CONCERNED)


def downgrade() -> None:
    """Take it back."""
    personal.put_back()
