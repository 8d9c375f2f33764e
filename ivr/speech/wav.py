"""Mu-law WAV files, as Twilio plays them (`audio/wav`), written and read with nothing else.

A RIFF file whose `fmt ` chunk names format 7 also carries the size of its extension (none) and a
`fact` chunk with the number of samples ("Multimedia Programming Interface and Data
Specifications 1.0", IBM and Microsoft, 1991); Python's `wave` module reads no mu-law.
"""

from struct import error as struct_error
from struct import pack, unpack_from

from ivr.speech.mulaw import decode
from ivr.speech.samples import TELEPHONE, Samples

MEDIA_TYPE = "audio/wav"
_MULAW = 7


class NotAClip(ValueError):
    """These bytes are no whole mu-law WAV; the message says what is wrong with them."""


def write_wav(data: bytes) -> bytes:
    """The file of mu-law samples at 8 kHz."""
    form = pack("<HHIIHHH", _MULAW, 1, TELEPHONE, TELEPHONE, 1, 8, 0)
    chunks = _chunk(b"fmt ", form) + _chunk(b"fact", pack("<I", len(data))) + _chunk(b"data", data)
    return b"RIFF" + pack("<I", 4 + len(chunks)) + b"WAVE" + chunks


def read_wav(file: bytes) -> Samples:
    """The sound of a file that `write_wav` wrote, or of another mono mu-law WAV.

    Raises NotAClip, also where the file is cut off.
    """
    form, data = _chunks(file)
    kind, channels, hertz = unpack_from("<HHI", form)
    if (kind, channels) != (_MULAW, 1):
        raise NotAClip(f"expected mono mu-law, format 7; it has {channels} × format {kind}")
    return Samples(decode(data), hertz)


def wav_seconds(file: bytes) -> float:
    """How long a clip lasts. Raises NotAClip."""
    form, data = _chunks(file)
    (bytes_a_second,) = unpack_from("<I", form, 8)
    if not bytes_a_second:
        raise NotAClip("its header says that it has no bytes a second")
    return len(data) / int(bytes_a_second)


def _chunk(name: bytes, data: bytes) -> bytes:
    return name + pack("<I", len(data)) + data + b"\0" * (len(data) % 2)  # on even bytes


def _chunks(file: bytes) -> tuple[bytes, bytes]:
    """The `fmt ` and the `data` chunk."""
    if file[:4] != b"RIFF" or file[8:12] != b"WAVE":
        raise NotAClip("this is no WAV file: it does not begin with RIFF … WAVE")
    found: dict[bytes, bytes] = {}
    place = 12
    try:
        while place < len(file):
            name, (length,) = file[place : place + 4], unpack_from("<I", file, place + 4)
            found[name] = file[place + 8 : place + 8 + length]
            if (lost := length - len(found[name])) > 0:
                raise NotAClip(f"the file is cut off: {lost} bytes are missing")
            place += 8 + length + length % 2
        if len(found[b"fmt "]) < 16:
            raise NotAClip("its fmt chunk is too short")
        return found[b"fmt "], found[b"data"]
    except struct_error:
        raise NotAClip("the file is cut off inside a chunk's header") from None
    except KeyError as missing:
        name = missing.args[0].decode()
        raise NotAClip(f"the file is cut off or odd: it has no `{name}` chunk") from None
