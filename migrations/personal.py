"""Takes what events tell about people out of their rows into a table of its own, under the same ids.

The old code goes on writing whole events while the new is brought out: a trigger takes them apart as they
come, so that from its making on no row holds such data longer. The new code's events never fire it. A later
step takes the trigger away, once no old code can run.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

BATCH = 2_000
"""Events taken apart in one transaction."""


def begin(personal: str, rest: str, concerned: str) -> None:
    """Make the table and the trigger.

    ``personal`` and ``rest`` are SQL expressions of an event's ``type`` and ``data``: what it tells about
    people, and the data without. ``concerned`` is the trigger's condition on the new row.
    """
    op.create_table(
        "event_personal",
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("subject", sa.String(length=120), nullable=False),
        sa.Column("data", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.PrimaryKeyConstraint("event_id"),
    )
    op.create_index("event_personal_subject", "event_personal", ["subject"])
    for name, expression in (("event_personal_of", personal), ("event_rest_of", rest)):
        op.execute(
            f"create function {name}(type text, data jsonb) returns jsonb language sql immutable"
            f" return {expression}"
        )
    op.execute("""
create function event_apart() returns trigger language plpgsql as $$
begin
    insert into event_personal (event_id, subject, data)
    values (new.id, new.subject, event_personal_of(new.type, new.data));
    new.data := event_rest_of(new.type, new.data);
    return new;
end
$$
""")
    op.execute(
        f"create trigger event_apart before insert on event for each row when ({concerned})"
        " execute function event_apart()"
    )


def undo() -> None:
    """Take trigger and table back; what the table holds must have been put back before."""
    op.execute("drop trigger event_apart on event")
    for name in ("event_apart()", "event_rest_of(text, jsonb)", "event_personal_of(text, jsonb)"):
        op.execute(f"drop function {name}")
    op.drop_table("event_personal")


def move(concerned: str) -> None:
    """Take the old rows apart, batch by batch, each in a transaction of its own; may be begun again.

    Place and id of a row stay as they are. ``concerned`` is a condition on ``event``.
    """
    _in_batches(f"""
        insert into event_personal (event_id, subject, data)
        select id, subject, event_personal_of(type, data) from event
        where sequence > done and sequence <= last and {concerned};
        update event set data = event_rest_of(type, data)
        where sequence > done and sequence <= last and {concerned};
    """)  # noqa: S608 - built from the migrations' own texts


def put_back() -> None:
    """Write what the table holds into the events again."""
    _in_batches("""
        update event set data = event.data || told.data from event_personal as told
        where event.sequence > done and event.sequence <= last and told.event_id = event.id;
    """)


def _in_batches(statements: str) -> None:
    with op.get_context().autocommit_block():
        # Each batch is short; all of them together may take longer than a statement may.
        op.execute("set statement_timeout = 0")
        op.execute(f"""
do $$
declare
    done bigint := 0;
    last bigint;
begin
    loop
        select max(sequence) into last
        from (select sequence from event where sequence > done order by sequence limit {BATCH}) as batch;
        exit when last is null;
        {statements}
        commit;
        done := last;
    end loop;
end
$$
""")  # noqa: S608 - built from the migrations' own texts
        op.execute("set statement_timeout = '10min'")
