"""The roles of a part's database: one that serves, and one that owns the tables and changes them.

Who holds the password of the serving role can read and write rows, of what happened only add and read them,
and neither drop nor alter anything. The owning role has no password of its own on the private server:
migrations run as the superuser in its name.
"""

from collections.abc import Callable, Mapping
from typing import Final
from urllib.parse import quote

import psycopg
from psycopg import sql

WRITTEN_ONCE: Final[Mapping[str, tuple[str, ...]]] = {
    "customers": ("event",),
    "contracts": ("event", "contract_history", "milestone_history"),
    "feedback": ("event", "case_event", "case_cycle"),
}
"""The tables that tell what happened, as the newest schema has them."""
_LEFT_TO_SERVE: Final = """
    REASSIGN OWNED BY {serving} TO {owner};
    ALTER DATABASE {database} OWNER TO {owner};
    GRANT CONNECT ON DATABASE {database} TO {serving};
    GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {serving};
    GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {serving};
    ALTER DEFAULT PRIVILEGES FOR ROLE {owner} IN SCHEMA public
        GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {serving};
    ALTER DEFAULT PRIVILEGES FOR ROLE {owner} IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO {serving}
"""


def owner_of(name: str) -> str:
    """The role that owns the tables of a database."""
    return f"{name}_owner"


def as_owner(url: str, name: str) -> str:
    """A superuser's address, for work in the name of the owner of the database `name`."""
    return f"{url}?options={quote(f'-c role={owner_of(name)}')}"


def ensure(url_of: Callable[[str], str], passwords: Mapping[str, str]) -> None:
    """Make sure of a database for each name; the role of that name and password alone may enter it.

    `url_of` gives the superuser's address of a database.
    """
    with psycopg.connect(url_of("postgres"), autocommit=True) as connection:
        roles = {row[0] for row in connection.execute("SELECT rolname FROM pg_roles")}
        owners: dict[str, str] = dict(
            connection.execute("SELECT datname, pg_get_userbyid(datdba) FROM pg_database").fetchall()
        )
        for name, password in passwords.items():
            verb = sql.SQL("ALTER" if name in roles else "CREATE")
            role = sql.SQL("{} ROLE {} LOGIN PASSWORD {}")
            # Not the password itself, which a statement that fails would leave in the server's log.
            verifier = connection.pgconn.encrypt_password(
                password.encode(), name.encode(), b"scram-sha-256"
            ).decode()
            connection.execute(role.format(verb, sql.Identifier(name), sql.Literal(verifier)))
            if owner_of(name) not in roles:
                connection.execute(sql.SQL("CREATE ROLE {}").format(sql.Identifier(owner_of(name))))
            if name not in owners:
                connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
            revoke = sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC")
            connection.execute(revoke.format(sql.Identifier(name)))
            if owners.get(name) != owner_of(name):
                _leave_to_serve(url_of(name), name)
        # The parts' roles have nothing to do in the server's own databases.
        for name in ("postgres", "template1"):
            connection.execute(
                sql.SQL("REVOKE CONNECT, TEMPORARY ON DATABASE {} FROM PUBLIC").format(sql.Identifier(name))
            )


def _leave_to_serve(url: str, name: str) -> None:
    """Take everything in the database from the role that serves, and let it read and write rows.

    A migration took from it what it could do to what happened, but not while it owned these tables, and at
    the newest schema none will.
    """
    named = {"serving": name, "owner": owner_of(name), "database": name}
    identifiers = {key: sql.Identifier(value) for key, value in named.items()}
    with psycopg.connect(url) as connection:
        connection.execute(sql.SQL(_LEFT_TO_SERVE).format(**identifiers))
        for table in WRITTEN_ONCE.get(name, ()):
            if connection.execute("SELECT to_regclass(%s)", [table]).fetchone() != (None,):
                close = sql.SQL("REVOKE UPDATE, DELETE ON {} FROM {}")
                connection.execute(close.format(sql.Identifier(table), sql.Identifier(name)))


def rewritable(connection: psycopg.Connection, name: str) -> list[str]:
    """Return the tables of what happened that the role of this connection may change or empty."""
    found = connection.execute(
        "SELECT given FROM unnest(%s::text[]) AS given WHERE to_regclass(given) IS NOT NULL"
        " AND has_table_privilege(to_regclass(given), 'UPDATE, DELETE, TRUNCATE')",
        [list(WRITTEN_ONCE.get(name, ()))],
    )
    return [table for (table,) in found]
