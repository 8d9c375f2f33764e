"""How many SMS segments a text takes. https://www.twilio.com/docs/glossary/what-sms-character-limit"""

LONGEST_BODY = 1_600  # characters; https://www.twilio.com/docs/api/errors/21617

# GSM 03.38: the basic set, and the extension, whose characters take two places.
_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_EXTENSION = frozenset("^{}\\[~]|€\f")


def count_segments(text: str) -> int:
    """Segments of `text`: GSM-7 160, then 153 a segment; else UCS-2 70, then 67 UTF-16 units.

    One character outside GSM-7 makes the whole text UCS-2. A character of two units (an emoji, an
    extension character) is never divided between two segments.
    """
    if set(text) <= _BASIC | _EXTENSION:
        return _filled([2 if char in _EXTENSION else 1 for char in text], 160, 153)
    return _filled([2 if ord(char) > 0xFFFF else 1 for char in text], 70, 67)


def _filled(sizes: list[int], alone: int, each: int) -> int:
    if sum(sizes) <= alone:
        return 1
    segments, left = 1, each
    for size in sizes:
        if size > left:
            segments, left = segments + 1, each
        left -= size
    return segments
