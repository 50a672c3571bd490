"""The language of an answer's own words: what the caller accepts, Finnish otherwise."""

from typing import Annotated

from fastapi import Depends, Header

from chassis.languages import Language, language_of


async def _language(
    accept_language: Annotated[str | None, Header(description="fi, sv or en; Finnish otherwise.")] = None,
) -> Language:
    return language_of(accept_language)


Speaking = Annotated[Language, Depends(_language)]
