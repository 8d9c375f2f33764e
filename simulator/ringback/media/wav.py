"""WAV files: 16-bit PCM and mu-law are read as telephone sound, mu-law at 8 kHz is written.

RIFF, its chunks and format 7: "Multimedia Programming Interface and Data Specifications 1.0", IBM
and Microsoft, 1991. Python's `wave` module knows no mu-law.
"""

import struct
import sys
from array import array
from collections.abc import Iterator

from ringback.media.mulaw import decode, encode

HERTZ = 8_000
_PCM, _MULAW, _EXTENSIBLE = 1, 7, 0xFFFE
_SUBFORMAT = 24  # where an extensible header says what the samples are


class NotReadable(ValueError):
    """These bytes are no sound that is read here; the message says what was expected."""


def is_wav(head: bytes) -> bool:
    """Whether a file that begins so is a WAV file."""
    return head[:4] == b"RIFF" and head[8:12] == b"WAVE"


def chunks(head: bytes) -> Iterator[tuple[bytes, int, int]]:
    """Name, place and length of each chunk's inside, as the file says; it may have less."""
    place = 12
    while place + 8 <= len(head):
        name, length = struct.unpack_from("<4sI", head, place)
        yield name, place + 8, length
        place += 8 + length + length % 2  # chunks start on even bytes


def write_wav(sound: bytes) -> bytes:
    """Mu-law samples at 8 kHz as a WAV file.

    A format that is not PCM has the size of its extension (none) and a fact chunk.
    """
    form = struct.pack("<HHIIHHH", _MULAW, 1, HERTZ, HERTZ, 1, 8, 0)
    inside = b"WAVE" + _chunk(b"fmt ", form) + _chunk(b"fact", struct.pack("<I", len(sound)))
    return _chunk(b"RIFF", inside + _chunk(b"data", sound))


def read_wav(file: bytes, most: int) -> bytes:
    """The first `most` samples of a WAV file as mu-law at 8 kHz; fewer where it has fewer.

    Mono at 8 kHz is kept sample by sample (mu-law as it is, PCM rounded to mu-law). Channels are
    averaged, and other rates are resampled along straight lines between samples: good enough to
    recognise words by, with some hiss from above 4 kHz. Raises NotReadable.
    """
    kind, channels, hertz, data = _inside(file)
    frames = min(len(data) // channels // (2 if kind == _PCM else 1), most * hertz // HERTZ + 2)
    if kind == _MULAW and (channels, hertz) == (1, HERTZ):
        return data[: min(frames, most)]
    data = data[: frames * channels * (2 if kind == _PCM else 1)]
    heard = _sixteen_bits(data) if kind == _PCM else decode(data)
    if channels > 1:
        heard = array("h", (sum(frame) // channels for frame in _frames(heard, channels)))
    return encode((heard if hertz == HERTZ else _resampled(heard, hertz))[:most])


def _inside(file: bytes) -> tuple[int, int, int, bytes]:
    """What the samples are, how many channels, how many a second, and the samples."""
    if not is_wav(file):
        raise NotReadable("expected a WAV file, which begins with RIFF … WAVE")
    found = {name: file[place : place + length] for name, place, length in chunks(file)}
    form, data = found.get(b"fmt ", b""), found.get(b"data")
    if len(form) < 16 or data is None:
        raise NotReadable("the WAV file has no fmt or no data chunk")
    kind, channels, hertz, _, _, bits = struct.unpack_from("<HHIIHH", form)
    if kind == _EXTENSIBLE and len(form) >= _SUBFORMAT + 2:
        (kind,) = struct.unpack_from("<H", form, _SUBFORMAT)
    if (kind, bits) not in ((_PCM, 16), (_MULAW, 8)) or not channels or not hertz:
        raise NotReadable(
            "expected 16-bit PCM or mu-law (format 1 or 7);"
            f" it has format {kind}, {bits} bits, {channels} channels, {hertz} a second"
        )
    return kind, channels, hertz, data


def _sixteen_bits(data: bytes) -> "array[int]":
    samples = array("h", data)
    if sys.byteorder == "big":
        samples.byteswap()
    return samples


def _frames(samples: "array[int]", channels: int) -> Iterator[tuple[int, ...]]:
    return zip(*(samples[channel::channels] for channel in range(channels)), strict=True)


def _resampled(samples: "array[int]", hertz: int) -> "array[int]":
    """The samples at 8 kHz, in whole numbers, so that every machine computes the same."""
    count = len(samples) * HERTZ // hertz
    heard = array("h")
    for place in range(count):
        before, share = divmod(place * hertz, HERTZ)
        after = min(before + 1, len(samples) - 1)
        heard.append((samples[before] * (HERTZ - share) + samples[after] * share) // HERTZ)
    return heard


def _chunk(name: bytes, inside: bytes) -> bytes:
    return name + struct.pack("<I", len(inside)) + inside + b"\0" * (len(inside) % 2)
