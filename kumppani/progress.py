"""Tells the person at the terminal what is being done, and how long it took."""

import sys
import time
from collections.abc import Generator
from contextlib import contextmanager

from rich.console import Console
from rich.markup import escape


class Steps:
    """Prints each step when it is done; a terminal also sees the one under way."""

    def __init__(self, console: Console | None = None) -> None:
        self.console = console or Console(file=sys.stderr, highlight=False)
        self._status = self.console.status("")
        self._under_way = ""

    @contextmanager
    def step(self, title: str) -> Generator[None]:
        """Show a step while the block runs."""
        began = time.monotonic()
        self._under_way = title
        self._status.update(f"{escape(title)} …")
        if self.console.is_terminal:
            self._status.start()
        try:
            yield
        finally:
            self._status.stop()
        self.console.print(f"[green]✓[/green] {escape(title)} [dim]({time.monotonic() - began:.1f} s)[/dim]")

    def within(self, text: str) -> None:
        """Say how far the step under way is."""
        self._under_way = text
        if self.console.is_terminal:
            self._status.update(f"{escape(text)} …")
        else:
            self.console.print(f"  {escape(text)} …")

    def share(self, done: float) -> None:
        """Say how much of it is done, 0 to 1: to a terminal, which shows one line that moves."""
        self._status.update(f"{escape(self._under_way)} … {done:.0%}")
