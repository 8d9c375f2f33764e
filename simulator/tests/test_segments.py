"""Segments. https://www.twilio.com/docs/glossary/what-sms-character-limit"""

import pytest

from ringback import count_segments


@pytest.mark.parametrize(
    ("text", "segments"),
    [
        ("", 1),
        ("a" * 160, 1),
        ("a" * 161, 2),
        ("a" * 306, 2),
        ("a" * 307, 3),
        ("€" * 80, 1),  # an extension character takes two places
        ("€" * 81, 2),
        ("a" * 152 + "€" + "a" * 152, 3),  # and is not divided between two segments
        ("あ" * 70, 1),
        ("あ" * 71, 2),
        ("あ" * 134, 2),
        ("あ" * 135, 3),
        ("a" * 70 + "あ", 2),  # one such character makes all of it UCS-2
        ("𠮷" * 35, 1),  # two UTF-16 units each
        ("𠮷" * 36, 2),
        ("あ" * 66 + "𠮷" + "あ" * 66, 3),
        ("[]{}|~^\\€" * 8 + "a" * 16, 1),  # nine extension characters, eight times
        ("[]{}|~^\\€" * 8 + "a" * 17, 2),
        ("Ç" * 160, 1),  # GSM-7 has the capital only
        ("ç" * 71, 2),
        ("、。「」ー〜" * 11 + "！！！！", 1),  # full-width signs are one unit each
        ("ｶﾞ" * 35, 1),  # a half-width kana and its voicing mark are two characters
        ("👩‍👧" * 14, 1),  # five units: two pairs and a joiner
        ("👩‍👧" * 15, 2),
    ],
)
def test_segments(text: str, segments: int) -> None:
    assert count_segments(text) == segments
