"""A table for what events tell about people; what the old code still writes whole is taken apart at once."""

from migrations import personal

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

FIELDS = "array['personal', 'actual_note']"
PERSONAL = f"(select jsonb_object_agg(key, value) from jsonb_each(data) where key = any({FIELDS}))"  # noqa: S608 - this file's own text
REST = f"data - {FIELDS}"
CONCERNED = f"new.data ?| {FIELDS}"


def upgrade() -> None:
    """Apply the step."""
    personal.begin(PERSONAL, REST, CONCERNED)


def downgrade() -> None:
    """Take it back."""
    personal.undo()
