"""What is said, sentence by sentence, as a person reads along."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ringback.media.prompt_segment import LONG_PAUSE, PromptSegment
from ringback.media.speaking_time import seconds_to_say

_SENTENCE = re.compile(r".*?(?:[。！？!?]|\.(?=\s|$)|$)", re.DOTALL)


@dataclass(frozen=True)
class Sentence:
    """A sentence, the second it begins at, and its language where it is known."""

    starts: float
    words: str
    language: str | None = None


def sentences(prompt: tuple[PromptSegment, ...]) -> Iterator[Sentence]:
    """What will be said, cut at full stops and long rests, each part with its second."""
    for segment in prompt:
        if segment.verb == "Play":
            words = segment.text or (segment.url or "").rpartition("/")[2]
            yield Sentence(segment.starts, f"♪ {words}")
        elif segment.verb == "Say":
            yield from _sentences_of(segment)


def _sentences_of(segment: PromptSegment) -> Iterator[Sentence]:
    moment, starts, words, rest = segment.starts, segment.starts, "", 0.0
    for part in segment.parts:
        text = part.written or part.spoken
        rest = 0.0 if text.strip() else rest + part.seconds
        if rest > LONG_PAUSE and words.strip():
            yield Sentence(starts, " ".join(words.split()), segment.language)
            words = ""
        whole = seconds_to_say(text, segment.language or "")
        for sentence in _SENTENCE.findall(text):
            if not words.strip():
                starts, words = moment, ""
            words += sentence
            if whole:
                moment += part.seconds * seconds_to_say(sentence, segment.language or "") / whole
            if sentence.endswith(("。", "！", "？", "!", "?", ".")):
                yield Sentence(starts, " ".join(words.split()), segment.language)
                words = ""
        moment += 0.0 if whole else part.seconds  # a break
    if words.strip():
        yield Sentence(starts, " ".join(words.split()), segment.language)
