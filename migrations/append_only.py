"""Rows that tell what happened: whoever serves adds and reads them, and neither changes nor removes any."""

from collections.abc import Sequence

from alembic import op

_EACH_GRANTEE = """
    do $$
    declare role text;
    begin
        for role in
            select distinct granted.grantee::regrole::text
            from pg_class, aclexplode(relacl) as granted
            where pg_class.oid in ({classes}) and granted.grantee not in (0, relowner)
                and granted.privilege_type in ({held})
        loop
            execute format('{statement}', role);
        end loop;
    end $$
"""


def close(*tables: str) -> None:
    """Take the right to change and remove rows from every role but the one that owns the tables.

    What erases one day does so in the owner's name.
    """
    _run("revoke update, delete on {tables} from %s", tables, held=("UPDATE", "DELETE"))


def open_again(*tables: str) -> None:
    """Take it back: who may add rows changes and removes them again, who only reads goes on reading."""
    _run("grant update, delete on {tables} to %s", tables, held=("INSERT",))


def _run(statement: str, tables: Sequence[str], *, held: Sequence[str]) -> None:
    """Run a statement for each role that holds one of these rights."""
    classes = ", ".join(f"'{table}'::regclass" for table in tables)
    rights = ", ".join(f"'{each}'" for each in held)
    complete = statement.format(tables=", ".join(tables))
    op.execute(_EACH_GRANTEE.format(classes=classes, held=rights, statement=complete))
