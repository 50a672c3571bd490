"""Strict wire shapes: nothing unknown, nothing coerced, instants with an offset."""

from datetime import UTC, date, datetime
from typing import Annotated, Any, Final

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, JsonValue, PlainSerializer
from pydantic_core import PydanticCustomError

from chassis import text
from chassis.text import Forbidden, ManyLines, many_lines, one_line

_YEARS = "(19(0[1-9]|[1-9][0-9])|2[01][0-9]{2})"


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


def _whole(value: object) -> object:
    """JSON knows one kind of number: 2026.0 is the whole number 2026."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _forbidden(error: Forbidden) -> PydanticCustomError:
    return PydanticCustomError(
        "forbidden_character",
        "{character} at {position} cannot be kept",
        {"character": error.character, "position": error.position},
    )


Instant = Annotated[
    datetime,
    BeforeValidator(
        _instant,
        json_schema_input_type=Annotated[
            str, Field(json_schema_extra={"format": "date-time", "pattern": f"^{_YEARS}-"})
        ],
    ),
    PlainSerializer(
        lambda moment: moment.astimezone(UTC).isoformat().replace("+00:00", "Z"), when_used="json"
    ),
]
"""An RFC 3339 instant with offset, years 1901–2199; kept in UTC, written with ``Z``."""
Day = Annotated[
    date,
    BeforeValidator(
        _day,
        json_schema_input_type=Annotated[
            str, Field(json_schema_extra={"format": "date", "pattern": f"^{_YEARS}-"})
        ],
    ),
]
"""A calendar day ``YYYY-MM-DD``, years 1901–2199."""
Flag = Annotated[bool, Field(strict=True)]
WHOLE: Final = BeforeValidator(_whole)
"""Takes a number without a fraction however JSON writes it."""
Whole = Annotated[int, Field(strict=True), WHOLE]
ONE_LINE: Final = BeforeValidator(_line)
"""Cleans and judges a text of one line, such as the words of a search."""
# The patterns of texts stand in the document only: what does not match is refused by the character's name.
LINE_PATTERN: Final[dict[str, JsonValue]] = {"pattern": text.ONE_LINE}
MAYBE_LINE_PATTERN: Final[dict[str, JsonValue]] = {"pattern": text.EMPTY_OR_ONE_LINE}
MaybeLine = Annotated[str, Field(max_length=200, json_schema_extra=MAYBE_LINE_PATTERN), ONE_LINE]
"""One line of text, at most 200 characters after cleaning (`chassis.text`); it may be empty."""
Line = Annotated[str, Field(min_length=1, max_length=200, json_schema_extra=LINE_PATTERN), ONE_LINE]
"""One line of text, 1–200 characters after cleaning (`chassis.text`)."""
LongLine = Annotated[str, Field(min_length=1, max_length=400, json_schema_extra=LINE_PATTERN), ONE_LINE]
"""The same of 1–400 characters."""
Text = Annotated[
    str,
    Field(min_length=1, max_length=10_000, json_schema_extra={"pattern": text.MANY_LINES}),
    BeforeValidator(_lines),
]
"""Several lines of text, 1–10 000 characters after cleaning (`chassis.text`)."""
_MARKS: Final = r"@?&,;:<>()\[\]\\\""
_PART: Final = rf"[^{_MARKS}\s]+"
_ADDRESS: Final = rf"{_PART}@{_PART}\.{_PART}"
EMAIL: Final = f"^{_ADDRESS}$"
"""One address, with nothing in it that begins another one or a header in a mailto link."""
_SHOWN: Final = rf"[^{_MARKS}{text.NOTHING_TO_SEE}]+"
_SHOWN_ADDRESS: Final = rf"{_SHOWN}@{_SHOWN}\.{_SHOWN}"
Email = Annotated[
    str,
    Field(min_length=3, max_length=200, pattern=EMAIL, json_schema_extra={"pattern": f"^{_SHOWN_ADDRESS}$"}),
    ONE_LINE,
]
"""An e-mail address."""
MaybeEmail = Annotated[
    str,
    Field(
        max_length=200, pattern=f"^({_ADDRESS})?$", json_schema_extra={"pattern": f"^({_SHOWN_ADDRESS})?$"}
    ),
    ONE_LINE,
]
"""An e-mail address, or nothing."""


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
    """Return a model configuration with examples for the document.

    What an example of an answer leaves out of what may be null, it tells as null.
    """

    def told(schema: dict[str, Any], model: type[BaseModel]) -> None:  # Any: JSON
        empty = {name: None for name, field in schema["properties"].items() if _may_be_null(field)}
        schema["examples"] = [{**empty, **each} if issubclass(model, View) else each for each in values]

    return ConfigDict(json_schema_extra=told)


def _may_be_null(field: dict[str, Any]) -> bool:  # Any: JSON
    return {"type": "null"} in field.get("anyOf", ())
