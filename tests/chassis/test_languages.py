"""Words of faulty fields are wholly in the language that was asked for."""

import pytest

from chassis.languages import Language
from chassis.problem_table import words_of_validation


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("fi", "Valitse yksi näistä: today, late."),
        ("sv", "Välj ett av dessa: today, late."),
        ("en", "Choose one of: today, late."),
    ],
)
@pytest.mark.parametrize("code", ["enum", "literal_error"])
def test_the_choices_are_listed_without_words_of_another_language(
    code: str, language: Language, words: str
) -> None:
    assert words_of_validation(code, language, {"expected": "'today' or 'late'"}) == words
