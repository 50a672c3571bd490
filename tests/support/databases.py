"""Migrated databases that go from test to test: emptying one is quicker than making another.

A database comes back as its migrations left it: their rows are there again and the sequences begin anew.
One whose tables, constraints, triggers or functions a test has changed is dropped instead.
"""

from dataclasses import dataclass
from typing import Final

import psycopg
from alembic import command

from kumppani.postgres import PrivatePostgres
from migrations import environment

_SMALL: Final = 65_536
"""Bytes up to which rows are deleted: that is quicker than the new files of a truncation."""
_TABLES: Final = """
    select oid::regclass::text, pg_relation_size(oid) from pg_class
    where relkind = 'r' and relnamespace = 'public'::regnamespace and relname <> 'alembic_version'
"""
_SEQUENCES: Final = """
    select oid::regclass::text, coalesce(pg_sequence_last_value(oid), seqstart),
           pg_sequence_last_value(oid) is not null
    from pg_class join pg_sequence on seqrelid = oid where relnamespace = 'public'::regnamespace
"""
_SCHEMA: Final = """
    with tables as (select oid, relname from pg_class
                    where relnamespace = 'public'::regnamespace and relkind in ('r', 'v', 'i')),
    parts (part) as (
        select concat_ws(' ', relname, attname, format_type(atttypid, atttypmod), attnotnull, attisdropped)
        from tables join pg_attribute on attrelid = tables.oid where attnum > 0
        union all
        select concat_ws(' ', relname, conname, contype, condeferrable, condeferred)
        from tables join pg_constraint on conrelid = tables.oid
        union all
        select concat_ws(' ', relname, tgname, tgenabled)
        from tables join pg_trigger on tgrelid = tables.oid where not tgisinternal
        union all
        select concat_ws(' ', proname, md5(prosrc)) from pg_proc where pronamespace = 'public'::regnamespace
    )
    select md5(string_agg(part, ';' order by part)) from parts
"""
_END_OTHERS: Final = """
    select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid()
"""


@dataclass(frozen=True)
class Seed:
    """What the migrations of a service leave in its database."""

    schema: str
    """A digest of tables, constraints, triggers and functions."""
    rows: dict[str, bytes]
    """By table, as COPY writes them; tables without rows are left out."""
    sequences: dict[str, tuple[int, bool]]


class Databases:
    """Gives out migrated databases of the services, named with the ``prefix``, and takes them back."""

    def __init__(self, postgres: PrivatePostgres, *, prefix: str = "") -> None:
        self._postgres = postgres
        self._prefix = prefix
        self._seeds: dict[str, Seed] = {}
        self._free: dict[str, list[str]] = {}
        self._made = 0

    def take(self, service: str) -> str:
        """Return the address of an empty, migrated database that nobody else has."""
        free = self._free.setdefault(service, [])
        return free.pop() if free else self.make(service)

    def make(self, service: str) -> str:
        """Return the address of a new migrated database."""
        template = f"{self._prefix}template_{service}"
        if service not in self._seeds:
            self._postgres.create_database(template)
            url = self._postgres.url(template)
            command.upgrade(environment.config(service, url), "head")
            self._seeds[service] = _seed_of(url)
        self._made += 1
        name = f"{self._prefix}{service}_{self._made}"
        self._postgres.create_database(name, template=template)
        return self._postgres.url(name)

    def give_back(self, service: str, url: str) -> None:
        """Take a database back that `take` gave; connections that are left to it end."""
        if _emptied(url, self._seeds[service]):
            self._free[service].append(url)
        else:
            self._postgres.drop_database(url.rsplit("/", 1)[1])


def _seed_of(url: str) -> Seed:
    with psycopg.connect(url) as connection:
        rows = {}
        for table, size in connection.execute(_TABLES).fetchall():
            if size:
                with connection.cursor().copy(f"copy {table} to stdout") as copy:
                    rows[table] = b"".join(bytes(part) for part in copy)
        return Seed(_schema_of(connection), rows, _sequences_of(connection))


def _emptied(url: str, seed: Seed) -> bool:
    """Empty a database; false when its schema is not that of the migrations."""
    with psycopg.connect(url) as connection:
        connection.execute(_END_OTHERS)
        if _schema_of(connection) != seed.schema:
            return False
        connection.execute("set local session_replication_role = replica")  # no triggers, no foreign keys
        for table, size in connection.execute(_TABLES).fetchall():
            if size > _SMALL:
                connection.execute(f"truncate {table} cascade")
            elif size:
                connection.execute(f"delete from {table}")
        for table, rows in seed.rows.items():
            with connection.cursor().copy(f"copy {table} from stdin") as copy:
                copy.write(rows)
        for name, state in _sequences_of(connection).items():
            if name not in seed.sequences:
                connection.execute(f"drop sequence {name}")
            elif state != seed.sequences[name]:
                connection.execute("select setval(%s::regclass, %s, %s)", (name, *seed.sequences[name]))
    return True


def _schema_of(connection: psycopg.Connection) -> str:
    row = connection.execute(_SCHEMA).fetchone()
    assert row is not None
    digest: str = row[0]
    return digest


def _sequences_of(connection: psycopg.Connection) -> dict[str, tuple[int, bool]]:
    return {name: (value, called) for name, value, called in connection.execute(_SEQUENCES).fetchall()}
