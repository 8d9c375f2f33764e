"""G.711 mu-law: a telephone's eight bits for sixteen (ITU-T Recommendation G.711, table 2)."""

from array import array
from functools import cache

SILENCE = b"\xff"

_BIAS = 132  # makes the borders of the eight segments powers of two
_LOUDEST = 32_635


def encode(samples: "array[int]") -> bytes:
    """Sixteen-bit samples as mu-law, one byte each."""
    table = _encoding()
    return bytes([table[sample] for sample in samples])


def decode(data: bytes) -> "array[int]":
    """Mu-law bytes as sixteen-bit samples."""
    table = _decoding()
    return array("h", [table[byte] for byte in data])


@cache
def _encoding() -> bytes:
    # Negative samples find their place from the end, as any index below zero does.
    return bytes(_byte(sample) for sample in (*range(32_768), *range(-32_768, 0)))


@cache
def _decoding() -> tuple[int, ...]:
    return tuple(_sample(byte) for byte in range(256))


def _byte(sample: int) -> int:
    size = min(abs(sample), _LOUDEST) + _BIAS
    segment = size.bit_length() - 8
    step = size >> (segment + 3) & 0x0F
    return ~((0x80 if sample < 0 else 0) | segment << 4 | step) & 0xFF


def _sample(byte: int) -> int:
    turned = ~byte & 0xFF
    size = (((turned & 0x0F) << 3) + _BIAS << (turned >> 4 & 0x07)) - _BIAS
    return -size if turned & 0x80 else size
