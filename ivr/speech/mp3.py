"""MP3 as it arrives from a service and as some carriers want it: proven whole, read, written."""

from array import array
from dataclasses import dataclass

from ivr.speech.extra import need
from ivr.speech.samples import TELEPHONE, Samples

_RATES = {3: (44100, 48000, 32000), 2: (22050, 24000, 16000), 0: (11025, 12000, 8000)}
_KILOBITS_1 = (32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
_KILOBITS_2 = (8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160)
_TELEPHONE_KILOBITS = 32  # transparent for one voice at 8 kHz


class NotWhole(ValueError):
    """These bytes are no whole MP3; the message says what is wrong with them."""


@dataclass(frozen=True)
class _Frame:
    """One frame's header (ISO/IEC 11172-3 and 13818-3, layer III)."""

    version: int
    bits: int
    rate: int
    padding: int

    @property
    def size(self) -> int:
        """Bytes, header included."""
        return (144 if self.version == 3 else 72) * self.bits // self.rate + self.padding


def check_whole(data: bytes) -> None:
    """Walks the frames from first to last. Raises NotWhole unless the last one ends the data."""
    if not data:
        raise NotWhole("no sound at all: 0 bytes")
    place = _after_tag(data)
    if _frame(data, place) is None:
        raise NotWhole(f"no MP3: it begins with {data[place : place + 4].hex(' ') or 'nothing'}")
    while place < len(data):
        if data[place : place + 3] == b"TAG" and len(data) - place == 128:
            return  # an ID3v1 tag closes the file
        frame = _frame(data, place)
        if frame is None:
            raise NotWhole(f"no MP3 frame at byte {place} of {len(data)}")
        place += frame.size
    if place > len(data):
        raise NotWhole(f"cut off: the last frame lacks {place - len(data)} bytes")


def decode_mp3(data: bytes) -> Samples:
    """The sound of a whole MP3, mixed to one channel, at its own rate.

    Raises NotWhole, and MissingExtra where miniaudio is not installed.
    """
    check_whole(data)
    miniaudio = need("miniaudio", "reading MP3", "miniaudio")
    try:
        found = miniaudio.mp3_read_s16(data)
    except miniaudio.MiniaudioError as error:
        raise NotWhole(f"it can't be decoded ({error})") from None
    if not found.num_frames:
        raise NotWhole("it decodes to nothing")
    return mixed(found.samples, found.nchannels, found.sample_rate)


def encode_mp3(sound: Samples) -> bytes:
    """The sound as a small mono MP3. Raises MissingExtra where lameenc is not installed."""
    encoder = need("lameenc", "writing MP3").Encoder()
    encoder.silence()
    encoder.set_channels(1)
    encoder.set_in_sample_rate(sound.hertz)
    encoder.set_out_sample_rate(TELEPHONE)
    encoder.set_bit_rate(_TELEPHONE_KILOBITS)
    encoder.set_quality(2)
    steps = array("h", [max(-32768, min(32767, round(v * 32768))) for v in sound.values])
    return bytes(encoder.encode(steps.tobytes()) + encoder.flush())


def mixed(steps: "array[int]", channels: int, hertz: int) -> Samples:
    """16-bit samples of any number of channels as mono."""
    scale = 1 / (32768 * channels)
    if channels == 1:
        return Samples(array("f", [step * scale for step in steps]), hertz)
    rows = zip(*(steps[nth::channels] for nth in range(channels)), strict=True)
    return Samples(array("f", [sum(row) * scale for row in rows]), hertz)


def _after_tag(data: bytes) -> int:
    """Where the first frame begins: after an ID3v2 tag, whose size is four times seven bits."""
    if data[:3] != b"ID3" or len(data) < 10:
        return 0
    size = 0
    for byte in data[6:10]:
        size = size << 7 | byte & 0x7F
    return 10 + size


def _frame(data: bytes, place: int) -> _Frame | None:
    header = data[place : place + 4]
    if len(header) < 4 or header[0] != 0xFF or header[1] & 0xE6 != 0xE2:  # sync, layer III
        return None
    version, nth, rate = header[1] >> 3 & 3, header[2] >> 4, header[2] >> 2 & 3
    if version == 1 or rate == 3 or not 0 < nth < 15:
        return None
    kilobits = (_KILOBITS_1 if version == 3 else _KILOBITS_2)[nth - 1]
    return _Frame(version, kilobits * 1000, _RATES[version][rate], header[2] >> 1 & 1)
