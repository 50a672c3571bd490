"""Small wire shapes that several capabilities share."""

from typing import Annotated
from uuid import UUID

from pydantic import Field

from chassis.schemas import Text, View

Code = Annotated[str, Field(min_length=1, max_length=40, pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]*$")]
"""A short name for machines and lists, such as ``SIKU``."""
Phone = Annotated[str, Field(min_length=3, max_length=40, pattern=r"^\+?[0-9(][0-9 ()-]*$")]
"""A telephone number, with spaces as people read it."""
# The form stands in the document only: the rule looks at the check digit too, and refuses by one name.
BusinessId = Annotated[str, Field(max_length=9, json_schema_extra={"pattern": "^[0-9]{7}-[0-9]$"})]
"""A Finnish business id (Y-tunnus)."""
CalendarName = Annotated[str, Field(max_length=40, pattern=r"^[a-z][a-z0-9_]*$")]
"""Name of an opening calendar, such as ``school``."""
Remark = Annotated[Text, Field(max_length=4000)]
"""Several lines, 4 000 characters at most."""


class Named(View):
    """A thing by id and name."""

    id: UUID
    """Its id."""
    name: str
    """Its name."""


class PersonCard(View):
    """A person one may call or write to."""

    person_id: UUID
    """The person's id."""
    name: str
    """The person's name."""
    phone: str
    """Telephone number."""
    email: str
    """E-mail address."""
