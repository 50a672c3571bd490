"""Words in any of their forms, told by how they begin."""

import pytest

from chassis.inflected import may_be, says, words_of

FORMS = [
    ("keitosta", "keitto"),
    ("sopimuksessa", "sopimus"),
    ("hinnat", "hinta"),
    ("hinnoista", "hinnat"),
    ("vuosikellossa", "vuosikello"),
    ("reklamaatiosta", "reklamaatio"),
    ("palautteet", "palaute"),
    ("asiakkaat", "asiakas"),
    ("kohteessa", "kohteet"),
    ("muutospyynnöistä", "muutospyyntö"),
    ("tiedotteita", "tiedote"),
    ("lounaalla", "lounas"),
    ("viestinnästä", "viestintä"),
    ("contracts", "contract"),
    ("avtalen", "avtal"),
    ("kun", "kund"),
]
OTHERS = [
    ("keittiö", "kehitys"),
    ("kohde", "kokous"),
    ("sopu", "sopimus"),
    ("hintelä", "hiukka"),
    ("kello", "vuosikello"),
    ("palvelu", "palaute"),
    ("a", "b"),
]


@pytest.mark.parametrize(("asked", "known"), FORMS)
def test_a_form_finds_its_word(asked: str, known: str) -> None:
    assert may_be(asked, known)


@pytest.mark.parametrize(("asked", "known"), OTHERS)
def test_another_word_is_not_taken_for_it(asked: str, known: str) -> None:
    assert not may_be(asked, known)


def test_every_asked_word_must_be_said() -> None:
    text = "Viestinnän työnjako: tiedotteet julkaisee Serviisi."

    assert says(text, words_of("Tiedotteista viestintä"))
    assert not says(text, words_of("tiedotteista laskutus"))
    assert not says(text, [])
