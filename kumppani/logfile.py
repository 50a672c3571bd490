"""The file that all parts of one machine log to: bounded, however long they run and whatever they say."""

import io
import logging
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path

from kumppani.machine import append_privately

MOST_BYTES = 20_000_000


class _Private(RotatingFileHandler):
    """Makes each file readable by this account only."""

    def _open(self) -> TextIOWrapper:
        append_privately(Path(self.baseFilename)).close()
        return super()._open()


class LogFile(io.TextIOBase):
    """Stands in for standard error; at `most` bytes the file is put aside as ``log.1`` and begun anew."""

    def __init__(self, path: Path, *, most: int = MOST_BYTES) -> None:
        self._file = _Private(path, maxBytes=most, backupCount=1, encoding="utf-8")

    def write(self, text: str) -> int:
        """Write whole lines, as the handlers of logging do."""
        if line := text.removesuffix("\n"):
            self._file.handle(logging.makeLogRecord({"msg": line}))
        return len(text)

    def close(self) -> None:
        """Close the file."""
        self._file.close()
        super().close()
