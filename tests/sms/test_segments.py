"""Segments counted as Twilio counts: https://www.twilio.com/docs/glossary/what-sms-character-limit"""

import pytest

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
