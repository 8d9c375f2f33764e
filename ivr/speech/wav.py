"""Mu-law WAV files, as Twilio plays them (`audio/wav`): written here, read by miniaudio.

A RIFF file whose `fmt ` chunk names format 7 also carries the size of its extension (none) and a
`fact` chunk with the number of samples ("Multimedia Programming Interface and Data
Specifications 1.0", IBM and Microsoft, 1991); Python's `wave` module knows no mu-law.
"""

from struct import pack

from ivr.speech.extra import need
from ivr.speech.samples import TELEPHONE, Samples

MEDIA_TYPE = "audio/wav"
_MULAW = 7
_HEADER = 12  # bytes: RIFF, the size of what follows it, WAVE


class NotAClip(ValueError):
    """These bytes are no whole WAV of one channel; the message says what is wrong with them."""


def write_wav(data: bytes) -> bytes:
    """The file of mu-law samples at 8 kHz."""
    form = pack("<HHIIHHH", _MULAW, 1, TELEPHONE, TELEPHONE, 1, 8, 0)
    chunks = _chunk(b"fmt ", form) + _chunk(b"fact", pack("<I", len(data))) + _chunk(b"data", data)
    return b"RIFF" + pack("<I", 4 + len(chunks)) + b"WAVE" + chunks


def read_wav(file: bytes) -> Samples:
    """The sound of a clip, or of another WAV of one channel.

    Raises NotAClip, also where the file is cut off, and MissingExtra where miniaudio is not
    installed.
    """
    miniaudio = need("miniaudio", "reading clips", "miniaudio")
    _check_whole(file)
    try:
        found = miniaudio.wav_read_f32(file)
    except miniaudio.MiniaudioError as error:
        raise NotAClip(f"the file can't be decoded ({error})") from None
    if found.nchannels != 1:
        raise NotAClip(f"expected one channel; it has {found.nchannels}")
    return Samples(found.samples, found.sample_rate)


def wav_seconds(file: bytes) -> float:
    """How long a clip lasts. Raises NotAClip and MissingExtra as `read_wav` does."""
    miniaudio = need("miniaudio", "measuring clips", "miniaudio")
    _check_whole(file)
    try:
        return float(miniaudio.wav_get_info(file).duration)
    except miniaudio.MiniaudioError as error:
        raise NotAClip(f"the file can't be decoded ({error})") from None


def _check_whole(file: bytes) -> None:
    """miniaudio reads a file that is cut off as a shorter one; its header knows its size."""
    if file[:4] != b"RIFF" or file[8:_HEADER] != b"WAVE":
        raise NotAClip("this is no WAV file: it does not begin with RIFF … WAVE")
    lost = 8 + int.from_bytes(file[4:8], "little") - len(file)
    if lost > 0:
        raise NotAClip(f"the file is cut off: {lost} bytes are missing")


def _chunk(name: bytes, data: bytes) -> bytes:
    return name + pack("<I", len(data)) + data + b"\0" * (len(data) % 2)  # on even bytes
