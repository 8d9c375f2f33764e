"""How long a sound file lasts, from its first bytes and its size."""

import struct

from ringback.media.wav import chunks, is_wav

HEAD_BYTES = 64 * 1024
_GUESSED_BYTES_A_SECOND = 8_000  # 8 kHz mu-law, or 64 kbit/s: what telephones are fed
_SHORTEST = 0.1  # an empty file in an endless loop must still take time


def seconds_of_audio(head: bytes, size: int) -> float:
    """Seconds of the file whose beginning is `head` and whose whole size is `size` bytes.

    WAV is exact (its own byte rate and the size of its data, never more than the file has). MP3
    goes on at the bit rate of its beginning, where the extra `audio` is installed. Anything else is
    an estimate at 64 kbit/s.
    """
    seconds = _wav_seconds(head, size) if is_wav(head) else _mp3_seconds(head, size)
    return max(_SHORTEST, size / _GUESSED_BYTES_A_SECOND if seconds is None else seconds)


def _mp3_seconds(head: bytes, size: int) -> float | None:
    try:
        import miniaudio
    except ModuleNotFoundError:  # the extra `audio`: three packages, one of them compiled
        return None
    try:
        beginning = miniaudio.mp3_get_info(head).duration
    except miniaudio.MiniaudioError:
        return None
    return beginning * size / len(head) if beginning else None


# miniaudio gives the length of a whole WAV file, and of this one only the head is here.
def _wav_seconds(head: bytes, size: int) -> float:
    bytes_a_second = 0
    for name, place, length in chunks(head):
        if name == b"fmt " and place + 12 <= len(head):
            (bytes_a_second,) = struct.unpack_from("<I", head, place + 8)
        if name == b"data":
            return min(length, size - place) / bytes_a_second if bytes_a_second else 0.0
    return 0.0
