"""How many segments a text takes: 70 UTF-16 units alone or 67 each, 160 or 153 in GSM-7.

https://www.twilio.com/docs/glossary/what-sms-character-limit
"""

from collections.abc import Sequence
from dataclasses import dataclass

_GSM_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_GSM_EXTENDED = frozenset("\f^{}\\[~]|€")  # each takes two places, an escape first


@dataclass(frozen=True)
class Size:
    """A text's encoding, its length in that encoding's units, and its segments."""

    encoding: str
    units: int
    segments: int


def text_size(text: str) -> Size:
    """Counts as Twilio counts: one character outside GSM-7 makes the whole text UCS-2."""
    if all(character in _GSM_BASIC or character in _GSM_EXTENDED for character in text):
        widths = [2 if character in _GSM_EXTENDED else 1 for character in text]
        return Size("GSM-7", sum(widths), _segments(widths, 160, 153))
    widths = [2 if ord(character) > 0xFFFF else 1 for character in text]
    return Size("UCS-2", sum(widths), _segments(widths, 70, 67))


def _segments(widths: Sequence[int], alone: int, each: int) -> int:
    """A pair of units (an escaped character, or a surrogate pair) is never split: one that would
    be moves whole to the next segment, and leaves a unit of the one before unused."""
    if sum(widths) <= alone:
        return 1
    segments, filled = 1, 0
    for width in widths:
        if filled + width > each:
            segments, filled = segments + 1, 0
        filled += width
    return segments
