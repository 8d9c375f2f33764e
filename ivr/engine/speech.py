"""What is heard, before any voice speaks it: words, pauses and the digits of a number."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Words:
    """A phrase in one language."""

    text: str
    language: str


@dataclass(frozen=True)
class Pause:
    """Silence, in seconds."""

    seconds: float


@dataclass(frozen=True)
class Digits:
    """A telephone number, one spoken word a digit, in the groups it is written down in."""

    groups: tuple[tuple[str, ...], ...]
    language: str
    slow: bool = False  # for those who asked for it (caller rule I3)


Part = Words | Pause | Digits
Speech = tuple[Part, ...]
