"""The log of one machine stays bounded while it runs."""

import logging
from pathlib import Path

from kumppani.logfile import LogFile


def test_a_long_log_is_put_aside_while_it_is_written(tmp_path: Path) -> None:
    path = tmp_path / "log"
    with LogFile(path, most=1000) as file:
        lines = logging.StreamHandler(file)
        for number in range(100):
            lines.emit(logging.makeLogRecord({"msg": f"100 % line {number:02}"}))
    assert sorted(each.name for each in tmp_path.iterdir()) == ["log", "log.1"]
    assert all(each.stat().st_size <= 1000 for each in tmp_path.iterdir())
    kept = path.with_name("log.1").read_text().splitlines() + path.read_text().splitlines()
    assert kept == [f"100 % line {number:02}" for number in range(100 - len(kept), 100)]


def test_the_log_is_readable_by_its_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "log"
    path.touch(mode=0o644)
    with LogFile(path, most=100) as file:
        file.write("first\n")
        file.write("x" * 90)
        file.write("x" * 90)
    assert {each.stat().st_mode & 0o777 for each in tmp_path.iterdir()} == {0o600}
    assert len(list(tmp_path.iterdir())) == 2
