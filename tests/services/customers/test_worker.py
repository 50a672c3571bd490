"""The worker cleans old idempotency keys."""

from collections.abc import Callable
from datetime import UTC, datetime

import sqlalchemy as sa

from chassis.database import Database
from services.customers.settings import CustomersSettings
from services.customers.worker import create_worker
from tests.actors import private_jwk, trusted_keys


def settings_for(url: str) -> CustomersSettings:
    """Return settings for a database."""
    return CustomersSettings(
        database_url=url, trusted_keys=trusted_keys(), signing_key=private_jwk("customers")
    )


def test_old_keys_are_forgotten_and_young_ones_kept(database_url_for: Callable[[str], str]) -> None:
    database = Database(database_url_for("customers"))
    worker = create_worker(settings_for(database.url), database=database)
    now = datetime(2026, 3, 10, tzinfo=UTC)
    insert = sa.text(
        "insert into idempotency_key (subject, key, fingerprint, created_at) values ('p', :key, '', :at)"
    )
    with database.session() as session:
        session.execute(insert, {"key": "old", "at": datetime(2026, 3, 1, tzinfo=UTC)})
        session.execute(insert, {"key": "young", "at": datetime(2026, 3, 9, tzinfo=UTC)})
    worker.jobs.app.tasks["customers.forget_old_keys"](timestamp=int(now.timestamp()))
    with database.session() as session:
        assert list(session.scalars(sa.text("select key from idempotency_key"))) == ["young"]
    database.close()
