"""How many segments a text takes: 70 UTF-16 units alone or 67 each, 160 or 153 in GSM-7.

https://www.twilio.com/docs/glossary/what-sms-character-limit
"""

from dataclasses import dataclass

_GSM_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_GSM_EXTENDED = frozenset("\f^{}\\[~]|€")  # each takes two places


@dataclass(frozen=True)
class Size:
    """A text's encoding, its length in that encoding's units, and its segments."""

    encoding: str
    units: int
    segments: int


def text_size(text: str) -> Size:
    """Counts as Twilio counts: one character outside GSM-7 makes the whole text UCS-2."""
    if all(character in _GSM_BASIC or character in _GSM_EXTENDED for character in text):
        units = sum(2 if character in _GSM_EXTENDED else 1 for character in text)
        return Size("GSM-7", units, _segments(units, 160, 153))
    units = len(text.encode("utf-16-le")) // 2
    return Size("UCS-2", units, _segments(units, 70, 67))


def _segments(units: int, alone: int, each: int) -> int:
    return 1 if units <= alone else -(-units // each)
