"""The units of work of a run's workers: each file that is named exists, and the dearest come first."""

from tests.support.order import FIRST, TOGETHER, place_of, unit_of
from tests.support.processes import ROOT


def test_a_module_is_a_unit_and_what_shares_something_dear_is_one_too() -> None:
    assert unit_of("tests/web/test_home.py::test_it[one::two]") == "tests/web/test_home.py"
    assert unit_of("tests/browser/test_words.py::test_it") == unit_of("tests/browser/test_moving.py::test_it")
    assert unit_of("tests/browser/test_pages.py::test_it") != unit_of("tests/browser/test_words.py::test_it")
    assert unit_of("tests/system/test_kill.py::test_it") == unit_of(
        "tests/system/test_two_workers.py::test_it"
    )
    assert unit_of("tests/system/test_images.py::test_it") == "tests/system/test_images.py"


def test_the_dearest_are_taken_first_and_the_others_as_they_were_found() -> None:
    found = ["tests/access/test_gateway.py::b", "tests/web/test_home.py::a", "tests/browser/test_words.py::c"]
    found.append("tests/chassis/test_app.py::d")
    assert sorted(found, key=place_of) == [found[2], found[0], found[1], found[3]]


def test_what_is_named_is_there() -> None:
    for name in {*TOGETHER, *FIRST} - {*TOGETHER.values()}:
        assert (ROOT / name).exists(), name
