"""What is in a piece of sound: which keys were pressed, when digits begin, which prompt it is."""

from array import array
from collections.abc import Mapping
from itertools import product
from math import cos, pi, sin

from ivr.speech.extra import need
from ivr.speech.mulaw import decode_mulaw, encode_mulaw
from ivr.speech.samples import TELEPHONE, Floats, Samples, joined, silence
from ivr.speech.shaping import FRAME, frame_levels

# ITU-T Q.23: each key is one tone of a row and one of a column, in hertz.
ROWS, COLUMNS = (697, 770, 852, 941), (1209, 1336, 1477, 1633)
DTMF_TONES = dict(zip("123A456B789C*0#D", product(ROWS, COLUMNS), strict=True))
_BY_TONES = {tones: key for key, tones in DTMF_TONES.items()}

_BLOCK = 0.02  # seconds in which a tone is looked for: 50 Hz apart, fine enough for all eight
_LEAST_BLOCKS = 2  # a key sounds for 40 ms at least (ITU-T Q.24)
_LEAST_LEVEL = 1e-3  # RMS, -60 dB: below it nothing is looked for
_LEAST_SHARE = 0.6  # of a block's power that the two tones must have
_TWIST = 8.0  # the most that one tone's power may be of the other's (Q.24: 8 dB is 6.3)
_LEAST_GAP = 0.2  # seconds of silence that part two words: the チ of イチ closes for 0.12
_HEARD = -45.0  # dB below full scale, 25 dB below LOUDNESS: where a word has begun


def dtmf(keys: str, tone: float = 0.1, gap: float = 0.1, level: float = 0.2) -> Samples:
    """Key tones at 8 kHz: `tone` seconds of each key with `gap` seconds of silence after it.

    `level` is each of the two tones' peak. Raises KeyError for what is no key.
    """
    sounds = []
    for key in keys:
        row, column = (2 * pi * hertz / TELEPHONE for hertz in DTMF_TONES[key])
        values = (level * (sin(row * n) + sin(column * n)) for n in range(round(tone * TELEPHONE)))
        sounds += [Samples(array("f", values), TELEPHONE), silence(gap)]
    return joined(sounds)


def keys_in(sound: Samples) -> str:
    """The keys whose tones sound, in order; a key held on counts once."""
    size = round(_BLOCK * sound.hertz)
    heard = [
        _key_of(sound.values[start : start + size], sound.hertz)
        for start in range(0, len(sound.values) - size + 1, size // 2)
    ]
    keys, run = [], 0
    for nth, key in enumerate(heard):
        run = run + 1 if nth and key == heard[nth - 1] else 1
        if key and run == 2 * _LEAST_BLOCKS - 1:  # blocks overlap by half
            keys.append(key)
    return "".join(keys)


def onsets(sound: Samples, least_gap: float = _LEAST_GAP) -> list[tuple[float, float]]:
    """When each stretch of voice begins and ends, in seconds, by its energy alone (to 5 ms).

    Of clips as they are levelled here; stretches less than `least_gap` seconds apart are one,
    for a word has closures inside.
    """
    levels, floor = frame_levels(sound), 10 ** (_HEARD / 20)
    loud = [place for place, level in enumerate(levels) if level > floor]
    found: list[tuple[float, float]] = []
    for place in loud:
        start, end = place * FRAME, (place + 1) * FRAME
        if found and start - found[-1][1] < least_gap:
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return found


def recognised(heard: Samples, known: Mapping[str, Samples]) -> tuple[str, float]:
    """Which of the known clips is heard, and how alike they are: 1 is the same.

    The best normalised cross-correlation at any shift at which most of the shorter sound takes
    part, over the whole set. Raises ValueError where nothing is known, and MissingExtra where numpy
    is not installed.
    """
    if not known:
        raise ValueError("there is no clip to recognise; build the audio library first")
    line = decode_mulaw(encode_mulaw(heard.values))
    alike = {name: _likeness(line, clip.values) for name, clip in known.items()}
    best = max(alike, key=lambda name: alike[name])
    return best, alike[best]


def _key_of(block: Floats, hertz: int) -> str:
    """The key that sounds in a block; empty where none does."""
    power = sum(value * value for value in block) / len(block)
    if power < _LEAST_LEVEL**2:
        return ""
    rows = {tone: _goertzel(block, tone, hertz) for tone in ROWS}
    columns = {tone: _goertzel(block, tone, hertz) for tone in COLUMNS}
    row, column = max(rows, key=lambda tone: rows[tone]), max(columns, key=lambda t: columns[t])
    one, other = rows[row], columns[column]
    clear = min(one, other) * _TWIST > max(one, other) and one + other > _LEAST_SHARE * power
    return _BY_TONES[row, column] if clear else ""


def _goertzel(block: Floats, tone: float, hertz: int) -> float:
    """The power of one frequency in a block (G. Goertzel, 1958)."""
    turn = 2 * cos(2 * pi * tone / hertz)
    before, last = 0.0, 0.0
    for value in block:
        before, last = last, value + turn * last - before
    size = len(block)
    return 2 * (before * before + last * last - turn * before * last) / (size * size)


def _likeness(heard: Floats, clip: Floats) -> float:
    """The greatest correlation of two sounds, of all shifts of the one along the other."""
    numpy = need("numpy", "recognising clips")
    one, other = (numpy.asarray(values, dtype="f8") for values in (heard, clip))
    size = 1 << (len(one) + len(other)).bit_length()
    spectra = numpy.fft.rfft(one, size) * numpy.conj(numpy.fft.rfft(other, size))
    shifts = numpy.arange(-len(other) + 1, len(one))
    products = numpy.fft.irfft(spectra, size)[shifts]  # negative shifts stand at the end
    first, last = numpy.maximum(shifts, 0), numpy.minimum(shifts + len(other), len(one))
    # What each sound has of its energy where the two overlap.
    one_sum = numpy.concatenate(([0.0], numpy.cumsum(one * one)))
    other_sum = numpy.concatenate(([0.0], numpy.cumsum(other * other)))
    one_part = one_sum[last] - one_sum[first]
    other_part = other_sum[last - shifts] - other_sum[first - shifts]
    enough = (one_part > 0.8 * one_sum[-1]) | (other_part > 0.8 * other_sum[-1])
    energy = numpy.sqrt(one_part * other_part)
    enough &= energy > 1e-9
    return float((products[enough] / energy[enough]).max()) if enough.any() else 0.0
