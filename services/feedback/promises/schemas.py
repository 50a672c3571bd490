"""How promises were kept, as it is told."""

from uuid import UUID

from chassis.schemas import Instant, View, example

_LINE = {"kept": 46, "of": 50, "kept_before": 40, "of_before": 48, "late": 2}


class Result(View):
    """What fell due in the last 30 days and in the 30 days before, and what is late now."""

    kept: int
    """Promises kept, of those that fell due in the last 30 days."""
    of: int
    """Promises that fell due in the last 30 days."""
    kept_before: int
    """Promises kept in the 30 days before those."""
    of_before: int
    """Promises that fell due in the 30 days before those."""
    late: int
    """Open cases that are late now: as many as the list with `due=late` has."""


class Who(View):
    """A handler or a producer."""

    id: UUID | None
    """Its id; null for the producer's desk, and where no producer is named."""
    name: str
    """Its name."""


class ResultOf(Result):
    """The part of one handler or one producer."""

    who: Who
    """Whose part it is."""


class PromisesView(Result):
    """How promises were kept, in all and by whom: the parts of each list make up the whole."""

    model_config = example(
        {
            "since": "2026-02-08T10:30:00Z",
            "until": "2026-03-10T10:30:00Z",
            **_LINE,
            "by_handler": [
                {"who": {"id": "018f0a1c-7c00-7000-8000-000000000101", "name": "Seppo Manninen"}, **_LINE}
            ],
            "by_producer": [
                {"who": {"id": "018f0a1c-7c00-7000-8000-000000000011", "name": "Oulun Serviisi"}, **_LINE}
            ],
        }
    )

    since: Instant
    """When the 30 days began."""
    until: Instant
    """When they ended: now."""
    by_handler: list[ResultOf]
    """By who has the cases now; the most late ones first, then the most broken promises."""
    by_producer: list[ResultOf]
    """By who produces the service, in the same order."""
