"""The events of before are taken apart too, while the service runs."""

from migrations import personal

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

FIELDS = "array['personal', 'actual_note']"
CONCERNED = f"data ?| {FIELDS}"


def upgrade() -> None:
    """Apply the step."""
    personal.move(CONCERNED)


def downgrade() -> None:
    """Take it back."""
    personal.put_back()
