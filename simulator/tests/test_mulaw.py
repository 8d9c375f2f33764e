"""G.711 mu-law, against the Recommendation's own table (2a and 2b, here times four: 16 bits)."""

from array import array

import pytest

from ringback.media.mulaw import SILENCE, decode, encode


@pytest.mark.parametrize(
    ("byte", "sample"),
    [
        (0xFF, 0), (0xFE, 8), (0xF0, 120), (0xEF, 132), (0xE0, 372), (0xDF, 396), (0xD0, 876),
        (0xC0, 1_884), (0xB0, 3_900), (0xA0, 7_932), (0x90, 15_996), (0x80, 32_124),
        (0x7E, -8), (0x00, -32_124),
    ],
)  # fmt: skip
def test_bytes_and_samples_of_the_table(byte: int, sample: int) -> None:
    assert decode(bytes([byte]))[0] == sample
    assert encode(array("h", [sample]))[0] == byte


def test_every_byte_comes_back_but_the_second_zero() -> None:
    every = bytes(range(256))
    assert encode(decode(every)) == every.replace(b"\x7f", SILENCE)


def test_no_sample_is_off_by_more_than_half_a_step() -> None:
    """Steps grow with loudness: a half one is at most a 32nd of the sample and the bias."""
    samples = array("h", range(-32_768, 32_768))
    for sample, heard in zip(samples, decode(encode(samples)), strict=True):
        assert abs(sample - heard) <= (abs(sample) + 132) / 32
