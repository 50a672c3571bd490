"""What was wanted and what was measured."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Aim:
    """A measured value, and the bound it is to keep: at most, or at least."""

    what: str
    measured: float
    bound: float
    least: bool = False

    @property
    def met(self) -> bool:
        """Whether it is kept."""
        return self.measured >= self.bound if self.least else self.measured <= self.bound

    @property
    def row(self) -> tuple[str, str, str, str]:
        """Return it as a row of the report."""
        digits = 0 if self.bound > 100 else 1 if self.bound > 10 else 2
        sign = "≥" if self.least else "≤"
        met = "met" if self.met else "**missed**"
        return self.what, f"{self.measured:.{digits}f}", f"{sign} {self.bound:g}", met
