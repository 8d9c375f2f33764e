"""The files a recorder reads: their formats, rates and lengths, and those it cannot read."""

import pytest

from ringback import Recorder
from ringback.media.mulaw import decode, encode
from simulator.tests.booth import Page
from simulator.tests.sounds import (
    babble,
    hum,
    mulaw_file,
    pcm_file,
    served,
)
from simulator.tests.test_recorder import MENU, is_silent, recorded


def test_a_long_clip_is_recorded_whole() -> None:
    """The carrier times a sound by its head alone; a recording needs all of it."""
    long = babble(30)
    pages: dict[str, Page] = {"/long.wav": lambda: served(mulaw_file(long))}
    assert recorded("<Play>/long.wav</Play>", pages)[0].sound == long


def test_sixteen_bits_are_rounded_to_mulaw() -> None:
    wave = hum(1, 440)
    pages: dict[str, Page] = {"/hum.wav": lambda: served(pcm_file(wave))}
    assert recorded("<Play>/hum.wav</Play>", pages)[0].sound == encode(wave)


@pytest.mark.parametrize("hertz", [11_025, 16_000, 44_100])
def test_other_rates_and_stereo_become_telephone_sound(hertz: int) -> None:
    left = hum(0.5, 440, hertz=hertz)
    both = [sample for pair in zip(left, left, strict=True) for sample in pair]
    file = pcm_file(both, hertz=hertz, channels=2)
    recording, _ = recorded("<Play>/hum.wav</Play>", {"/hum.wav": lambda: served(file)})
    heard, wanted = decode(recording.sound), hum(0.5, 440)
    assert len(heard) == len(wanted)
    # One step of mu-law at this level is 512; straight lines cut a little off the peaks.
    assert max(abs(a - b) for a, b in zip(heard[:-1], wanted, strict=False)) < 800


def test_what_cannot_be_read_is_silence_of_its_time_and_said() -> None:
    recorder = Recorder()
    recording, record = recorded(
        "<Play>/song.mp3</Play><Play>/menu.wav</Play>",
        {"/song.mp3": lambda: served(b"\xff" * 16_000, "audio/mpeg")},
        recorder=recorder,
    )
    assert not record.errors
    assert is_silent(recording.between(0, 2))
    assert recording.between(2, 4) == MENU
    [note] = recorder.notes
    assert note.startswith("http://app.test/song.mp3 is silence: expected a WAV file")


@pytest.mark.parametrize(
    "file",
    [
        b"",
        b"RIFF",
        mulaw_file(MENU)[:40],
        mulaw_file(MENU).replace(b"data", b"dada"),
        mulaw_file(MENU)[:22] + b"\0\0" + mulaw_file(MENU)[24:],  # no channels
        mulaw_file(MENU)[:20] + b"\x55\0" + mulaw_file(MENU)[22:],  # MP3 in a WAV file
    ],
)
def test_broken_files_are_silence_and_the_call_goes_on(file: bytes) -> None:
    recording, record = recorded(
        "<Play>/bad.wav</Play><Play>/menu.wav</Play>", {"/bad.wav": lambda: served(file)}
    )
    assert not record.errors
    assert recording.sound.endswith(MENU)
    assert is_silent(recording.sound[: -len(MENU)])
