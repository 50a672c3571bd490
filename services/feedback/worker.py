"""The process beside the service: follows the neighbours' feeds, tells who is late, keeps columns true."""

from collections.abc import Mapping

from chassis.actors import ActorSigner
from chassis.clock import utc_now
from chassis.database import Database
from chassis.idempotency import forget_old_keys
from chassis.jobs import Jobs
from chassis.listeners import Listener
from chassis.outbound import Neighbour
from chassis.telemetry import configure_logging
from chassis.worker import Worker
from services.feedback.app import read_models_of
from services.feedback.cases.upkeep import rebuild_projections, recalculate_after_changes, renew_open_cases
from services.feedback.copies.listeners import CUSTOMERS
from services.feedback.escalation.usecases import climb
from services.feedback.finding.analyser import Analyser
from services.feedback.finding.index import index_news
from services.feedback.finding.readings import Readings
from services.feedback.settings import FeedbackSettings
from services.feedback.sla.usecases import on_contract_year_changed

INDEXER_IDLE = 25.0
"""Seconds that the analyser of the indexing job waits for more words: two runs of the job."""
CONTRACTS = {"kumppani.contracts.year.changed": on_contract_year_changed}


def create_worker(
    settings: FeedbackSettings | None = None,
    *,
    database: Database | None = None,
    neighbours: Mapping[str, Neighbour] | None = None,
) -> Worker:
    """Return the worker; ``neighbours`` "customers" and "contracts" may be given, e.g. in one process."""
    used = settings or FeedbackSettings()
    configure_logging(used.log_level)
    base = database or Database(used.database_url.get_secret_value(), pool_size=used.database_pool)
    known = neighbours or {
        "customers": Neighbour("customers", used.customers_url),
        "contracts": Neighbour("contracts", used.contracts_url),
    }
    signer = ActorSigner("feedback", used.signing_key.get_secret_value())
    listeners = [
        Listener(
            source,
            database=base,
            neighbour=known[source],
            signer=signer,
            handlers=handlers,
            personal=source == "customers",
        )
        for source, handlers in (("customers", CUSTOMERS), ("contracts", CONTRACTS))
    ]
    jobs = jobs_of(used, base)
    return Worker("feedback", database=base, jobs=jobs, listeners=listeners, neighbours=list(known.values()))


def jobs_of(settings: FeedbackSettings, database: Database) -> Jobs:
    """Register the periodic jobs. They find their work by indexed columns, so intake queues none."""
    jobs = Jobs(database.url)
    read_models = read_models_of(settings)
    readings = Readings(Analyser(idle=INDEXER_IDLE, at=settings.analyser_socket))

    @jobs.periodic("feedback.climb", "* * * * *")
    def tell_who_is_late(timestamp: int) -> None:  # noqa: ARG001 - the queue names it
        climb(database, read_models, utc_now())

    @jobs.periodic("feedback.recalculate", "* * * * *")
    def recalculate(timestamp: int) -> None:  # noqa: ARG001 - the queue names it
        recalculate_after_changes(database, read_models, utc_now())

    @jobs.periodic("feedback.rebuild", "40 2 * * *")
    def rebuild(timestamp: int) -> None:  # noqa: ARG001 - the queue names it
        renew_open_cases(database, read_models, utc_now())
        rebuild_projections(database, read_models, utc_now())

    @jobs.periodic("feedback.words", "* * * * * */10")
    def words(timestamp: int) -> None:  # noqa: ARG001 - the queue names it
        while True:
            with database.session() as session:
                if index_news(session, readings) == 0:
                    return

    @jobs.periodic("feedback.forget_keys", "20 3 * * *")
    def forget_keys(timestamp: int) -> None:  # noqa: ARG001 - the queue names it
        with database.session() as session:
            forget_old_keys(session, utc_now())

    return jobs
