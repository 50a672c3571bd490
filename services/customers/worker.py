"""The jobs of the customers service; it listens to nobody."""

from datetime import UTC, datetime

from chassis.database import Database
from chassis.idempotency import forget_old_keys
from chassis.jobs import Jobs
from chassis.telemetry import configure_logging
from chassis.worker import Worker
from services.customers.app import NAME
from services.customers.settings import CustomersSettings


def create_worker(settings: CustomersSettings | None = None, *, database: Database | None = None) -> Worker:
    """Return the worker; settings come from the environment unless given."""
    known = settings or CustomersSettings()
    configure_logging(known.log_level)
    url = known.database_url.get_secret_value()
    used = database or Database(url, pool_size=2)
    jobs = Jobs(url)

    @jobs.periodic("customers.forget_old_keys", "17 * * * *")
    def forget(timestamp: int) -> None:
        with used.session() as session:
            forget_old_keys(session, datetime.fromtimestamp(timestamp, UTC))

    return Worker(NAME, database=used, jobs=jobs)
