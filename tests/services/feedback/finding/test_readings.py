"""Written words are found by what people search for, in any form and as parts of compounds."""

import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import psutil
import pytest

from services.feedback.finding.analyser import Analyser, Analysis, Broken, Silent
from services.feedback.finding.readings import asked, kept, words_of

PAIRS = [
    (written, searched)
    for line in (Path(__file__).parent / "word_pairs.txt").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
    for written, searched in [line.split()]
]
PATIENT = 30.0
NEVER_WRITTEN = (
    "keilata", "lounastuoli", "lattiakaivo", "puurokattila", "siivekäs", "maisema", "leivos",
    "pyykki", "kalakukko", "salaliitto", "tiskijukka", "hiiri", "ikkunalauta", "mattila", "vessapaperirulla",
    "floral", "mealy", "golfbana", "lunchtid",
)  # fmt: skip


def found(analyser: Analyser, written: str, searched: str) -> bool:
    """Tell whether a text finds its reader, by the same lexemes as in the database."""
    words = list(words_of(written))
    lexemes = kept(dict(zip(words, analyser.ask(words, within=PATIENT), strict=True)))
    [analysis] = analyser.ask([searched], within=PATIENT)
    begins = any(lexeme.startswith(searched) for lexeme in lexemes)
    return begins or not lexemes.isdisjoint(asked(searched, analysis))


def test_at_least_98_of_100_written_words_are_found_by_another_form(analyser: Analyser) -> None:
    missed = [pair for pair in PAIRS if not found(analyser, *pair)]

    assert len(PAIRS) >= 200
    assert len(missed) <= len(PAIRS) * 0.02, missed


def test_words_never_written_find_nothing(analyser: Analyser) -> None:
    everything = " ".join(written for written, _ in PAIRS)

    assert [word for word in NEVER_WRITTEN if found(analyser, everything, word)] == []


def test_a_form_of_two_words_is_found_by_both(analyser: Analyser) -> None:
    [analysis] = analyser.ask(["keitosta"], within=PATIENT)

    assert set(analysis.wholes) == {"keitos", "keitto"}


def test_a_compound_is_found_by_its_parts_and_does_not_find_them(analyser: Analyser) -> None:
    assert found(analyser, "henkilöstölounaan hinta", "lounas")
    assert not found(analyser, "lounaan hinta", "henkilöstölounas")


def test_only_a_text_that_is_not_plainly_finnish_is_kept_by_foreign_stems() -> None:
    finnish = {"kala": Analysis(("kala",)), "loppui": Analysis(("loppua",))}

    assert not any("/" in lexeme for lexeme in kept(finnish))
    assert "sv/golv" in kept({"golven": Analysis(), "kala": Analysis(("kala",))})


def test_no_reading_ends_the_quotes_of_a_query() -> None:
    analysis = Analysis(("i'ille",), ("o\\k",))

    assert "iille" in asked("iille", analysis)
    assert {"iille", "ok"} <= kept({"iille": analysis})


def test_an_analyser_that_nobody_asked_is_started_again(analyser: Analyser) -> None:
    tired = Analyser(idle=0.0)
    try:
        for _ in range(2):
            [analysis] = tired.ask(["lattiat"], within=PATIENT)
            assert analysis.wholes == ("lattia",)
    finally:
        tired.close()


def test_one_that_cannot_run_is_told_and_then_left_alone(tmp_path: Path) -> None:
    missing = Analyser(command=[str(tmp_path / "nothing")])
    ending = Analyser(command=[sys.executable, "-c", "pass"])
    for broken in (missing, ending):
        for _ in range(2):
            with pytest.raises(Broken):
                broken.ask(["sana"], within=PATIENT)
        broken.close()


def test_a_late_answer_is_not_taken_for_the_next_one() -> None:
    echo = (
        "import json, sys\nfor line in sys.stdin: print(json.dumps([[json.loads(line), []]]), flush=True)\n"
    )
    slow = Analyser(command=[sys.executable, "-c", echo])
    try:
        with pytest.raises(Silent):
            slow.ask(["late"], within=0.01)
        assert slow.ask(["next"], within=PATIENT) == [Analysis(("next",))]
    finally:
        slow.close()


def test_all_who_ask_at_one_socket_share_one_process_that_ends_when_the_last_has_left(tmp_path: Path) -> None:
    """The dictionary takes 220 MB: not once for each serving process and again for the worker."""
    asking = [Analyser(at=tmp_path / "words") for _ in range(3)]
    together = Barrier(len(asking))

    def ask(one: Analyser) -> list[Analysis]:
        together.wait()
        return one.ask(["lattiat"], within=PATIENT)

    with ThreadPoolExecutor(len(asking)) as threads:
        answers = list(threads.map(ask, asking))
    assert [analysis.wholes for [analysis] in answers] == [("lattia",)] * 3
    [running] = _analysers_at(tmp_path / "words")
    for one in asking[:2]:
        one.close()
    assert asking[2].ask(["keitosta"], within=PATIENT)[0].wholes == ("keitos", "keitto")
    asking[2].close()
    psutil.wait_procs([running], timeout=PATIENT)
    assert not running.is_running() or running.status() == psutil.STATUS_ZOMBIE
    [analysis] = asking[0].ask(["lattiat"], within=PATIENT)  # it is started again
    assert analysis.wholes == ("lattia",)
    asking[0].close()


def test_a_shared_one_that_cannot_run_is_told(tmp_path: Path) -> None:
    broken = Analyser(at=tmp_path / "words", command=[sys.executable, "-c", "raise SystemExit(3)"])
    for _ in range(2):
        with pytest.raises(Broken):
            broken.ask(["sana"], within=PATIENT)


def _analysers_at(socket: Path) -> list[psutil.Process]:
    found = [each for each in psutil.process_iter(["cmdline"]) if str(socket) in (each.info["cmdline"] or [])]
    return [each for each in found if each.status() != psutil.STATUS_ZOMBIE]
