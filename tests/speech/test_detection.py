"""Keys, onsets and prompts are found in sound as bad as a telephone's."""

import random
from array import array

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivr.speech.detection import DTMF_TONES, dtmf, keys_in, onsets, recognised
from ivr.speech.mulaw import decode_mulaw, encode_mulaw
from ivr.speech.samples import Samples, joined, silence
from tests.speech.voices import hum, needs_numpy

ALL = "".join(DTMF_TONES)


def on_the_line(sound: Samples) -> Samples:
    """The sound as G.711 carries it."""
    return Samples(decode_mulaw(encode_mulaw(sound.values)), sound.hertz)


def noisy(sound: Samples, noise: float, seed: int) -> Samples:
    """With white noise of that RMS."""
    chance = random.Random(seed)
    return Samples(array("f", (v + chance.gauss(0, noise) for v in sound.values)), sound.hertz)


def test_all_sixteen_keys_are_told_apart() -> None:
    assert len(ALL) == 16
    assert keys_in(dtmf(ALL)) == ALL
    assert keys_in(on_the_line(dtmf(ALL))) == ALL


@given(st.text(ALL, max_size=6), st.sampled_from([0.01, 0.05, 0.3]))
def test_keys_are_found_in_order_however_soft(keys: str, level: float) -> None:
    assert keys_in(on_the_line(dtmf(keys, level=level))) == keys


@pytest.mark.parametrize("seed", range(8))
def test_keys_are_found_five_decibels_above_the_noise(seed: int) -> None:
    noise = 0.2 * 10 ** (-5 / 20)  # two tones with a peak of 0.2 have an RMS of 0.2 together
    assert keys_in(on_the_line(noisy(dtmf(ALL), noise, seed))) == ALL


def test_one_long_key_counts_once_and_two_count_twice() -> None:
    assert keys_in(dtmf("5", tone=2)) == "5"
    assert keys_in(dtmf("55")) == "55"


def test_noise_silence_and_humming_press_no_key() -> None:
    assert keys_in(silence(1)) == ""
    assert keys_in(noisy(silence(2), 0.1, 1)) == ""
    assert keys_in(hum(1, 697)) == ""
    assert keys_in(Samples(array("f"), 8000)) == ""


def test_onsets_are_found_to_five_milliseconds() -> None:
    sound = joined([silence(0.25), hum(0.3, around=0), silence(0.6), hum(0.35, around=0)])
    (first, first_end), (second, _) = onsets(sound)
    assert first == pytest.approx(0.25, abs=0.006)
    assert first_end == pytest.approx(0.55, abs=0.006)
    assert second == pytest.approx(1.15, abs=0.006)
    assert onsets(silence(1)) == []


@needs_numpy
def test_a_prompt_is_recognised_among_its_like_wherever_it_begins() -> None:
    known = {str(tone): hum(0.5, tone, around=0) for tone in (300, 310, 320, 900)}
    heard = joined([silence(0.31), noisy(known["310"], 0.02, 5), silence(0.2)])
    name, alike = recognised(heard, known)
    assert name == "310"
    assert alike > 0.95


@needs_numpy
def test_what_is_none_of_the_prompts_is_unlike_all_of_them() -> None:
    known = {str(tone): hum(0.5, tone, around=0) for tone in (300, 500)}
    _, alike = recognised(noisy(silence(0.5), 0.1, 3), known)
    assert alike < 0.5
    with pytest.raises(ValueError, match="build the audio library"):
        recognised(silence(1), {})
