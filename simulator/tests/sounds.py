"""Sounds for tests: files that an app plays, recordings taken apart, and tones recognised."""

import math
import random
import struct
from array import array
from collections.abc import Sequence
from dataclasses import dataclass

from flask import Response

from ringback.media.mulaw import decode

HERTZ = 8_000
ROWS, COLUMNS = (697, 770, 852, 941), (1209, 1336, 1477)
KEYPAD = ("123", "456", "789", "*0#")  # ITU-T Q.23


@dataclass(frozen=True)
class Recording:
    """A recording: its mu-law bytes, and how its file describes them."""

    sound: bytes
    kind: int
    channels: int
    hertz: int
    bits: int
    fact: int

    def between(self, first: float, last: float) -> bytes:
        """The samples from one second to another."""
        return self.sound[round(first * HERTZ) : round(last * HERTZ)]

    def key_at(self, second: float) -> str:
        """The key whose tone is strongest in the 100 ms from `second`."""
        samples = decode(self.between(second, second + 0.1))
        rows, columns = (
            [power(samples, frequency) for frequency in group] for group in (ROWS, COLUMNS)
        )
        return KEYPAD[rows.index(max(rows))][columns.index(max(columns))]


def taken_apart(file: bytes) -> Recording:
    """Reads a file of exactly the chunks fmt, fact and data, every size as it must be."""
    riff, size, wave, fmt, fmt_size = struct.unpack_from("<4sI4s4sI", file)
    assert (riff, size, wave, fmt, fmt_size) == (b"RIFF", len(file) - 8, b"WAVE", b"fmt ", 18)
    kind, channels, hertz, bytes_a_second, block, bits, extra = struct.unpack_from(
        "<HHIIHHH", file, 20
    )
    assert (bytes_a_second, block, extra) == (hertz, 1, 0)
    fact, fact_size, count, data, data_size = struct.unpack_from("<4sII4sI", file, 38)
    assert (fact, fact_size, data) == (b"fact", 4, b"data")
    assert len(file) == 58 + data_size + data_size % 2
    return Recording(file[58 : 58 + data_size], kind, channels, hertz, bits, count)


def power(samples: Sequence[int], frequency: float) -> float:
    """How much of one frequency is in the samples (Goertzel's algorithm)."""
    turn = 2 * math.cos(2 * math.pi * frequency / HERTZ)
    last = before = 0.0
    for sample in samples:
        last, before = sample + turn * last - before, last
    return last * last + before * before - turn * last * before


def mulaw_file(sound: bytes) -> bytes:
    """A mu-law WAV file."""
    return _file(struct.pack("<HHIIHHH", 7, 1, HERTZ, HERTZ, 1, 8, 0), sound)


def pcm_file(samples: Sequence[int], *, hertz: int = HERTZ, channels: int = 1) -> bytes:
    """A 16-bit PCM WAV file."""
    form = struct.pack("<HHIIHH", 1, channels, hertz, hertz * 2 * channels, 2 * channels, 16)
    return _file(form, struct.pack(f"<{len(samples)}h", *samples))


def babble(seconds: float, seed: int = 1) -> bytes:
    """Mu-law that is different everywhere, so that no part can be taken for another."""
    return random.Random(seed).randbytes(round(seconds * HERTZ))


def hum(
    seconds: float, frequency: float, *, hertz: int = HERTZ, level: int = 8_000
) -> "array[int]":
    """A sine in 16 bits."""
    turn = 2 * math.pi * frequency / hertz
    return array("h", (round(level * math.sin(turn * n)) for n in range(round(seconds * hertz))))


def served(file: bytes, kind: str = "audio/wav") -> Response:
    """The file as an app's answer."""
    return Response(file, content_type=kind)


def _file(form: bytes, data: bytes) -> bytes:
    inside = b"WAVE" + b"".join(
        name + struct.pack("<I", len(chunk)) + chunk
        for name, chunk in ((b"fmt ", form), (b"data", data + b"\0" * (len(data) % 2)))
    )
    return b"RIFF" + struct.pack("<I", len(inside)) + inside
