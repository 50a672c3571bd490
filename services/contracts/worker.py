"""The process beside the contracts service: it listens to the customers service's feed and tidies up."""

from collections.abc import Mapping
from datetime import UTC, datetime

from chassis.actors import ActorSigner
from chassis.database import Database
from chassis.idempotency import forget_old_keys
from chassis.jobs import Jobs
from chassis.listeners import Listener
from chassis.outbound import Neighbour
from chassis.telemetry import configure_logging
from chassis.worker import Worker
from services.contracts.listeners import HANDLERS
from services.contracts.settings import ContractsSettings


def create_worker(
    settings: ContractsSettings | None = None,
    *,
    database: Database | None = None,
    neighbours: Mapping[str, Neighbour] | None = None,
) -> Worker:
    """Return the worker; ``neighbours["customers"]`` replaces the network within one process."""
    used = settings or ContractsSettings()
    configure_logging(used.log_level)
    url = used.database_url.get_secret_value()
    store = database or Database(url, pool_size=4)
    customers = (neighbours or {}).get("customers") or Neighbour("customers", used.customers_url)
    jobs = Jobs(url)

    @jobs.periodic("contracts.tidy", "17 3 * * *")
    def tidy(timestamp: int) -> None:
        """Forget idempotency keys that no retry will use any more."""
        with store.session() as session:
            forget_old_keys(session, datetime.fromtimestamp(timestamp, UTC))

    listener = Listener(
        "customers",
        database=store,
        neighbour=customers,
        signer=ActorSigner("contracts", used.signing_key.get_secret_value()),
        handlers=HANDLERS,
    )
    return Worker(
        "contracts",
        database=store,
        jobs=jobs,
        listeners=[listener],
        neighbours=[] if neighbours else [customers],
    )
