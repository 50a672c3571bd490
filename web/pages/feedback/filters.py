"""What narrows the queue: its choices with their counts, what is chosen in words, and what hides a list."""

import asyncio
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from web.gateway import Paged, Read, optional
from web.labels import label
from web.page import Page
from web.pages.feedback.people import Person
from web.pages.feedback.reads import CaseRow
from web.pages.feedback.views import Question
from web.texts import mark
from web.times import day
from web.viewer import Viewer

FACETS = "/cases/facets"


class Choice(Read):
    """A value that a list can be narrowed to, and how many cases it would leave."""

    value: str
    name: str
    count: int


class Facets(Read):
    """A list broken down by what it can be narrowed to."""

    cases: int = 0
    more: bool = False
    site: Sequence[Choice] = ()
    handler: Sequence[Choice] = ()
    producer: Sequence[Choice] = ()
    service: Sequence[Choice] = ()

    @property
    def said(self) -> str:
        """Return how many cases there are, as it is shown: ``12``, or ``5000+``."""
        return f"{self.cases}+" if self.more else str(self.cases)

    def counts(self, facet: str) -> dict[str, int]:
        """Return how many cases each value would leave."""
        return {choice.value: choice.count for choice in getattr(self, facet)}


@dataclass(frozen=True)
class Chip:
    """A filter that narrows: what it is about, its value in words, and the question without it."""

    name: str
    about: str
    value: str
    without: Question
    count: int | None = None
    """How many cases there would be without it, where that was asked."""


ABOUT: Mapping[str, str] = {
    "q": mark("Haku"),
    "service": mark("Palvelu"),
    "kind": mark("Laji"),
    "severity": mark("Vakavuus"),
    "received_from": mark("Saapunut aikaisintaan"),
    "received_to": mark("Saapunut viimeistään"),
    "site_id": mark("Kohde"),
    "handler": mark("Käsittelijä"),
    "producer_id": mark("Tuottaja"),
    "customer_id": mark("Asiakas"),
    "due": mark("Määräaika"),
    "state": mark("Tila"),
    "urgent": mark("Kiireellisyys"),
    "own": mark("Vastuu"),
    "received": mark("Saapunut"),
}
SAID: Mapping[tuple[str, str], str] = {
    ("handler", "me"): mark("minä"),
    ("due", "late"): mark("myöhässä"),
    ("due", "today"): mark("tänään"),
    ("urgent", "true"): mark("kriittiset, joihin ei ole vastattu"),
    ("own", "true"): mark("minun vastuullani"),
    ("received", "today"): mark("tänään"),
    ("urgent", "false"): mark("muut kuin kiireelliset"),
}
VOCABULARIES = {"service": "service", "kind": "case_kind", "severity": "severity", "state": "case_state"}
FACET_OF = {"site_id": "site", "handler": "handler", "producer_id": "producer"}
NAMED_BY_ROW: Mapping[str, Callable[[CaseRow], tuple[str | None, str | None]]] = {
    "site_id": lambda row: (row.site.id, row.site.name),
    "customer_id": lambda row: (row.customer.id, row.customer.name) if row.customer else (None, None),
    "producer_id": lambda row: (row.producer.id, row.producer.name) if row.producer else (None, None),
    "handler": lambda row: (row.handler.person_id, row.handler.name) if row.handler else (None, None),
}


async def facets_of(viewer: Viewer, asked: Question) -> Facets | None:
    """Return what the list can be narrowed to; None when nobody can tell now."""
    return (await optional(viewer.gateway.read(Facets, FACETS, asked.listed))).value


def chips_of(
    page: Page, asked: Question, found: Paged[CaseRow], facets: Facets | None, people: Sequence[Person]
) -> list[Chip]:
    """Return what narrows the list, each in words and with the way to do without it."""
    return [
        Chip(
            name, page.text(ABOUT[name]), _said(page, name, value, found, facets, people), asked.without(name)
        )
        for name, value in asked.filters.items()
        if value
    ]


async def with_counts(viewer: Viewer, chips: Sequence[Chip]) -> list[Chip]:
    """Return the chips with how many cases each of them hides, for a list that is empty."""
    asked = [
        optional(viewer.gateway.read(Facets, FACETS, {**chip.without.listed, "by": "service"}))
        for chip in chips
    ]
    told = [part.value for part in await asyncio.gather(*asked)]
    return [
        Chip(chip.name, chip.about, chip.value, chip.without, facets.cases if facets else None)
        for chip, facets in zip(chips, told, strict=True)
    ]


def _said(
    page: Page,
    name: str,
    value: str,
    found: Paged[CaseRow],
    facets: Facets | None,
    people: Sequence[Person],
) -> str:
    if name in VOCABULARIES:
        return page.text(label(VOCABULARIES[name], value).word)
    if (name, value) in SAID:
        return page.text(SAID[name, value])
    if name in ("received_from", "received_to"):
        return day(date.fromisoformat(value), page.language, page.today)
    if name == "q":
        return value
    names = dict(_names(name, found, facets, people))
    return names.get(value) or page.text(mark("valittu"))


def _names(
    name: str, found: Paged[CaseRow], facets: Facets | None, people: Sequence[Person]
) -> Iterator[tuple[str | None, str | None]]:
    """Yield the names that the page knows of what stands in a filter by its id."""
    if name == "handler":
        yield from ((person.id, person.name) for person in people)
    if facets and name in FACET_OF:
        yield from ((choice.value, choice.name) for choice in getattr(facets, FACET_OF[name]))
    yield from (NAMED_BY_ROW[name](row) for row in found.items)
