"""The tones of a telephone's keys: ITU-T Recommendation Q.23, two frequencies a key."""

import math
from array import array

SECONDS = 0.1  # Q.24's receivers want 40 ms or more
GAP = 0.05  # between two tones, when keys are pressed faster than they can sound

_HERTZ = 8_000
_ROWS, _COLUMNS = (697, 770, 852, 941), (1209, 1336, 1477, 1633)
_KEYPAD = ("123A", "456B", "789C", "*0#D")
FREQUENCIES = {
    key: (row, column)
    for row, keys in zip(_ROWS, _KEYPAD, strict=True)
    for column, key in zip(_COLUMNS, keys, strict=True)
}
# -10 and -8 dBm0, where the loudest sine that G.711 can write has +3.17 dBm0: the higher tone is
# sent a little louder, since a line takes more from it.
_LOW, _HIGH = (32_124 * 10 ** ((level - 3.17) / 20) for level in (-10, -8))
_RAMP = 0.005 * _HERTZ  # a tone that begins at once clicks


def tone(key: str) -> "array[int]":
    """The key's tone, 100 ms at 8 kHz in sixteen bits. Raises KeyError for what is no key."""
    low, high = (2 * math.pi * frequency / _HERTZ for frequency in FREQUENCIES[key])
    count = round(SECONDS * _HERTZ)
    return array(
        "h",
        (
            round(
                min(1.0, place / _RAMP, (count - 1 - place) / _RAMP)
                * (_LOW * math.sin(low * place) + _HIGH * math.sin(high * place))
            )
            for place in range(count)
        ),
    )
