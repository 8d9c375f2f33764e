"""The recorder: what the caller heard, sample by sample, each sound at its second."""

from collections.abc import Iterable
from typing import Any

import pytest

from ringback import CallRecord, Limits, Phone, Press, Recorder, Stay
from ringback.media.dtmf import tone
from ringback.media.mulaw import encode
from simulator.tests.booth import Booth, Page
from simulator.tests.sounds import (
    Recording,
    babble,
    mulaw_file,
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


def test_waiting_for_a_key_is_silence() -> None:
    recording, _ = recorded("<Gather timeout='4'/><Play>/menu.wav</Play>")
    assert is_silent(recording.between(0, 4))
    assert recording.between(4, 6) == MENU


def test_an_answer_that_is_a_sound_is_recorded() -> None:
    recording, _ = recorded("<Redirect>/menu.wav</Redirect>")
    assert recording.sound == MENU


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
