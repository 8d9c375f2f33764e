"""G.711 mu-law, the sound of a telephone: eight bits a sample (ITU-T G.711, table 2a)."""

from array import array
from functools import cache

from ivr.speech.samples import Floats

MULAW_SILENCE = b"\xff"

_BIAS = 33  # on the 14-bit scale: makes the segments' borders powers of two
_LARGEST = 8158  # the last input value that G.711 tells apart
_STEPS = 8192


def encode_mulaw(values: Floats) -> bytes:
    """Samples from -1 to 1 as mu-law, one byte each; louder ones are clipped."""
    table, top = _encoding(), _STEPS - 1
    return bytes(
        [table[max(-_STEPS, min(top, round(value * _STEPS))) + _STEPS] for value in values]
    )


def decode_mulaw(data: bytes) -> Floats:
    """Mu-law bytes as samples from -1 to 1."""
    table = _decoding()
    return array("f", [table[byte] for byte in data])


@cache
def _encoding() -> bytes:
    return bytes(_byte(value) for value in range(-_STEPS, _STEPS))


@cache
def _decoding() -> tuple[float, ...]:
    return tuple(_value(byte) / _STEPS for byte in range(256))


def _byte(value: int) -> int:
    """A 14-bit value: sign, segment and step, all bits turned over as on the wire."""
    size = min(abs(value), _LARGEST) + _BIAS
    segment = size.bit_length() - 6
    step = (size >> (segment + 1)) & 0x0F
    return ~((0x80 if value < 0 else 0) | segment << 4 | step) & 0xFF


def _value(byte: int) -> int:
    turned = ~byte & 0xFF
    segment, step = (turned >> 4) & 0x07, turned & 0x0F
    size = (((step << 1) + _BIAS) << segment) - _BIAS
    return -size if turned & 0x80 else size
