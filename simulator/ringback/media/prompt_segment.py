"""A stretch of sound on the line: what is said or played, and how long each part of it takes."""

from bisect import bisect
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Literal, Self

from ringback.media.speaking_time import seconds_to_say

LONG_PAUSE = 1.0  # a rest of more than this is shown among words
_ROUNDING = 1e-9


@dataclass(frozen=True, slots=True)
class SegmentPart:
    """A run of words (or, without words, a rest): as spoken, as written, and its seconds.

    `file` is its sound as it was fetched, where a listener is attached to the call.
    """

    spoken: str
    written: str
    seconds: float
    file: bytes = field(default=b"", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class PromptSegment:
    """One Say, Play or Pause, once through; `starts` is in seconds since the answer."""

    verb: Literal["Say", "Play", "Pause"]
    parts: tuple[SegmentPart, ...]
    language: str | None = None
    url: str | None = None
    starts: float = 0.0

    @property
    def seconds(self) -> float:
        """How long it takes when nobody cuts it."""
        return sum(part.seconds for part in self.parts)

    @property
    def ends(self) -> float:
        """Seconds since the answer at which it is over."""
        return self.starts + self.seconds

    @property
    def text(self) -> str:
        """Its words as they are heard, a long rest between them as …; empty for Play and Pause."""
        return _running((part.spoken, part.seconds) for part in self.parts)

    @property
    def written(self) -> str:
        """Its words as they are written in the document."""
        return _running((part.written, part.seconds) for part in self.parts)

    def without_files(self) -> Self:
        """The same, but for its sound."""
        return replace(self, parts=tuple(replace(part, file=b"") for part in self.parts))

    def cut_at(self, moment: float) -> Self:
        """The part that was audible before `moment`, by the time each part takes."""
        left = moment - self.starts
        kept: list[SegmentPart] = []
        for part in self.parts:
            if left <= 0:
                break
            share = min(1.0, left / part.seconds) if part.seconds else 1.0
            spoken, written = (
                _beginning(text, share, self.language or "") for text in (part.spoken, part.written)
            )
            kept.append(SegmentPart(spoken, written, part.seconds * share, part.file))
            left -= part.seconds
        return replace(self, parts=tuple(kept))


def schedule(
    segments: Iterable[PromptSegment], start: float, until: float
) -> tuple[PromptSegment, ...]:
    """The segments one after another from `start`, leaving out those after `until`."""
    placed: list[PromptSegment] = []
    moment = start
    for segment in segments:
        if moment > until:
            break
        placed.append(replace(segment, starts=moment))
        moment = placed[-1].ends
    return tuple(placed)


def words(parts: Iterable[str]) -> str:
    """The parts as running text: every break or line end is one space."""
    return " ".join("".join(parts).split())


def _running(parts: Iterable[tuple[str, float]]) -> str:
    """Texts, with their seconds, as running text; a number read twice must not look like one."""
    heard: list[str] = []
    rest = 0.0
    for text, seconds in parts:
        if not text.strip():
            rest += seconds
            heard.append(text)
            continue
        if rest > LONG_PAUSE and words(heard):
            heard.append(" … ")
        heard.append(text)
        rest = 0.0
    return words(heard)


def _beginning(text: str, share: float, language: str) -> str:
    """As much of the text as is said in this share of its time."""
    time = share * seconds_to_say(text, language) + _ROUNDING
    lengths = range(len(text) + 1)
    said = bisect(lengths, time, key=lambda length: seconds_to_say(text[:length], language))
    return text[: said - 1]
