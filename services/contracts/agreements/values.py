"""Wire values of a contract: exact decimals as strings, and durations as ISO 8601."""

import re
from decimal import Decimal
from typing import Annotated, LiteralString

from pydantic import AfterValidator, BeforeValidator, Field, PlainSerializer
from pydantic_core import PydanticCustomError

MOST = Decimal("99999999.9999")
"""The largest amount that a price can be."""
_AMOUNT = r"^[0-9]{1,8}(\.[0-9]{1,4})?$"
_QUANTITY = r"^[0-9]{1,12}(\.[0-9]{1,2})?$"
_PERCENT = r"^(-[0-9]{1,2}|[0-9]{1,3})(\.[0-9]{1,2})?$"
_SUM = r"^-?[0-9]{1,15}\.[0-9]{2}$"
_DURATION = r"^P(?=[0-9]|T[0-9])([0-9]{1,3}D)?(T(?=[0-9])([0-9]{1,4}H)?([0-9]{1,4}M)?([0-9]{1,4}S)?)?$"


def plain(number: Decimal) -> str:
    """Return the shortest exact form with at least two decimals: 4.8500 is "4.85", 12 is "12.00"."""
    text = f"{number:.4f}".rstrip("0")
    whole, _, decimals = text.partition(".")
    return f"{whole}.{decimals.ljust(2, '0')}"


def shortest(number: Decimal) -> str:
    """Return the shortest exact form: 412.00 is "412"."""
    return f"{number:.2f}".rstrip("0").rstrip(".")


def _exact(pattern: str, code: LiteralString) -> BeforeValidator:
    form = re.compile(pattern, re.ASCII)

    def read(value: object) -> Decimal:
        if isinstance(value, Decimal):
            return value
        if isinstance(value, str) and form.fullmatch(value.strip()):
            return Decimal(value.strip())
        raise PydanticCustomError(code, "an exact decimal as text is needed")

    return BeforeValidator(read, json_schema_input_type=Annotated[str, Field(pattern=pattern)])


def _length(value: str) -> str:
    if not re.fullmatch(_DURATION, value, re.ASCII) or not any(digit in value for digit in "123456789"):
        raise PydanticCustomError("duration", "an ISO 8601 duration longer than nothing is needed")
    return value


Amount = Annotated[
    Decimal,
    _exact(_AMOUNT, "amount"),
    PlainSerializer(plain, return_type=Annotated[str, Field(examples=["4.85"])]),
]
"""Money as text, up to four decimals, never below zero."""
Cents = Annotated[
    Decimal,
    PlainSerializer(str, return_type=Annotated[str, Field(pattern=_SUM, examples=["199820.00", "-1250.50"])]),
]
"""A sum of money as text, exact to the cent; below zero where it is a difference."""
Quantity = Annotated[
    Decimal,
    _exact(_QUANTITY, "quantity"),
    PlainSerializer(shortest, return_type=Annotated[str, Field(examples=["412"])]),
]
"""How many units as text, up to two decimals."""
Percent = Annotated[
    Decimal,
    _exact(_PERCENT, "percent"),
    PlainSerializer(shortest, return_type=Annotated[str, Field(examples=["2.5"])]),
]
"""A change in percent as text, up to two decimals; below zero where something falls, never to nothing."""
Duration = Annotated[
    str, AfterValidator(_length), Field(json_schema_extra={"pattern": _DURATION, "examples": ["PT4H"]})
]
"""``PnDTnHnMnS`` longer than nothing. A day in business time is one working day of the site's calendar."""
