"""What a caller has heard, and the moment at which they had heard certain words."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from ringback.media.prompt_segment import PromptSegment
from ringback.transcript.event import Event
from ringback.transcript.rows import file_name, sentence_per_line

Words = str | re.Pattern[str]
_A_SECOND = 20  # how finely the moment is sought at which words were heard


def audible(prompt: Sequence[PromptSegment], moment: float) -> tuple[Event, ...]:
    """What of the prompt sounds before `moment`, as the events it would be if it were cut there."""
    return tuple(
        _event(segment.cut_at(moment) if segment.ends > moment else segment, segment.ends > moment)
        for segment in prompt
        if segment.starts < moment and segment.verb != "Pause"
    )


def contains(heard: Iterable[Event], words: Words) -> bool:
    """Whether the words stand in what was heard, as spoken or as written; spaces count as one.

    A sound whose words nobody knows is heard as the name of its file.
    """
    events = [event for event in heard if event.event == "heard"]
    texts = (
        _running(event.text or file_name(event.url) for event in events),
        _running(event.written or event.text or file_name(event.url) for event in events),
    )
    return any(stands_in(words, text) for text in texts)


def stands_in(words: Words, text: str) -> bool:
    """Whether the text has these words, or what the pattern finds; spaces count as one."""
    if isinstance(words, re.Pattern):
        return words.search(text) is not None
    return _running([words]) in _running([text])


def quoted(words: Words) -> str:
    """The words, or the pattern, as they stand in the test."""
    return f"/{words.pattern}/" if isinstance(words, re.Pattern) else repr(words)


def moment_of(
    words: Words, before: Sequence[Event], prompt: Sequence[PromptSegment], now: float
) -> float | None:
    """The second, `now` or later, by which the words have been heard; None when they never are.

    `before` was heard already, `prompt` is being said.
    """

    def heard_at(moment: float) -> bool:
        return contains((*before, *audible(prompt, moment)), words)

    ends = max(now, prompt[-1].ends) if prompt else now
    if not heard_at(ends):
        return None
    ticks = range(int((ends - now) * _A_SECOND) + 1)
    tick = bisect_left(ticks, True, key=lambda tick: heard_at(now + tick / _A_SECOND))
    return min(now + tick / _A_SECOND, ends)


@dataclass(frozen=True)
class Near:
    """A sentence that was heard, and the second its Say or Play began at."""

    t: float
    words: str


def nearest(words: str, heard: Iterable[Event]) -> Near | None:
    """The sentence most like the words, the last one of equals; None when nothing was heard."""
    candidates = [
        Near(event.t - (event.seconds or 0), sentence)
        for event in heard
        for text in (event.text or file_name(event.url), event.written or "")
        for sentence in sentence_per_line(text).splitlines()
        if event.event == "heard"
    ]
    matcher = SequenceMatcher(None, b=words.lower(), autojunk=False)

    def likeness(candidate: Near) -> float:
        matcher.set_seq1(candidate.words.lower())
        return matcher.ratio()

    return max(reversed(candidates), key=likeness, default=None)


def _event(segment: PromptSegment, cut: bool) -> Event:
    written = segment.written if segment.written != segment.text else None
    return Event(
        t=segment.ends,
        event="heard",
        verb=segment.verb,
        text=segment.text,
        written=written,
        url=segment.url,
        seconds=segment.seconds,
        cut=cut,
    )


def _running(parts: Iterable[str]) -> str:
    return " ".join(" ".join(parts).split())
