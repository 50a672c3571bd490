"""Forms: what was typed, what is wrong with it, and the three hidden things each form carries."""

import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated

from fastapi import Depends, Request
from starlette.datastructures import FormData, UploadFile

from web.gateway import Refused
from web.session import is_own_form

TOKEN_FIELD = "form_token"  # noqa: S105 - the name of a hidden field
KEY_FIELD = "form_key"
VERSION_FIELD = "form_version"
HIDDEN_FIELDS = {TOKEN_FIELD, KEY_FIELD, VERSION_FIELD}
KEY = re.compile(r"[A-Za-z0-9_-]{1,100}")
"""Keys as `new_key` makes them; another one, which no page of ours sent, gets a fresh one instead."""
NUMBER = re.compile(r"[0-9]{1,9}")


class ForeignForm(Exception):
    """A posted form is not one of ours, or its page is older than the session: nothing was done."""


def new_key() -> str:
    """Return a fresh idempotency key: the same form sent twice makes one thing."""
    return secrets.token_urlsafe(18)


@dataclass
class Form:
    """A form's state: typed values and faults by field name, idempotency key, version of the edited thing."""

    fields: FormData = field(default_factory=FormData)
    key: str = field(default_factory=new_key)
    version: int | None = None
    errors: dict[str, str] = field(default_factory=dict)
    message: str = ""
    """What is wrong with the whole form, when no field is to blame."""

    @classmethod
    def blank(cls, values: Mapping[str, object] | None = None, *, version: int | None = None) -> "Form":
        """Return a form to fill in, with values to start from."""
        given: list[tuple[str, str | UploadFile]] = [
            (name, str(value)) for name, value in (values or {}).items() if value is not None
        ]
        return cls(FormData(given), version=version)

    def text(self, name: str, otherwise: str = "") -> str:
        """Return what was typed in a field, without the blanks around it and with plain line ends."""
        value = self.fields.get(name)
        return value.strip().replace("\r\n", "\n") if isinstance(value, str) else otherwise

    def number(self, name: str) -> int | None:
        """Return a hidden field's whole number, None when it holds anything else."""
        typed = self.text(name)
        return int(typed) if NUMBER.fullmatch(typed) else None

    def texts(self, name: str) -> list[str]:
        """Return every value of a field that may be given many times."""
        return [value.strip() for value in self.fields.getlist(name) if isinstance(value, str)]

    def ticked(self, name: str) -> bool:
        """Say whether a checkbox was ticked."""
        return bool(self.text(name))

    def file(self, name: str) -> UploadFile | None:
        """Return an uploaded file, if one was chosen."""
        value = self.fields.get(name)
        return value if isinstance(value, UploadFile) and value.filename else None

    def fail(self, name: str, words: str) -> None:
        """Say what is wrong with a field; the refused form gets a new idempotency key."""
        self.errors.setdefault(name, words)
        self.key = new_key()

    def refuse(self, refused: Refused, names: Mapping[str, str] | None = None) -> None:
        """Take over the gateway's refusal: faults to their fields, else one message for the whole form.

        ``names`` maps a field of the API to the form's own name where they differ.
        """
        self.key = new_key()
        for name, words in refused.by_field.items():
            self.errors[(names or {}).get(name, name)] = words
        if not self.errors:
            self.message = refused.detail

    @property
    def faulty(self) -> bool:
        """Say whether something is wrong."""
        return bool(self.errors or self.message)

    @property
    def first_faulty(self) -> str | None:
        """Return the name of the field that takes the focus; fields fail in the order they are checked."""
        return next(iter(self.errors), None)


def kept_fields(fields: FormData) -> list[tuple[str, str]]:
    """Return what a person typed, for sending it again later: texts only, without the three hidden things.

    The idempotency key is kept, so that a form sent again never makes a second thing.
    """
    return [
        (name, value)
        for name, value in fields.multi_items()
        if isinstance(value, str) and name not in {TOKEN_FIELD}
    ]


async def _posted(request: Request) -> Form:
    request.state.posted = None  # a form that cannot be read is not read again by its failure's page
    fields = await request.form()
    request.state.posted = fields
    token = fields.get(TOKEN_FIELD)
    if not isinstance(token, str) or not is_own_form(request, token):
        raise ForeignForm
    form = Form(fields)
    form.version = form.number(VERSION_FIELD)
    if KEY.fullmatch(form.text(KEY_FIELD)):
        form.key = form.text(KEY_FIELD)
    return form


Posted = Annotated[Form, Depends(_posted)]
