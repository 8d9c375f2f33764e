"""Cuts text where a voice rests: into sentences, and into pieces no longer than a service takes."""

import re
from collections.abc import Iterator

_SENTENCE = re.compile(r"[^。！？!?]*?(?:[。！？]+|[.!?]+(?=\s|$)|[!?]+|$)[」』）)\"”]*", re.DOTALL)
_RESTS = ("、，,;；:：・", " 　")  # where a long sentence is best cut, and second best


def sentences(text: str) -> tuple[str, ...]:
    """The sentences of a text, each with the mark that ends it.

    >>> sentences("SMSが届くか、わかりません。もう一度、お伝えします。")
    ('SMSが届くか、わかりません。', 'もう一度、お伝えします。')
    """
    found = (match.group().strip() for match in _SENTENCE.finditer(text))
    return tuple(sentence for sentence in found if any(char.isalnum() for char in sentence))


def within(text: str, most: int) -> Iterator[str]:
    """The text in pieces of at most `most` characters, cut after a comma where there is one."""
    rest = text.strip()
    while len(rest) > most:
        cut = next((at for marks in _RESTS if (at := _last(rest[:most], marks))), most)
        yield rest[:cut].strip()
        rest = rest[cut:].strip()
    if rest:
        yield rest


def _last(text: str, marks: str) -> int:
    """The place after the last of these marks; 0 where there is none."""
    return max(text.rfind(mark) for mark in marks) + 1
