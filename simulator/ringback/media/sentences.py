"""What is said, sentence by sentence, as a person reads along."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ringback.media.prompt_segment import LONG_REST, Passage
from ringback.media.speaking_time import seconds_to_say

_SENTENCE = re.compile(r".*?(?:[。！？!?]|\.(?=\s|$)|$)", re.DOTALL)


@dataclass(frozen=True)
class Sentence:
    """A sentence, the second it begins at, and its language where it is known."""

    starts: float
    words: str
    language: str | None = None


def sentences(prompt: tuple[Passage, ...]) -> Iterator[Sentence]:
    """What will be said, cut at full stops and long rests, each part with its second."""
    for passage in prompt:
        if passage.verb == "Play":
            words = passage.text or (passage.url or "").rpartition("/")[2]
            yield Sentence(passage.starts, f"♪ {words}")
        elif passage.verb == "Say":
            yield from _sentences_of(passage)


def _sentences_of(passage: Passage) -> Iterator[Sentence]:
    moment, starts, words, rest = passage.starts, passage.starts, "", 0.0
    for piece in passage.pieces:
        text = piece.written or piece.spoken
        rest = 0.0 if text.strip() else rest + piece.seconds
        if rest > LONG_REST and words.strip():
            yield Sentence(starts, " ".join(words.split()), passage.language)
            words = ""
        whole = seconds_to_say(text, passage.language or "")
        for part in _SENTENCE.findall(text):
            if not words.strip():
                starts, words = moment, ""
            words += part
            if whole:
                moment += piece.seconds * seconds_to_say(part, passage.language or "") / whole
            if part.endswith(("。", "！", "？", "!", "?", ".")):
                yield Sentence(starts, " ".join(words.split()), passage.language)
                words = ""
        moment += 0.0 if whole else piece.seconds  # a break
    if words.strip():
        yield Sentence(starts, " ".join(words.split()), passage.language)
