"""Segments counted as Twilio counts: https://www.twilio.com/docs/glossary/what-sms-character-limit"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivr.sms.segments import text_size


@pytest.mark.parametrize(
    ("text", "encoding", "units", "segments"),
    [
        ("", "GSM-7", 0, 1),
        ("a" * 160, "GSM-7", 160, 1),
        ("a" * 161, "GSM-7", 161, 2),
        ("a" * 306, "GSM-7", 306, 2),
        ("a" * 307, "GSM-7", 307, 3),
        ("[]" * 40, "GSM-7", 160, 1),
        ("€" * 81, "GSM-7", 162, 2),
        ("あ" * 70, "UCS-2", 70, 1),
        ("あ" * 71, "UCS-2", 71, 2),
        ("あ" * 134, "UCS-2", 134, 2),
        ("あ" * 135, "UCS-2", 135, 3),
        ("𠮷" * 35, "UCS-2", 70, 1),
        ("𠮷" * 36, "UCS-2", 72, 2),
        ("a" * 100 + "窓", "UCS-2", 101, 2),
    ],
)
def test_a_text_takes_as_many_segments_as_twilio_bills(
    text: str, encoding: str, units: int, segments: int
) -> None:
    size = text_size(text)
    assert (size.encoding, size.units, size.segments) == (encoding, units, segments)


@pytest.mark.parametrize(
    ("text", "segments"),
    [
        ("あ" * 66 + "𠮷" + "あ" * 66, 3),  # 134 units, which would be two if the pair were split
        ("あ" * 65 + "𠮷" + "あ" * 67, 2),
        ("a" * 152 + "€" + "a" * 152, 3),  # 306 units
        ("a" * 151 + "€" + "a" * 153, 2),
        ("あ" * 69 + "𠮷", 2),
        ("あ" * 68 + "𠮷", 1),
    ],
)
def test_a_pair_of_units_is_never_split(text: str, segments: int) -> None:
    assert text_size(text).segments == segments


CHARACTERS = {"GSM-7": "a€", "UCS-2": "あ𠮷"}
LENGTHS = {"GSM-7": (160, 153), "UCS-2": (70, 67)}


@given(st.data(), st.sampled_from(sorted(CHARACTERS)))
def test_segments_are_as_few_as_whole_characters_allow(data: st.DataObject, encoding: str) -> None:
    """Against the slowest way to count: the longest beginning that fits is cut off each time."""
    alone, each = LENGTHS[encoding]
    text = data.draw(st.text(CHARACTERS[encoding], min_size=1, max_size=3 * each))

    def units(part: str) -> int:
        pairs = CHARACTERS[encoding][1]
        return len(part) + part.count(pairs)

    segments, rest = 0, text
    while rest:
        most = alone if units(text) <= alone else each
        cut = max(end for end in range(1, len(rest) + 1) if units(rest[:end]) <= most)
        segments, rest = segments + 1, rest[cut:]
    size = text_size(text)
    assert (size.encoding, size.units, size.segments) == (encoding, units(text), segments)
