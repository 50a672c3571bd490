"""The shipped year-less template of the annual clock, read from ``template.toml``."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from pydantic import TypeAdapter

from chassis.languages import LANGUAGES, Language
from chassis.words import Phrase
from services.contracts.clock.rules import DaysBefore, DueRule, InMonth, OnDay, Responsible, due_days

_RULES: Mapping[str, type[InMonth] | type[OnDay] | type[DaysBefore]] = {
    "month": InMonth,
    "day": OnDay,
    "days_before": DaysBefore,
}


@dataclass(frozen=True)
class Row:
    """One row: what, by whom, and when in any year."""

    row: int
    due: DueRule
    responsible: Responsible
    topic: Phrase
    content: Phrase
    producing: Responsible | None = None
    """Who prepares the material for the responsible party, if that is another."""


@dataclass(frozen=True)
class Planned:
    """A row placed in a year, its texts naming the year."""

    row: int
    due: date
    responsible: Responsible
    producing: Responsible | None
    topic: dict[Language, str]
    content: dict[Language, str]


@dataclass(frozen=True)
class Template:
    """All rows, and the names of those responsible."""

    rows: tuple[Row, ...]
    names: dict[Responsible, Phrase]
    with_preparer: Phrase

    def plan(self, year: int) -> tuple[Planned, ...]:
        """Return the year's milestones in the order of the rows; texts name the year and the next one."""
        due = due_days({row.row: row.due for row in self.rows}, year)
        return tuple(
            Planned(
                row=row.row,
                due=due[row.row],
                responsible=row.responsible,
                producing=row.producing,
                topic=_in_year(row.topic, year),
                content=_in_year(row.content, year),
            )
            for row in self.rows
        )

    def responsible_name(
        self, responsible: Responsible, producing: Responsible | None, language: Language
    ) -> str:
        """Return who is responsible, and in brackets who prepares, in the language."""
        name = self.names[responsible][language]
        if producing is None:
            return name
        preparer = self.names[producing][language].lower()
        return self.with_preparer.say(language, {"name": name, "preparer": preparer})


def _in_year(phrase: Phrase, year: int) -> dict[Language, str]:
    params = {"year": year, "budget_year": year + 1}
    return {language: phrase.say(language, params) for language in LANGUAGES}


def _rule(given: Mapping[str, object]) -> DueRule:
    values = {name: value for name, value in given.items() if name != "rule"}
    return TypeAdapter[DueRule](_RULES[str(given["rule"])]).validate_python(values)


@cache
def shipped_template() -> Template:
    """Return the template of source annex 2."""
    given = tomllib.loads((files("services.contracts.clock") / "template.toml").read_text(encoding="utf-8"))
    rows = TypeAdapter(tuple[Row, ...]).validate_python(
        [{**row, "due": _rule(row["due"])} for row in given["rows"]]
    )
    names = TypeAdapter(dict[Responsible, Phrase]).validate_python(given["names"])
    return Template(rows=rows, names=names, with_preparer=Phrase(**given["with_preparer"]))
