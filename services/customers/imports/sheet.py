"""A file of rows read cell by cell; every fault is noted with its row and column, and reading goes on."""

import csv
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TypeVar

from chassis.text import Forbidden, many_lines

MOST_ROWS = 10_000
MOST_COLUMNS = 50
"""So many names the first row may hold; no file needs half of them."""
MOST_FAULTS = 50
"""So many faults are told; of the rest a report tells how many they are."""
MANY_LINES = frozenset({"partnership_note"})
"""Columns whose cells may have several lines."""
E = TypeVar("E", bound=StrEnum)
T = TypeVar("T")
_YES = frozenset({"yes", "kyllä", "ja"})
_NO = frozenset({"no", "ei", "nej"})
_SEPARATOR = ["sep=", ""]
"""A first row `sep=;` tells a spreadsheet what separates the cells; it is no row of the file."""
_DAY = re.compile(r"^\d{4}-\d{2}-\d{2}$")


@dataclass(frozen=True)
class Fault:
    """One thing to mend: row as a spreadsheet counts (the names are on row 1), column, code, values."""

    row: int
    column: str
    code: str
    params: Mapping[str, object] = field(default_factory=dict)


@dataclass
class Row:
    """One row of a file."""

    number: int
    cells: Mapping[str, str]
    faults: list[Fault] = field(default_factory=list)

    def fault(self, column: str, code: str, **params: object) -> None:
        """Note a fault of a cell."""
        self.faults.append(Fault(self.number, column, code, {"column": column, **params}))

    def has(self, column: str) -> bool:
        """Tell whether the file has the column."""
        return column in self.cells

    def text(self, column: str, *, limit: int = 200) -> str | None:
        """Return the cell's text; None when it is empty."""
        value = self.cells.get(column, "")
        if len(value) > limit:
            self.fault(column, "too_long", limit=limit)
        if "\n" in value and column not in MANY_LINES:
            self.fault(column, "one_line")
        return value or None

    def needed(self, column: str, *, limit: int = 200) -> str:
        """Return the cell's text, which must not be empty."""
        value = self.text(column, limit=limit)
        if value is None:
            self.fault(column, "missing_value")
        return value or ""

    def formed(self, column: str, pattern: str, sample: str, *, limit: int = 200) -> str:
        """Return the cell's text, which must have a form (a regular expression)."""
        value = self.needed(column, limit=limit)
        if value and not re.fullmatch(pattern, value):
            self.fault(column, "wrong_form", value=value, sample=sample)
        return value

    def choice(self, column: str, choices: type[E]) -> E | None:
        """Return one of the choices; None when the cell is empty or faulty."""
        value = self.text(column)
        if value is None:
            return None
        try:
            return choices(value)
        except ValueError:
            self.fault(column, "unknown_choice", value=value, choices=", ".join(choices))
            return None

    def chosen(self, column: str, choices: type[E]) -> E:
        """Return one of the choices; the cell must not be empty."""
        value = self.choice(column, choices)
        if value is None and self.text(column) is None:
            self.fault(column, "missing_value")
        return value if value is not None else next(iter(choices))

    def yes(self, column: str) -> bool | None:
        """Tell whether the cell says yes, in any of our languages; None when it is empty or faulty."""
        word = self.needed(column).casefold()
        if word and word not in _YES | _NO:
            self.fault(column, "unknown_choice", value=word, choices="yes, no")
        return True if word in _YES else False if word in _NO else None

    def day(self, column: str) -> date | None:
        """Return a day; None when the cell is empty or faulty."""
        value = self.text(column)
        if value is None:
            return None
        try:
            day = date.fromisoformat(value) if _DAY.match(value) else None
        except ValueError:
            day = None
        if day is None:
            self.fault(column, "wrong_form", value=value, sample="2026-01-31")
        return day

    def degrees(self, column: str, limit: int) -> float | None:
        """Return degrees between -limit and limit, with a point or a comma; None when empty or faulty."""
        value = self.text(column)
        if value is None:
            return None
        number = float(value.replace(",", ".")) if re.fullmatch(r"-?\d{1,3}([.,]\d{1,9})?", value) else None
        if number is None or abs(number) > limit:
            self.fault(column, "wrong_form", value=value, sample="65.0121")
            return None
        return number

    def reference(self, column: str, known: Mapping[str, T]) -> T | None:
        """Return what the cell names among the known things; None when the cell is empty or faulty."""
        value = self.text(column)
        if value is None:
            return None
        found = known.get(value)
        if found is None:
            self.fault(column, "not_found", value=value)
        return found


@dataclass
class Sheet:
    """A file: its rows, and the faults of the file itself."""

    rows: list[Row] = field(default_factory=list)
    own_faults: list[Fault] = field(default_factory=list)

    @property
    def faults(self) -> list[Fault]:
        """Return all faults in the order of the rows."""
        return [*self.own_faults, *(fault for row in self.rows for fault in row.faults)]


def read_sheet(text: str, columns: Sequence[str], optional: Sequence[str] = ()) -> Sheet:
    """Return the rows of a semicolon-separated file whose first row holds the names of the columns.

    Every one of ``columns`` must be there, those of ``optional`` may be. Empty rows are skipped but counted.
    """
    sheet = Sheet()
    names: list[str] | None = None
    reader = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=";", strict=True)
    number = 0
    try:
        for number, cells in enumerate(reader, start=1):
            if not any(cell.strip() for cell in cells) or (number == 1 and cells == _SEPARATOR):
                continue
            if number > MOST_ROWS + 1:
                sheet.own_faults.append(Fault(number, "", "too_many_rows", {"limit": MOST_ROWS}))
                break
            if names is None:
                names = [cell.strip() for cell in cells]
                sheet.own_faults += _faults_of_names(number, names, columns, optional)
                if sheet.own_faults:
                    break
            else:
                sheet.rows.append(_row(number, names, cells))
    except csv.Error:
        sheet.own_faults.append(Fault(number + 1, "", "not_csv"))
    if names is None and not sheet.own_faults:
        sheet.own_faults.append(Fault(1, "", "empty_file"))
    return sheet


def _faults_of_names(
    number: int, names: Sequence[str], columns: Sequence[str], optional: Sequence[str]
) -> list[Fault]:
    if len(names) > MOST_COLUMNS:
        return [Fault(number, "", "too_many_columns", {"limit": MOST_COLUMNS})]
    if len(names) == 1 and (separator := _other_separator(names[0])):
        return [Fault(number, "", "other_separator", {"separator": separator})]
    known = {*columns, *optional}
    codes = [(column, "missing_column") for column in columns if column not in names]
    codes += [(name, "unknown_column") for name in names if name not in known]
    codes += [(name, "repeated_column") for name in dict.fromkeys(names) if names.count(name) > 1]
    return [Fault(number, column, code, {"column": column}) for column, code in codes]


def _other_separator(first_row: str) -> str | None:
    """Return the name of what separates the columns instead of semicolons, if something seems to."""
    return next((name for sign, name in ((",", ","), ("\t", "TAB")) if sign in first_row), None)


def _row(number: int, names: Sequence[str], cells: Sequence[str]) -> Row:
    kept: dict[str, str] = {}
    row = Row(number, kept)
    if any(cell.strip() for cell in cells[len(names) :]):
        row.fault("", "too_many_cells")
    for name, cell in zip(names, cells, strict=False):
        try:
            # Some columns have lines; `Row.text` refuses them where they do not belong.
            kept[name] = many_lines(cell)
        except Forbidden as forbidden:
            kept[name] = ""
            row.fault(name, "forbidden_character", character=forbidden.character, position=forbidden.position)
    return row
