"""What a benchmark returns: rows of the table in docs/performance.md."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """One measured thing; `figure` is the design's, and `kept` whether it was reached."""

    what: str
    seen: str
    command: str
    figure: str = ""
    kept: bool | None = None  # None: nothing was asked of it

    def __str__(self) -> str:
        wanted = f" (figure: {self.figure}, {self.verdict})" if self.figure else ""
        return f"{self.what}: {self.seen}{wanted}"

    @property
    def verdict(self) -> str:
        """In a word; empty where no figure stands."""
        return {True: "kept", False: "missed", None: ""}[self.kept]
