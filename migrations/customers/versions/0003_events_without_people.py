"""A table for what events tell about people; what the old code still writes whole is taken apart at once."""

from migrations import personal

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

FIELDS = "array['username', 'name', 'title', 'email', 'phone', 'language', 'absences']"
PERSONAL = f"(select jsonb_object_agg(key, value) from jsonb_each(data) where key = any({FIELDS}))"  # noqa: S608 - this file's own text
# An assignment's stand-in keeps the id. The name was never read, and is not brought back.
REST = f"""jsonb_set(data - {FIELDS}, '{{assignments}}', coalesce((
    select jsonb_agg(
        case jsonb_typeof(assignment -> 'stand_in')
            when 'object' then assignment #- '{{stand_in,name}}' else assignment
        end order by place
    )
    from jsonb_array_elements(data -> 'assignments') with ordinality as each (assignment, place)
), '[]'))"""  # noqa: S608 - this file's own text
CONCERNED = "new.type = 'kumppani.customers.person.changed' and new.data ? 'name'"


def upgrade() -> None:
    """Apply the step."""
    personal.begin(PERSONAL, REST, CONCERNED)


def downgrade() -> None:
    """Take it back."""
    personal.undo()
