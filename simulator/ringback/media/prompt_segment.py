"""A stretch of sound on the line: what is said or played, and how long each part of it takes."""

from bisect import bisect
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Literal, Self

from ringback.media.speaking_time import seconds_to_say

LONG_REST = 1.0  # a rest of more than this is shown among words
_ROUNDING = 1e-9


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words (or, without words, a rest): as spoken, as written, and its seconds.

    `file` is its sound as it was fetched, where somebody listens to the call.
    """

    spoken: str
    written: str
    seconds: float
    file: bytes = field(default=b"", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """One Say, Play or Pause, once through; `starts` is in seconds since the answer."""

    verb: Literal["Say", "Play", "Pause"]
    pieces: tuple[Piece, ...]
    language: str | None = None
    url: str | None = None
    starts: float = 0.0

    @property
    def seconds(self) -> float:
        """How long it takes when nobody cuts it."""
        return sum(piece.seconds for piece in self.pieces)

    @property
    def ends(self) -> float:
        """Seconds since the answer at which it is over."""
        return self.starts + self.seconds

    @property
    def text(self) -> str:
        """Its words as they are heard, a long rest between them as …; empty for Play and Pause."""
        return _running((piece.spoken, piece.seconds) for piece in self.pieces)

    @property
    def written(self) -> str:
        """Its words as they are written in the document."""
        return _running((piece.written, piece.seconds) for piece in self.pieces)

    def without_files(self) -> Self:
        """The same, but for its sound."""
        return replace(self, pieces=tuple(replace(piece, file=b"") for piece in self.pieces))

    def cut_at(self, moment: float) -> Self:
        """The part that was audible before `moment`, by the time each piece takes."""
        left = moment - self.starts
        kept: list[Piece] = []
        for piece in self.pieces:
            if left <= 0:
                break
            share = min(1.0, left / piece.seconds) if piece.seconds else 1.0
            spoken, written = (
                _beginning(text, share, self.language or "")
                for text in (piece.spoken, piece.written)
            )
            kept.append(Piece(spoken, written, piece.seconds * share, piece.file))
            left -= piece.seconds
        return replace(self, pieces=tuple(kept))


def schedule(passages: Iterable[Passage], start: float, until: float) -> tuple[Passage, ...]:
    """The passages one after another from `start`, leaving out those after `until`."""
    placed: list[Passage] = []
    moment = start
    for passage in passages:
        if moment > until:
            break
        placed.append(replace(passage, starts=moment))
        moment = placed[-1].ends
    return tuple(placed)


def words(parts: Iterable[str]) -> str:
    """The parts as running text: every break or line end is one space."""
    return " ".join("".join(parts).split())


def _running(parts: Iterable[tuple[str, float]]) -> str:
    """Texts, with their seconds, as running text; a number read twice must not look like one."""
    told: list[str] = []
    rest = 0.0
    for text, seconds in parts:
        if not text.strip():
            rest += seconds
            told.append(text)
            continue
        if rest > LONG_REST and words(told):
            told.append(" … ")
        told.append(text)
        rest = 0.0
    return words(told)


def _beginning(text: str, share: float, language: str) -> str:
    """As much of the text as is said in this share of its time."""
    time = share * seconds_to_say(text, language) + _ROUNDING
    lengths = range(len(text) + 1)
    said = bisect(lengths, time, key=lambda length: seconds_to_say(text[:length], language))
    return text[: said - 1]
