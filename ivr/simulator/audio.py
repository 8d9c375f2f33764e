"""How long a sound file lasts, from its first bytes and its size."""

import struct

HEAD_BYTES = 64 * 1024
_GUESSED_BYTES_A_SECOND = 8_000  # 64 kbit/s MP3, or 8 kHz mu-law: what telephones are fed
_SHORTEST = 0.1  # an empty file in an endless loop must still take time


def seconds_of_audio(head: bytes, size: int) -> float:
    """Seconds of the file whose beginning is `head` and whose whole size is `size` bytes.

    WAV is exact (its own byte rate and the size of its data, never more than the file has);
    anything else is an estimate at 64 kbit/s.
    """
    if head[:4] == b"RIFF" and head[8:12] == b"WAVE":
        return max(_SHORTEST, _wav_seconds(head, size))
    return max(_SHORTEST, size / _GUESSED_BYTES_A_SECOND)


def _wav_seconds(head: bytes, size: int) -> float:
    bytes_a_second, place = 0, 12
    while place + 8 <= len(head):
        name, length = head[place : place + 4], _number(head, place + 4)
        if name == b"fmt " and place + 20 <= len(head):
            bytes_a_second = _number(head, place + 16)
        if name == b"data":
            data = min(length, size - place - 8)
            return data / bytes_a_second if bytes_a_second else 0.0
        place += 8 + length + length % 2  # chunks start on even bytes
    return 0.0


def _number(head: bytes, place: int) -> int:
    return int(struct.unpack_from("<I", head, place)[0])
