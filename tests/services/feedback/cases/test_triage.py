"""What words give away: danger, service and subject; pure tables of sentences."""

import pytest

from services.feedback.cases import triage
from services.feedback.cases.vocabulary import Kind
from trade.vocabulary import Service, Severity

SCHOOL = (Service.MEALS, Service.CLEANING)


def guessed(text: str, *offered: Service) -> Service | None:
    return triage.guess_service(triage.clues_of(text), offered or SCHOOL)


def danger(text: str) -> str | None:
    """Return the words that make a text critical."""
    found = triage.suspicion(text)
    return found.word if found and found.severity is Severity.CRITICAL else None


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Kaksi oppilasta oksensi lounaan jälkeen", "oksensi"),
        ("Epäilemme RUOKAMYRKYTYSTÄ", "RUOKAMYRKYTYSTÄ"),
        ("Oppilas sai allergisen reaktion", "allergisen reaktion"),
        ("Allergisia oireita kahdella", "Allergisia oireita"),
        ("Epäily anafylaksiasta", "anafylaksiasta"),
        ("Vatsatauti kiertää luokassa", "Vatsatauti"),
        ("Pahoinvointia lounaan jälkeen", "Pahoinvointia"),
        ("Moni voi pahoin", "voi pahoin"),
        ("Lapset voivat pahoin", "voivat pahoin"),
        ("Huulet turposivat heti", "Huulet turposivat"),
        ("Kukaan ei oksentanut", "oksentanut"),
        ("Flera elever kräktes", "kräktes"),
        ("Misstänkt matförgiftning", "matförgiftning"),
        ("Flera barn är magsjuka", "magsjuka"),
        ("Tre elever mådde illa", "mådde illa"),
        ("En elev fick en allergisk reaktion", "allergisk reaktion"),
        ("Anafylaktisk chock", "Anafylaktisk"),
        ("A child had an allergic reaction", "allergic reaction"),
        ("Anaphylaxis after lunch", "Anaphylaxis"),
        ("Two pupils threw up", "threw up"),
        ("There is a stomach bug going round", "stomach bug"),
        ("Kra\u0308ktes efter lunchen", "Kräktes"),
    ],
)
def test_danger_is_heard_in_three_languages(text: str, word: str) -> None:
    assert danger(text) == word


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Lasinsiru keitossa", "Lasinsiru"),
        ("Metallia ruuassa", "Metallia"),
        ("Keitossa oli lasia", "oli lasia"),
        ("Salaatista löytyi ruuvi", "ruuvi"),
        ("En glasbit i soppan", "glasbit"),
        ("Glas i maten", "Glas i"),
        ("A shard in the soup", "shard"),
        ("There was glass in my food", "glass in"),
    ],
)
def test_a_foreign_object_in_food_is_serious(text: str, word: str) -> None:
    assert triage.suspicion(text) == triage.Suspicion(word, Severity.HIGH)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Lounas oli kylmää",
        "Onko ruoassa gluteenia?",
        "Allergiaruokavalio puuttui",
        "Kaksi lasia maitoa puuttui",
        "Ruuvi irtosi luokan ovesta",
        "Hiuksia keitossa",
        "Glassen var god, maten också",
        "The glass was dirty at lunch",
    ],
)
def test_ordinary_words_are_no_danger(text: str) -> None:
    assert triage.suspicion(text) is None


@pytest.mark.parametrize(
    ("text", "service"),
    [
        ("Lounas oli kylmää", Service.MEALS),
        ("Keittiöstä tuli liian vähän annoksia", Service.MEALS),
        ("Kolme luokkaa jäi ilman.", Service.MEALS),
        ("Kouluruoka oli hyvää", Service.MEALS),
        ("Vessat olivat siivoamatta", Service.CLEANING),
        ("Matto on likainen", Service.CLEANING),
        ("Maten var kall i dag", Service.MEALS),
        ("Golvet i aulan var smutsigt", Service.CLEANING),
        ("The soup was cold", Service.MEALS),
        ("The toilets had no soap", Service.CLEANING),
    ],
)
def test_the_words_tell_the_service(text: str, service: Service) -> None:
    assert guessed(text) is service


@pytest.mark.parametrize("text", ["Ruoka ja siivous", "Kiitos kaikesta!", "Kahvi oli loppu", "x"])
def test_words_that_do_not_tell_the_service_leave_it_to_the_sites_main_one(text: str) -> None:
    assert guessed(text) is None
    assert triage.service_of(triage.clues_of(text), SCHOOL) is Service.MEALS


def test_the_multi_service_concept_covers_both_trades() -> None:
    found = guessed("Lattia oli likainen", Service.MULTISERVICE, Service.COFFEE)
    assert found is Service.MULTISERVICE


def test_staff_lunch_is_not_the_pupils_meal() -> None:
    found = guessed("Henkilöstöruokailun lounas oli kylmä", Service.MEALS, Service.STAFF_MEALS)
    assert found is Service.STAFF_MEALS


def test_a_site_of_unknown_services_may_have_any() -> None:
    assert triage.services_at([]) == tuple(Service)
    assert triage.services_at(["cleaning", "meals"]) == SCHOOL


POISONED = triage.Suspicion("oksensi", Severity.CRITICAL)
SHARD = triage.Suspicion("lasinsiru", Severity.HIGH)


@pytest.mark.parametrize(
    ("kind", "chosen", "found", "severity", "becomes"),
    [
        (Kind.COMPLAINT, None, None, Severity.NORMAL, Kind.COMPLAINT),
        (Kind.PRAISE, None, None, Severity.LOW, Kind.PRAISE),
        (Kind.COMPLAINT, Severity.LOW, POISONED, Severity.CRITICAL, Kind.COMPLAINT),
        (Kind.PRAISE, None, POISONED, Severity.CRITICAL, Kind.COMPLAINT),
        (Kind.SUGGESTION, Severity.CRITICAL, None, Severity.CRITICAL, Kind.COMPLAINT),
        (Kind.QUESTION, None, POISONED, Severity.CRITICAL, Kind.QUESTION),
        (Kind.COMPLAINT, Severity.LOW, SHARD, Severity.HIGH, Kind.COMPLAINT),
        (Kind.COMPLAINT, Severity.CRITICAL, SHARD, Severity.CRITICAL, Kind.COMPLAINT),
        (Kind.PRAISE, None, SHARD, Severity.LOW, Kind.PRAISE),
    ],
)
def test_words_raise_the_severity_and_an_illness_is_a_complaint(
    kind: Kind, chosen: Severity | None, found: triage.Suspicion | None, severity: Severity, becomes: Kind
) -> None:
    assert triage.severity_of(kind, chosen, found) is severity
    assert triage.kind_of(kind, severity) is becomes


def test_the_subject_is_the_first_sentence() -> None:
    assert triage.subject_of("Lounas oli kylmää. Perunat olivat raakoja.") == "Lounas oli kylmää"
    assert triage.subject_of(".") == "."


def test_a_long_first_sentence_is_cut_between_words() -> None:
    subject = triage.subject_of("Lounaalla " + "oli kylmää ruokaa " * 12)
    assert len(subject) <= 80
    assert subject.endswith("…")
    assert " …" not in subject
