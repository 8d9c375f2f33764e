"""The recorder: what the caller heard, sample by sample, and the caller's keys as tones."""

from collections.abc import Iterable
from typing import Any

import pytest

from ringback import CallRecord, Limits, Phone, Press, Recorder, Stay
from ringback.media.dtmf import tone
from ringback.media.mulaw import decode, encode
from simulator.tests.booth import Booth, Page
from simulator.tests.sounds import (
    Recording,
    babble,
    hum,
    mulaw_file,
    pcm_file,
    power,
    served,
    taken_apart,
)

SILENT = 0xFF
MENU, LATER = babble(2.0, seed=1), babble(1.5, seed=2)
CLIPS: dict[str, Page] = {
    "/menu.wav": lambda: served(mulaw_file(MENU)),
    "/later.wav": lambda: served(mulaw_file(LATER)),
}


class Fingers:
    """Presses keys at their seconds, whoever listens."""

    def __init__(self, *presses: tuple[str, float]) -> None:
        self._presses = [Press(key, at) for key, at in presses]

    def listen(self, listening):
        if self._presses and self._presses[0].at <= listening.deadline:
            return self._presses.pop(0)
        return Stay()


def recorded(
    verbs: str,
    pages: dict[str, Page] | None = None,
    *,
    phone: Phone | None = None,
    recorder: Recorder | None = None,
    **carrier: Any,
) -> tuple[Recording, CallRecord]:
    recorder = recorder or Recorder()
    booth = Booth({"/voice": verbs, **CLIPS, **(pages or {})}, **carrier)
    record = booth.ring(phone=phone or Fingers(), listener=recorder)
    return taken_apart(recorder.wav()), record


def is_silent(sound: Iterable[int]) -> bool:
    return set(sound) <= {SILENT}


def test_the_file_is_telephone_sound_as_long_as_the_call() -> None:
    recording, record = recorded("<Play>/menu.wav</Play><Pause length='3'/>")
    assert (recording.kind, recording.channels, recording.hertz, recording.bits) == (7, 1, 8000, 8)
    assert len(recording.sound) == recording.fact == record.seconds * 8_000 == 5 * 8_000


def test_every_clip_stands_at_its_second_sample_by_sample() -> None:
    recording, record = recorded(
        "<Pause length='1'/><Play>/menu.wav</Play><Pause length='2'/><Play>/later.wav</Play>"
    )
    assert [event.t - event.seconds for event in record.of("heard")] == [1.0, 5.0]
    assert is_silent(recording.between(0, 1))
    assert recording.between(1, 3) == MENU
    assert is_silent(recording.between(3, 5))
    assert recording.between(5, 6.5) == LATER


def test_clips_follow_each_other_without_a_gap_wherever_they_begin() -> None:
    """Words take odd times; a sample may be neither lost nor doubled after them."""
    recording, record = recorded("<Say>Hello.</Say><Play loop='3'>/menu.wav</Play>")
    begins = record.of("heard")[0].seconds
    assert recording.sound[int(begins * 8_000 + 0.5) :] == MENU * 3


def test_a_key_cuts_the_clip_and_sounds_as_a_tone() -> None:
    recording, _ = recorded(
        "<Pause/><Gather numDigits='1' action='/next'><Play>/menu.wav</Play></Gather>",
        {"/next": "<Pause length='1'/><Play>/later.wav</Play>"},
        phone=Fingers(("5", 1.75)),
    )
    assert is_silent(recording.between(0, 1))
    assert recording.between(1, 1.75) == MENU[:6_000]
    assert recording.between(1.75, 1.85) == encode(tone("5"))
    assert is_silent(recording.between(1.85, 2.75))
    assert recording.between(2.75, 4.25) == LATER


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


def test_waiting_for_a_key_is_silence() -> None:
    recording, _ = recorded("<Gather timeout='4'/><Play>/menu.wav</Play>")
    assert is_silent(recording.between(0, 4))
    assert recording.between(4, 6) == MENU


def test_an_answer_that_is_a_sound_is_recorded() -> None:
    recording, _ = recorded("<Redirect>/menu.wav</Redirect>")
    assert recording.sound == MENU


def test_a_long_clip_is_recorded_whole() -> None:
    """The carrier times a sound by its head alone; a recording needs all of it."""
    long = babble(30)
    pages: dict[str, Page] = {"/long.wav": lambda: served(mulaw_file(long))}
    assert recorded("<Play>/long.wav</Play>", pages)[0].sound == long


def test_tones_that_the_app_plays_are_heard() -> None:
    recording, _ = recorded("<Play digits='1w#'/>")
    assert [recording.key_at(at) for at in (0, 0.75)] == ["1", "#"]
    assert is_silent(recording.between(0.1, 0.75))


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


def test_words_are_silence_of_their_time_where_nobody_speaks_them() -> None:
    recorder = Recorder()
    recording, record = recorded("<Say>Good morning.</Say>", recorder=recorder)
    assert is_silent(recording.sound)
    assert len(recording.sound) == round(record.seconds * 8_000) > 0
    assert recorder.unspoken == 1


def test_a_voice_speaks_the_words_and_sets_their_time() -> None:
    asked: list[tuple[str, str]] = []

    def voice(text: str, language: str) -> bytes | None:
        asked.append((text, language))
        return {"もしもし": mulaw_file(MENU), "Hello": mulaw_file(LATER)}.get(text)

    recorder = Recorder()
    recording, record = recorded(
        "<Say language='ja-JP'>もしもし<break time='500ms'/>はい</Say><Say>Hello</Say>",
        voice=voice,
        recorder=recorder,
    )
    assert asked == [("もしもし", "ja-JP"), ("はい", "ja-JP"), ("Hello", "en-US")]
    assert recording.between(0, 2) == MENU
    assert recording.sound.endswith(LATER)
    hai = 2 / 6.5  # it does not speak this one: silence of the time it would take
    assert record.seconds == pytest.approx(2 + 0.5 + hai + 1.5)
    assert recorder.unspoken == 1


def test_the_recording_stops_after_its_longest_time_and_says_so() -> None:
    recorder = Recorder(longest=60)
    recording, record = recorded(
        "<Play loop='100'>/menu.wav</Play>", recorder=recorder, phone=Fingers(("1", 59.95))
    )
    assert record.seconds == 200
    assert len(recording.sound) == 60 * 8_000
    assert recording.between(0, 59.95) == (MENU * 30)[:-400]
    assert recorder.notes == ("the recording stops after 1 minutes; the call went on",)


def test_nothing_sounds_after_the_carrier_cut_the_call_off() -> None:
    limits = Limits(call_seconds=3)
    recording, _ = recorded("<Play loop='5'>/menu.wav</Play>", limits=limits)
    assert recording.sound == MENU + MENU[:8_000]


def test_an_app_that_plays_too_much_at_once_does_not_fill_the_memory() -> None:
    recorder = Recorder()
    recording, _ = recorded(
        "<Gather><Play>/menu.wav</Play><Play>/later.wav</Play></Gather>",
        recorder=recorder,
        limits=Limits(kept_audio_bytes=20_000),
    )
    assert recording.between(0, 2) == MENU
    assert is_silent(recording.between(2, 8))
    assert "plays too much" in recorder.notes[0]


def test_without_a_listener_no_sound_is_kept() -> None:
    class Curious:
        def listen(self, listening):
            assert [part.file for segment in listening.prompt for part in segment.parts] == [b""]
            return Stay()

    booth = Booth({"/voice": "<Play>/menu.wav</Play>", **CLIPS})
    assert booth.ring(phone=Curious()).seconds == 2.0


def test_the_same_call_gives_the_same_bytes_and_listening_in_changes_nothing() -> None:
    def call(**listener: Recorder) -> CallRecord:
        verbs = "<Gather numDigits='2' action='/next'><Play>/menu.wav</Play></Gather>"
        pages = {"/voice": verbs, "/next": "<Play>/later.wav</Play>", **CLIPS}
        return Booth(pages).ring(phone=Fingers(("1", 0.3), ("2", 0.7)), **listener)

    first, second = Recorder(), Recorder()
    records = [call(listener=first), call(listener=second), call()]
    assert first.wav() == second.wav() == first.wav()
    assert records[0].events == records[1].events == records[2].events
