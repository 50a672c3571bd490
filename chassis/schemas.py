"""Strict wire shapes: nothing unknown, nothing coerced, instants with an offset."""

from datetime import UTC, date, datetime
from typing import Annotated, Any, Final

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer
from pydantic_core import PydanticCustomError

from chassis.text import Forbidden, ManyLines, many_lines, one_line


def _instant(value: object) -> datetime:
    if isinstance(value, datetime) and value.tzinfo:
        return value
    if isinstance(value, str) and len(value) <= 40 and value[10:11] in {"T", "t"}:
        try:
            moment = datetime.fromisoformat(value)
        except ValueError:
            moment = None
        if moment is not None and moment.tzinfo is not None and 1900 < moment.year < 2200:
            return moment.astimezone(UTC)
    raise PydanticCustomError("instant", "an RFC 3339 instant with offset is needed")


def _day(value: object) -> date:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    if isinstance(value, str) and len(value) == 10:
        try:
            day = date.fromisoformat(value)
        except ValueError:
            day = None
        if day is not None and 1900 < day.year < 2200:
            return day
    raise PydanticCustomError("day", "a day such as 2026-03-10 is needed")


def _line(value: object) -> object:
    if not isinstance(value, str):
        return value
    try:
        return one_line(value)
    except ManyLines as error:
        raise PydanticCustomError("one_line", "one line only") from error
    except Forbidden as error:
        raise _forbidden(error) from error


def _lines(value: object) -> object:
    if not isinstance(value, str):
        return value
    try:
        return many_lines(value)
    except Forbidden as error:
        raise _forbidden(error) from error


def _forbidden(error: Forbidden) -> PydanticCustomError:
    return PydanticCustomError(
        "forbidden_character",
        "{character} at {position} cannot be kept",
        {"character": error.character, "position": error.position},
    )


Instant = Annotated[
    datetime,
    BeforeValidator(
        _instant, json_schema_input_type=Annotated[str, Field(json_schema_extra={"format": "date-time"})]
    ),
    PlainSerializer(
        lambda moment: moment.astimezone(UTC).isoformat().replace("+00:00", "Z"), when_used="json"
    ),
]
"""An RFC 3339 instant with offset, years 1901–2199; kept in UTC, written with ``Z``."""
Day = Annotated[
    date,
    BeforeValidator(_day, json_schema_input_type=Annotated[str, Field(json_schema_extra={"format": "date"})]),
]
"""A calendar day ``YYYY-MM-DD``, years 1901–2199."""
Flag = Annotated[bool, Field(strict=True)]
Whole = Annotated[int, Field(strict=True)]
ONE_LINE: Final = BeforeValidator(_line)
"""Cleans and judges a text of one line, such as the words of a search."""
MaybeLine = Annotated[str, Field(max_length=200), ONE_LINE]
"""One line of text, at most 200 characters after cleaning (`chassis.text`); it may be empty."""
Line = Annotated[str, Field(min_length=1, max_length=200), ONE_LINE]
"""One line of text, 1–200 characters after cleaning (`chassis.text`)."""
Text = Annotated[str, Field(min_length=1, max_length=10_000), BeforeValidator(_lines)]
"""Several lines of text, 1–10 000 characters after cleaning (`chassis.text`)."""
EMAIL: Final = r"^[^@\s?&,;:<>()\[\]\\\"]+@[^@\s?&,;:<>()\[\]\\\"]+\.[^@\s?&,;:<>()\[\]\\\"]+$"
"""One address, with nothing in it that begins another one or a header in a mailto link."""
Email = Annotated[str, Field(min_length=3, max_length=200, pattern=EMAIL), ONE_LINE]
"""An e-mail address."""


class Wire(BaseModel):
    """What comes in: unknown fields are refused, text is stripped."""

    model_config = ConfigDict(
        extra="forbid", str_strip_whitespace=True, frozen=True, use_attribute_docstrings=True
    )


class View(BaseModel):
    """What goes out; built from rows by ``from_attributes``."""

    model_config = ConfigDict(
        from_attributes=True,
        frozen=True,
        use_attribute_docstrings=True,
        json_schema_serialization_defaults_required=True,
    )


def example(*values: Any) -> ConfigDict:  # Any: JSON
    """Return a model configuration with examples for the document."""
    return ConfigDict(json_schema_extra={"examples": [*values]})
