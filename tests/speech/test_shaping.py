"""Sound made fit for the telephone: measured, not intended."""

from array import array
from math import pi, sin, sqrt

import pytest

from ivr.speech import shaping
from ivr.speech.extra import MissingExtra
from ivr.speech.samples import Samples, joined, silence
from ivr.speech.shaping import (
    decibels,
    for_telephone,
    levelled,
    resampled,
    speaking_seconds,
    squeezed,
    trimmed,
)
from tests.speech.voices import hum, needs_numpy


def level(sound: Samples) -> float:
    """RMS of the middle half, in dB."""
    middle = sound.values[len(sound.values) // 4 : 3 * len(sound.values) // 4]
    return decibels(sqrt(sum(value * value for value in middle) / len(middle)))


@pytest.mark.parametrize("hertz", [48000, 24000, 22050, 16000, 44100, 11025])
def test_the_telephone_band_passes_as_it_is(hertz: int) -> None:
    for tone in (300, 1000, 3000, 3400):
        if tone < 0.45 * hertz:
            before = hum(0.2, tone, hertz, around=0)
            assert level(resampled(before)) == pytest.approx(level(before), abs=0.3)


@pytest.mark.parametrize("hertz", [48000, 24000, 22050, 16000])
def test_what_lies_above_is_not_mirrored_into_the_band(hertz: int) -> None:
    for tone in (4700, 5500, 7000):
        before = hum(0.2, tone, hertz, around=0)
        assert level(resampled(before)) < level(before) - 45


def test_resampling_keeps_the_length_to_a_sample() -> None:
    assert abs(len(resampled(hum(1.0, 300, 22050, 0)).values) - 8000) <= 1
    same = hum(0.5)
    assert resampled(same) is same


@needs_numpy
def test_with_and_without_numpy_the_sound_is_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    sound = hum(0.2, 700, 48000)
    fast = resampled(sound)

    def absent(*_args: str) -> None:
        raise MissingExtra("numpy is not installed")

    monkeypatch.setattr(shaping, "need", absent)
    plain = resampled(sound)
    assert len(fast.values) == len(plain.values)
    assert max(abs(a - b) for a, b in zip(fast.values, plain.values, strict=True)) < 1e-5


def test_silence_around_the_voice_goes() -> None:
    sound = trimmed(hum(0.5, around=0.7))
    assert sound.seconds == pytest.approx(0.5, abs=0.02)
    assert abs(sound.values[0]) < 0.001  # it swells, and does not click
    assert not trimmed(silence(1)).values


def test_long_rests_inside_shrink_and_short_ones_stay() -> None:
    def spoken(rest: float) -> Samples:
        return joined([hum(0.3, around=0), silence(rest), hum(0.3, around=0)])

    assert squeezed(spoken(0.9)).seconds == pytest.approx(0.9, abs=0.011)
    assert squeezed(spoken(0.15)).seconds == pytest.approx(0.75)


def test_rests_do_not_count_as_speaking() -> None:
    spoken = joined([hum(0.3, around=0), silence(0.3), hum(0.3, around=0)])
    assert speaking_seconds(spoken) == pytest.approx(0.6, abs=0.011)
    closure = joined([hum(0.3, around=0), silence(0.15), hum(0.3, around=0)])
    assert speaking_seconds(closure) == pytest.approx(0.75, abs=0.011)


@pytest.mark.parametrize("loudness", [0.003, 0.1, 1.0])
def test_every_voice_comes_out_equally_loud(loudness: float) -> None:
    voice = Samples(array("f", (loudness * sin(n / 5) for n in range(8000))), 8000)
    heard = levelled(voice)
    assert level(heard) == pytest.approx(-20, abs=0.2)


def test_a_voice_with_peaks_stays_below_the_limit() -> None:
    values = array("f", (0.01 * sin(2 * pi * n / 20) for n in range(8000)))
    values[4000] = 1.0
    assert decibels(max(map(abs, levelled(Samples(values, 8000)).values))) <= -2.99


def test_nothing_stays_nothing() -> None:
    assert not for_telephone(silence(0.5, 24000)).values
    assert levelled(silence(0.1)).seconds == pytest.approx(0.1)
