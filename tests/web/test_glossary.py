"""Sanasto: every term in three languages, found by letter and by word."""

import pytest

from chassis.languages import LANGUAGES
from tests.web.house import Gateway, browser
from web.pages.glossary.terms import letters, search, terms


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_term_has_its_word_and_its_meaning(language):
    assert all(term.word(language) and term.meaning(language).endswith(".") for term in terms())


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_stands_for_two_terms(language):
    words = [term.word(language) for term in terms()]
    assert len(words) == len(set(words))


def test_a_word_is_found_in_any_language():
    assert [term.code for term in search("annual clock", "", "fi")] == ["annual_clock"]


def test_letters_stand_in_the_order_of_the_language():
    assert letters("sv") == sorted(letters("sv"), key="ABCDEFGHIJKLMNOPQRSTUVWXYZÅÄÖ".index)


def test_a_letter_holds_its_words_alone():
    assert {term.word("fi")[0] for term in search("", "v", "fi")} == {"v"}


def test_the_glossary_is_open_to_strangers():
    with browser(Gateway(), signed_in=False) as client:
        answer = client.get("/glossary?q=hoitamisvastuu")
    assert answer.status_code == 200
    assert "samordningsansvar" in answer.text
    assert "1 sana" in answer.text
