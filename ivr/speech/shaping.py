"""Makes any voice fit for a telephone line: its band, no silence around it, one loudness.

Plain Python throughout, so that clips can be rendered without the offline engines' packages; where
numpy is installed it takes over the one slow step, with the same filter.
"""

from array import array
from functools import cache
from itertools import pairwise
from math import cosh, gcd, log10, pi, sin, sqrt
from operator import mul

from ivr.engine.pauses import AFTER_SENTENCE
from ivr.speech.extra import MissingExtra, need
from ivr.speech.samples import TELEPHONE, Floats, Samples

FRAME = 0.005  # seconds over which a level is taken
_QUIET = 0.01  # -40 dB: of the loudest frame, what counts as silence
COMMA = 0.3  # seconds: the longest rest inside a sentence, at most caller rule B3's pause
LOUDNESS = -20.0  # dB below full scale, RMS while speaking: the telephone's usual level
PEAK = -3.0  # dB below full scale, never passed

_SLACK = 0.02  # seconds by which a rest may be measured too short
_EDGE = 0.005  # seconds kept around the voice, over which it swells and fades without a click
_REACH = 0.00225  # seconds of sound on either side that the low-pass looks at
_PASSED = 0.475  # of the lower rate: 3.8 kHz at 8 kHz, between G.711's band and the mirror's edge
_KAISER = 5.65  # 60 dB (J. F. Kaiser, 1974)


def for_telephone(sound: Samples) -> Samples:
    """8 kHz, without the silence around it and without long rests inside; not yet levelled.

    Silence is looked for before the low-pass: it leaves little of a final す, which is still said.
    """
    return resampled(squeezed(trimmed(sound)))


def resampled(sound: Samples, hertz: int = TELEPHONE) -> Samples:
    """At another rate, through a low-pass that keeps mirrored sound 60 dB away."""
    if sound.hertz == hertz:
        return sound
    common = gcd(sound.hertz, hertz)
    up, down = hertz // common, sound.hertz // common
    kernels = _kernels(sound.hertz, hertz)
    size = -(-len(sound.values) * up // down)
    reach = len(kernels[0]) // 2
    padded = array("f", bytes(4 * reach)) + sound.values + array("f", bytes(4 * (reach + 1)))
    if up == 1:
        return Samples(_thinned(padded, kernels[0], down)[:size], hertz)
    return Samples(_polyphase(padded, kernels, up, down, size), hertz)


def trimmed(sound: Samples) -> Samples:
    """From just before the first to just after the last of the voice; empty where there is none."""
    levels = frame_levels(sound)
    loud = _loud(levels)
    if not loud:
        return Samples(array("f"), sound.hertz)
    frame, edge = round(FRAME * sound.hertz), round(_EDGE * sound.hertz)
    start = max(0, loud[0] * frame - edge)
    values = sound.values[start : (loud[-1] + 1) * frame + edge]
    for place in range(min(edge, len(values))):
        values[place] *= place / edge
        values[-1 - place] *= place / edge
    return Samples(values, sound.hertz)


def squeezed(sound: Samples, longest: float = COMMA) -> Samples:
    """No rest longer than `longest` seconds: engines rest up to 0.7 s at a comma."""
    frame, kept = round(FRAME * sound.hertz), array("f")
    loud, most = _loud(frame_levels(sound)), round(longest * sound.hertz)
    done = 0
    for before, after in pairwise(loud):
        start, end = (before + 1) * frame, after * frame
        if end - start > most:
            kept.extend(sound.values[done : start + most // 2])
            done = end - (most - most // 2)
    kept.extend(sound.values[done:])
    return Samples(kept, sound.hertz)


def levelled(sound: Samples) -> Samples:
    """As loud as every other clip: LOUDNESS while speaking, and no peak above PEAK."""
    levels = frame_levels(sound)
    spoken = [levels[place] for place in _loud(levels)]
    if not spoken:
        return sound
    loudness = sqrt(sum(map(mul, spoken, spoken)) / len(spoken))
    peak = max(map(abs, sound.values))
    gain = min(10 ** (LOUDNESS / 20) / loudness, 10 ** (PEAK / 20) / peak)
    return Samples(array("f", [gain * value for value in sound.values]), sound.hertz)


def speaking_seconds(sound: Samples) -> float:
    """How long a voice speaks: all of a trimmed sound but the rests of commas and full stops.

    Of a gap only what a rest is made of counts (COMMA, AFTER_SENTENCE): a shorter gap is a closure
    inside a word, and the remainder of a longer one are sounds too soft for a telephone.
    """
    loud = _loud(frame_levels(sound))
    rests = 0.0
    for before, after in pairwise(loud):
        gap = (after - before - 1) * FRAME
        rests += next((rest for rest in (AFTER_SENTENCE, COMMA) if gap + _SLACK >= rest), 0.0)
    return sound.seconds - rests


def frame_levels(sound: Samples) -> list[float]:
    """The RMS of each FRAME of the sound, from 0 to 1."""
    size, values = round(FRAME * sound.hertz), sound.values
    frames = (values[place : place + size] for place in range(0, len(values), size))
    return [sqrt(sum(map(mul, frame, frame)) / len(frame)) for frame in frames]


def decibels(level: float) -> float:
    """A level from 0 to 1 in dB below full scale."""
    return 20 * log10(level) if level > 0 else float("-inf")


def _loud(levels: list[float]) -> list[int]:
    floor = max(levels, default=0.0) * _QUIET
    return [place for place, level in enumerate(levels) if level > floor]


def _thinned(padded: Floats, kernel: tuple[float, ...], down: int) -> Floats:
    """Every `down`th sample of the filtered sound."""
    size = len(kernel)
    try:
        numpy = need("numpy", "filtering faster")
    except MissingExtra:
        starts = range(0, len(padded) - size + 1, down)
        return array("f", [sum(map(mul, kernel, padded[at : at + size])) for at in starts])
    filtered = numpy.convolve(numpy.asarray(padded, dtype="f8"), kernel[::-1], "valid")
    return array("f", filtered[::down].astype("f4").tobytes())


def _polyphase(
    padded: Floats, kernels: tuple[tuple[float, ...], ...], up: int, down: int, size: int
) -> Floats:
    """Each new sample by the kernel of its place between two old ones."""
    reach, values = len(kernels[0]), array("f")
    for nth in range(size):
        at, phase = divmod(nth * down, up)
        values.append(sum(map(mul, kernels[phase], padded[at : at + reach])))
    return values


@cache
def _kernels(source: int, wanted: int) -> tuple[tuple[float, ...], ...]:
    """For each place between two samples, the weights of the samples around it (Kaiser window)."""
    up = wanted // gcd(source, wanted)
    lower = min(source, wanted)
    width = _REACH * TELEPHONE / lower * source  # in samples, on either side
    cutoff = 2 * _PASSED * lower / source
    reach = int(width) + 1

    def weight(distance: float) -> float:
        inside = 1 - (distance / width) ** 2
        if inside <= 0:
            return 0.0
        angle = pi * cutoff * distance
        return _bessel(_KAISER * sqrt(inside)) * (sin(angle) / angle if angle else 1.0)

    kernels = []
    for phase in range(up):
        weights = [weight(place - phase / up) for place in range(-reach, reach + 1)]
        total = sum(weights)
        kernels.append(tuple(one / total for one in weights))
    return tuple(kernels)


def _bessel(x: float) -> float:
    """The modified Bessel function I0, as the mean of cosh(x cos t) over a turn."""
    steps = 24
    return sum(cosh(x * sin(pi * (step + 0.5) / steps)) for step in range(steps)) / steps
