"""The dictionary of basic forms, and doing without it."""

from pathlib import Path

from structlog.testing import capture_logs

from services.feedback.finding.lemmas import Lemmas


def test_a_folder_that_cannot_be_written_is_told_once_and_words_stay_as_written(tmp_path: Path) -> None:
    occupied = tmp_path / "file"
    occupied.touch()
    lemmas = Lemmas(occupied / "lemmas")

    with capture_logs() as told:
        lemmas.build()
        lemmas.build()

    assert [entry["event"] for entry in told] == ["words.lemmas_not_built"]
    assert lemmas.of_text("Lounaat loppuivat") == {"lounaat", "loppuivat"}
