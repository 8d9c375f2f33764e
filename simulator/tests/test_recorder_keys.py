"""The recorder's keys: each sounds as its DTMF tone, alone or over what plays."""

import pytest

from ringback.media.dtmf import tone
from ringback.media.mulaw import decode, encode
from simulator.tests.sounds import (
    hum,
    pcm_file,
    power,
    served,
)
from simulator.tests.test_recorder import Fingers, is_silent, recorded


def test_all_twelve_keys_are_known_by_their_tones() -> None:
    presses = [(key, 0.5 + 0.3 * place) for place, key in enumerate("1234567890*#")]
    recording, _ = recorded("<Pause length='5'/>", phone=Fingers(*presses))
    assert [(recording.key_at(at), at) for _, at in presses] == presses
    assert is_silent(recording.between(0, 0.5))
    assert is_silent(recording.between(0.6, 0.8))


def test_tones_are_known_over_speech_which_goes_on() -> None:
    """A key that nothing listens for does not stop a Play: both are heard."""
    voice = hum(5, 310, level=5_000)
    for place, wave in enumerate(hum(5, 1_900, level=3_000)):
        voice[place] += wave
    presses = [(key, 0.5 + 0.3 * place) for place, key in enumerate("1234567890*#")]
    recording, record = recorded(
        "<Play>/voice.wav</Play>",
        {"/voice.wav": lambda: served(pcm_file(voice))},
        phone=Fingers(*presses),
    )
    assert {event.lost for event in record.of("pressed")} == {True}
    assert "".join(recording.key_at(at) for _, at in presses) == "1234567890*#"
    assert recording.between(0, 0.5) == encode(voice[:4_000])
    assert recording.between(0.6, 0.8) == encode(voice[4_800:6_400])
    alone = power(voice[4_000:4_800], 310)
    assert power(decode(recording.between(0.5, 0.6)), 310) == pytest.approx(alone, rel=0.1)


@pytest.mark.parametrize(
    ("key", "row", "column"), [("1", 697, 1209), ("5", 770, 1336), ("#", 941, 1477)]
)
def test_a_tone_has_the_frequencies_of_its_key(key: str, row: int, column: int) -> None:
    """ITU-T Q.23: within 1.5 %; measured after mu-law, where each frequency is strongest."""
    samples = decode(encode(tone(key)))
    for frequency in (row, column):
        around = [frequency * (1 + step / 400) for step in range(-16, 17)]
        strongest = max(around, key=lambda hertz: power(samples, hertz))
        assert strongest == pytest.approx(frequency, rel=0.015)


def test_a_tone_begins_and_ends_softly_and_is_loud_enough_but_not_clipped() -> None:
    samples = tone("0")
    assert max(map(abs, samples[:4])) < 1_000
    assert max(map(abs, samples[-4:])) < 1_000
    assert 10_000 < max(map(abs, samples)) < 20_000


def test_keys_pressed_faster_than_they_sound_are_heard_one_after_another() -> None:
    recording, _ = recorded(
        "<Pause length='2'/>", phone=Fingers(("1", 1.0), ("2", 1.01), ("3", 1.5))
    )
    assert [recording.key_at(at) for at in (1.0, 1.15, 1.5)] == ["1", "2", "3"]
    assert is_silent(recording.between(1.1, 1.15))


def test_the_key_that_ends_the_call_is_heard_to_its_end() -> None:
    recording, record = recorded(
        "<Gather numDigits='1' action='/bye'/>",
        {"/bye": "<Hangup/>"},
        phone=Fingers(("7", 2.0)),
    )
    assert record.seconds == 2.0
    assert len(recording.sound) == 2.1 * 8_000
    assert recording.key_at(2.0) == "7"


def test_tones_that_the_app_plays_are_heard() -> None:
    recording, _ = recorded("<Play digits='1w#'/>")
    assert [recording.key_at(at) for at in (0, 0.75)] == ["1", "#"]
    assert is_silent(recording.between(0.1, 0.75))
