"""What is wrong in a line's files, for the person who can fix it."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

ERROR, WARNING = "error", "warning"


@dataclass(frozen=True, order=True)
class Problem:
    """One thing to fix: where it stands, what it is, and what would be right."""

    file: str
    line: int
    code: str
    message: str
    severity: str = ERROR

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.severity}: {self.code}: {self.message}"


class LineRefused(RuntimeError):
    """A line whose files hold errors is not served; `problems` lists all of them, in order.

    A RuntimeError, because gunicorn prints one without a stack trace when it loads the app.
    """

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(str(problem) for problem in self.problems))


_MOST_SHOWN = 60


def nearest(word: str, known: Iterable[str]) -> str:
    """The ending of a message: the nearest right thing, else all that would be right.

    >>> nearest("dangr", ["danger", "talk"])
    'did you mean `danger`?'
    """
    names = sorted(set(known))
    close = get_close_matches(word, names, n=1, cutoff=0.6)
    if close:
        return f"did you mean `{close[0]}`?"
    if len(names) > _MOST_SHOWN:
        return f"expected one such as `{names[0]}`"
    return "expected one of " + ", ".join(f"`{name}`" for name in names) if names else "none exist"
