"""Texts: what every door refuses, what it cleans, and what it leaves as people wrote it."""

import re
import sys
import unicodedata

import pytest
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError

from chassis.schemas import Email, Line, MaybeLine, Text
from chassis.text import (
    ACTING,
    EMPTY_OR_ONE_LINE,
    MANY_LINES,
    ONE_LINE,
    Forbidden,
    ManyLines,
    escaped,
    many_lines,
    one_line,
    without_controls,
)
from tests.actors import actor, bearer


class Both(BaseModel):
    """A text of one line and one of many."""

    line: Line = "a"
    maybe: MaybeLine = ""
    text: Text = "a"
    email: Email = "a@b.fi"


@pytest.mark.parametrize(
    ("character", "name"),
    [
        ("\x00", "U+0000"),
        ("\x07", "U+0007"),
        ("\x1b", "U+001B"),
        ("\x7f", "U+007F"),
        ("\x9b", "U+009B"),
        ("\u202a", "U+202A"),
        ("\u202e", "U+202E"),
        ("\u2066", "U+2066"),
        ("\U000e0001", "U+E0001"),
        ("\ufffe", "U+FFFE"),
    ],
)
def test_what_acts_unseen_is_refused_by_its_name(character: str, name: str) -> None:
    for rule in (one_line, many_lines):
        with pytest.raises(Forbidden) as refused:
            rule(f"Äiti {character} a")
        assert (refused.value.character, refused.value.position) == (name, 6)


def test_whatever_controls_or_forms_other_characters_is_refused_and_nothing_that_is_a_letter() -> None:
    cleaned = set("\n\t\r\x0b\x0c\x85\xad\u061c\u180e\u200b\u200e\u200f\u2060\ufeff")
    """What is a line break or a space, or is taken out, before it is judged."""
    joiners = set("\u200c\u200d")
    for character in map(chr, range(sys.maxunicode + 1)):
        category = unicodedata.category(character)
        no_character = ord(character) & 0xFFFE == 0xFFFE or 0xFDD0 <= ord(character) <= 0xFDEF
        acts = (category in {"Cc", "Cf", "Cs"} or no_character) and character not in cleaned | joiners
        if category == "Cn" and not no_character:
            continue  # a later Unicode may say what it is
        refused = ACTING.search(character) is not None
        assert refused == acts, f"U+{ord(character):04X}"


@pytest.mark.parametrize(
    ("shape", "pattern"), [("line", ONE_LINE), ("text", MANY_LINES), ("maybe", EMPTY_OR_ONE_LINE)]
)
@given(words=st.text(max_size=12))
def test_the_document_tells_which_texts_are_taken(shape: str, pattern: str, words: str) -> None:
    try:
        Both.model_validate({shape: words})
    except ValidationError:
        assert not re.search(pattern, words.strip())
    else:
        assert re.search(pattern, words.strip())


@pytest.mark.parametrize("line_break", ["\n", "\r", "\r\n", "\x0b", "\x0c", "\x85", "\u2028", "\u2029"])
def test_line_breaks_are_one_kind_where_a_text_has_lines_and_refused_where_not(line_break: str) -> None:
    assert many_lines(f"a{line_break}b") == "a\nb"
    with pytest.raises(ManyLines):
        one_line(f"a{line_break}b")


@pytest.mark.parametrize("empty", ["\u200b", " \u2060\ufeff ", "\u200d", "\u3164", "\u2800", "\xad", "\xa0"])
def test_what_the_eye_cannot_see_is_empty(empty: str) -> None:
    assert one_line(empty) == many_lines(empty) == ""
    with pytest.raises(ValidationError):
        Both(line=empty)
    with pytest.raises(ValidationError):
        Both(text=empty)


@pytest.mark.parametrize("text", ["👩‍🍳 keittäjä", "❤️", "می‌خواهم", "Åsa Öhman", "„näin“ – ja…", "🇫🇮"])
def test_what_people_write_stays(text: str) -> None:
    assert one_line(text) == many_lines(text) == text


def test_letters_are_composed_and_pasted_marks_dropped() -> None:
    assert one_line(unicodedata.normalize("NFD", "Äyräs")) == "Äyräs"
    assert one_line("Oulun\tServiisi\u200b ") == "Oulun Serviisi"
    assert many_lines("a\tb\xadc") == "a\tbc"


@pytest.mark.parametrize(
    "address",
    ["a@b.fi?bcc=c@d.fi", "a@b.fi&x=1", "a\x07@b.fi", "a@b.fi,c@d.fi", "a@b", "<a@b.fi>", "a@b.fi\n"],
)
def test_an_address_is_one_address(address: str) -> None:
    if address.strip() != address:
        assert Both(email=address).email == "a@b.fi"
        return
    with pytest.raises(ValidationError):
        Both(email=address)


def test_addresses_that_people_have_are_taken() -> None:
    for address in ("aino.ylitalo@oulu.example", "o'neill+koulu@käyttö.fi", "a_b%c@x.y.fi"):
        assert Both(email=address).email == address


def test_length_is_that_of_the_text_as_it_is_kept() -> None:
    assert len(Both(line=unicodedata.normalize("NFD", "ä" * 200)).line) == 200
    with pytest.raises(ValidationError):
        Both(line="\u0958" * 101)  # each is two characters when composed


def test_a_terminal_and_a_calendar_get_nothing_that_acts() -> None:
    assert escaped("ä\x1b]0;x\u202e") == "ä\\x1b]0;x\\u202e"
    assert without_controls("a\x0bb\x07c\x85d") == "a\nbc\nd"


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("fi", "Merkkiä U+202E (tekstin 3. merkki) ei voi käyttää. Poista se."),
        ("sv", "Tecknet U+202E (tecken nummer 3 i texten) kan inte användas. Ta bort det."),
        ("en", "The character U+202E (number 3 of the text) cannot be used. Remove it."),
    ],
)
def test_the_refusal_names_the_character_and_its_place(client: TestClient, language: str, words: str) -> None:
    sent = bearer(actor("administrator"), "notes") | {"Accept-Language": language}
    answer = client.post("/v1/notes", json={"text": "ab\u202ec"}, headers=sent)

    assert answer.status_code == 422
    assert answer.json()["errors"] == [{"pointer": "#/text", "code": "forbidden_character", "detail": words}]
