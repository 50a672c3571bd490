"""What typed words give away."""

import pytest

from web.pages.feedback.words import danger_word, guess_service, subject_of

SCHOOL = ("meals", "cleaning")


@pytest.mark.parametrize(
    ("text", "service"),
    [
        ("Lounas oli kylmää", "meals"),
        ("Keittiöstä tuli liian vähän annoksia", "meals"),
        ("Vessat olivat siivoamatta", "cleaning"),
        ("Matto on likainen", "cleaning"),
        ("Maten var kall i dag", "meals"),
        ("Golvet i aulan var smutsigt", "cleaning"),
        ("The soup was cold", "meals"),
        ("The toilets had no soap", "cleaning"),
    ],
)
def test_the_words_tell_the_service(text: str, service: str) -> None:
    assert guess_service(text, SCHOOL) == service


def test_words_that_speak_of_two_services_equally_tell_neither() -> None:
    assert guess_service("Ruoka ja siivous", SCHOOL) is None


def test_words_that_speak_of_no_service_tell_none() -> None:
    assert guess_service("Kiitos kaikesta!", SCHOOL) is None


def test_a_site_with_one_service_needs_no_words() -> None:
    assert guess_service("Kiitos!", ["cleaning"]) == "cleaning"


def test_the_guess_never_leaves_what_the_site_uses() -> None:
    assert guess_service("Kahvi oli loppu", SCHOOL) is None


def test_the_multi_service_concept_covers_both_trades() -> None:
    assert guess_service("Lattia oli likainen", ["multiservice", "coffee"]) == "multiservice"


def test_staff_lunch_is_not_the_pupils_meal() -> None:
    assert guess_service("Henkilöstöruokailun lounas oli kylmä", ["meals", "staff_meals"]) == "staff_meals"


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Kaksi oppilasta oksensi lounaan jälkeen", "oksensi"),
        ("Epäilemme ruokamyrkytystä", "ruokamyrkytystä"),
        ("Oppilas sai allergisen reaktion", "allergisen reaktion"),
        ("Flera elever kräktes", "kräktes"),
        ("Misstänkt matförgiftning", "matförgiftning"),
        ("A child had an allergic reaction", "allergic reaction"),
    ],
)
def test_danger_is_heard_in_three_languages(text: str, word: str) -> None:
    assert danger_word(text) == word


@pytest.mark.parametrize(
    "text", ["Lounas oli kylmää", "Onko ruoassa gluteenia?", "Allergiaruokavalio puuttui"]
)
def test_ordinary_words_are_no_danger(text: str) -> None:
    assert danger_word(text) is None


def test_the_subject_is_the_first_sentence() -> None:
    assert subject_of("Lounas oli kylmää. Perunat olivat raakoja.") == "Lounas oli kylmää"


def test_a_long_first_sentence_is_cut_between_words() -> None:
    subject = subject_of("Lounaalla " + "oli kylmää ruokaa " * 12)
    assert len(subject) <= 80
    assert subject.endswith("…")
    assert " …" not in subject
