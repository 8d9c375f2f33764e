"""The audio library: built once, taken up where it stopped, never half-written."""

import json
import os
import wave
from array import array
from dataclasses import replace
from pathlib import Path

import pytest

from ivr.engine import Digits, Pause, Words
from ivr.speech import (
    AudioLibrary,
    Cast,
    Clip,
    Lexicon,
    ManifestRefused,
    NoSpeaker,
    RecordingRefused,
    Speaker,
    SynthesisFailed,
    Utterance,
    every_utterance,
    open_recordings,
    recording_name,
)
from ivr.speech.detection import onsets
from ivr.speech.openjtalk import OpenJTalk
from ivr.speech.wav import read_wav
from tests.speech.voices import Hummer, hum, needs_miniaudio, needs_openjtalk

EMERGENCY = Words("電話を切って、110番へ。", "ja")
TWO = Words("送りました。もう一度、お伝えします。", "ja")
NUMBER = Digits((("ゼロ", "イチ"), ("ニー",), ("サン", "ゼロ")), "ja")
SPEECHES = [
    (EMERGENCY, Pause(0.5), TWO),
    (TWO, Pause(0.5), NUMBER, Pause(1.8), NUMBER),
    (Pause(1.0), EMERGENCY),
]
UTTERANCES = every_utterance(SPEECHES)


@pytest.fixture
def hummer() -> Hummer:
    return Hummer()


@pytest.fixture
def cast(hummer: Hummer) -> Cast:
    return {"ja": Speaker(hummer, Lexicon({"110番": "ヒャクトーバン"}))}


@pytest.fixture
def library(tmp_path: Path) -> AudioLibrary:
    return AudioLibrary(tmp_path / "audio")


def test_a_build_makes_every_clip_and_speaks_each_phrase_once(
    library: AudioLibrary, cast: Cast, hummer: Hummer
) -> None:
    seen: list[tuple[int, int]] = []
    made = library.build(UTTERANCES, cast, lambda done, every, _clip: seen.append((done, every)))
    assert len(made) == len(UTTERANCES) == 7
    assert seen == [(n, 7) for n in range(1, 8)]
    assert sorted(hummer.asked) == sorted(set(hummer.asked))
    assert "電話を切って、ヒャクトーバンへ。" in hummer.asked  # as the lexicon has it
    assert {"送りました。", "もう一度、お伝えします。"} <= set(hummer.asked)  # each by itself
    assert {"ゼロ、", "ゼロ。"} <= set(hummer.asked)  # the last digit falls
    for utterance in UTTERANCES:
        entry = library.find(utterance)
        assert entry is not None
        sound = read_wav(library.path(entry).read_bytes())
        assert sound.seconds == pytest.approx(entry.seconds)
        assert entry.text == utterance.text


def test_a_second_build_speaks_nothing(library: AudioLibrary, cast: Cast, hummer: Hummer) -> None:
    library.build(UTTERANCES, cast)
    before = {file.name: file.stat().st_mtime_ns for file in library.folder.iterdir()}
    hummer.asked.clear()
    assert AudioLibrary(library.folder).build(UTTERANCES, cast) == ()
    assert hummer.asked == []
    assert {file.name: file.stat().st_mtime_ns for file in library.folder.iterdir()} == before


def test_a_pause_is_exact_to_the_sample(library: AudioLibrary, cast: Cast) -> None:
    library.build([Utterance(EMERGENCY), Utterance(EMERGENCY, 0.3), Utterance(None, 1.0)], cast)
    bare, paused, silent = (
        library.find(one)
        for one in (Utterance(EMERGENCY), Utterance(EMERGENCY, 0.3), Utterance(None, 1.0))
    )
    assert bare is not None
    assert paused is not None
    assert silent is not None
    assert round(8000 * paused.seconds) - round(8000 * bare.seconds) == 2400
    assert silent.seconds == 1.0
    assert set(library.path(paused).read_bytes()[-2400:]) == {0xFF}


@pytest.mark.parametrize(("pace", "digit", "gap"), [("normal", 0.9, 0.85), ("slow", 1.0, 1.0)])
def test_digits_begin_on_the_beat_and_groups_stand_apart(
    library: AudioLibrary, cast: Cast, pace: str, digit: float, gap: float
) -> None:
    number = Utterance(replace(NUMBER, slow=pace == "slow"))
    library.build([number], cast)
    entry = library.find(number)
    assert entry is not None
    heard = onsets(read_wav(library.path(entry).read_bytes()))
    assert len(heard) == 5
    (a, _), (b, b_end), (c, c_end), (d, _), (e, _) = heard
    assert b - a == pytest.approx(digit, abs=0.006)
    assert e - d == pytest.approx(digit, abs=0.006)
    assert c - b_end == pytest.approx(gap, abs=0.006)
    assert d - c_end == pytest.approx(gap, abs=0.006)


def test_a_digit_too_long_for_its_beat_is_refused(library: AudioLibrary, cast: Cast) -> None:
    endless = Digits((("ゼロ" * 10, "イチ"),), "ja")
    with pytest.raises(SynthesisFailed, match=r"too long for one every 0\.9 s; record it shorter"):
        library.build([Utterance(endless)], cast)


def test_a_build_that_fails_keeps_what_it_made_and_a_second_one_completes(
    library: AudioLibrary, cast: Cast, hummer: Hummer
) -> None:
    hummer.fails_at = lambda text: text == "もう一度、お伝えします。"
    with pytest.raises(SynthesisFailed, match="no voice for"):
        library.build(UTTERANCES, cast)
    again = AudioLibrary(library.folder)
    assert again.entries  # the emergency sentence, at least
    assert all(again.path(entry).exists() for entry in again.entries.values())
    assert len(again.missing(UTTERANCES, cast)) == 7 - len(again.entries)
    hummer.fails_at = lambda _text: False
    again.build(UTTERANCES, cast)
    assert again.missing(UTTERANCES, cast) == ()


def test_clips_of_a_build_that_was_killed_are_taken_up(
    library: AudioLibrary, cast: Cast, hummer: Hummer
) -> None:
    library.build(UTTERANCES, cast)
    (library.folder / "manifest.json").unlink()
    hummer.asked.clear()
    again = AudioLibrary(library.folder)
    assert len(again.missing(UTTERANCES, cast)) == 7
    again.build(UTTERANCES, cast)
    assert hummer.asked == []
    assert again.entries == library.entries


def test_a_clip_that_is_lost_or_cut_off_is_rendered_again(
    library: AudioLibrary, cast: Cast
) -> None:
    library.build(UTTERANCES, cast)
    lost = next(iter(library.entries.values()))
    whole = library.path(lost).read_bytes()
    library.path(lost).unlink()
    assert [clip.name for clip in library.missing(UTTERANCES, cast)] == [lost.name]
    library.build(UTTERANCES, cast)
    assert library.path(lost).read_bytes() == whole
    (library.folder / "manifest.json").unlink()
    library.path(lost).write_bytes(whole[:100])
    AudioLibrary(library.folder).build(UTTERANCES, cast)
    assert library.path(lost).read_bytes() == whole


def test_another_engine_or_spelling_makes_another_clip_and_takes_its_place(
    library: AudioLibrary, cast: Cast
) -> None:
    library.build(UTTERANCES, cast)
    first = library.find(Utterance(EMERGENCY))
    other = {"ja": Speaker(Hummer(name="other-1"), Lexicon({"110番": "ヒャクトーバン"}))}
    assert len(library.missing(UTTERANCES, other)) == 6  # silence is nobody's
    library.build(UTTERANCES, other)
    second = library.find(Utterance(EMERGENCY))
    assert first is not None
    assert second is not None
    assert (first.engine, second.engine) == ("hummer-1", "other-1")
    assert first.name != second.name
    respelt = {"ja": Speaker(Hummer(name="other-1"))}
    changed = {clip.utterance.said for clip in library.missing(UTTERANCES, respelt)}
    assert changed == {EMERGENCY}
    assert len(library.entries) == 7


def test_pruning_keeps_only_what_is_still_said(library: AudioLibrary, cast: Cast) -> None:
    library.build(UTTERANCES, cast)
    (library.folder / ".manifest.json.half").write_text("{")
    (library.folder / "README").write_text("a person's own")
    gone = library.prune(every_utterance(SPEECHES[:1]))
    assert len(gone) == 6
    assert {entry.text for entry in library.entries.values()} == {EMERGENCY.text, TWO.text}
    left = {file.name for file in library.folder.iterdir()}
    assert left == {"manifest.json", "README", *(e.file for e in library.entries.values())}
    assert library.prune(every_utterance(SPEECHES[:1])) == ()


def test_a_language_without_a_voice_is_told(library: AudioLibrary, cast: Cast) -> None:
    with pytest.raises(NoSpeaker, match=r"speaks `en`, the language of `Hello`.*SPEECH_ENGINES=en"):
        library.missing([Utterance(Words("Hello", "en"))], cast)
    assert library.find(Utterance(Words("Hello", "en"))) is None


def test_a_manifest_that_is_no_manifest_is_refused(tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_text('{"version": 1, "clips": {"a": {"text": 1')
    with pytest.raises(ManifestRefused, match=r"manifest\.json can't be read .*build again"):
        AudioLibrary(tmp_path)
    (tmp_path / "manifest.json").write_text('{"version": 2}')
    with pytest.raises(ManifestRefused, match="of version 2; this program reads 1"):
        AudioLibrary(tmp_path)


def test_the_manifest_is_for_people_too(library: AudioLibrary, cast: Cast) -> None:
    library.build([Utterance(EMERGENCY, 0.5)], cast)
    ((name, clip),) = json.loads((library.folder / "manifest.json").read_text())["clips"].items()
    assert (library.folder / f"{name}.wav").exists()
    assert (clip["text"], clip["language"], clip["engine"]) == (EMERGENCY.text, "ja", "hummer-1")
    assert clip["pause"] == 0.5


@needs_openjtalk
def test_several_processes_make_the_same_clips(tmp_path: Path) -> None:
    alone, together = AudioLibrary(tmp_path / "one"), AudioLibrary(tmp_path / "two")
    some, voices = [Utterance(TWO, 0.5), Utterance(NUMBER)], {"ja": Speaker(OpenJTalk())}
    alone.build(some, voices)
    together.build(some, voices, jobs=2)
    assert alone.entries == together.entries
    for entry in alone.entries.values():
        assert alone.path(entry).read_bytes() == together.path(entry).read_bytes()


def test_what_goes_wrong_in_another_process_is_told_here(library: AudioLibrary) -> None:
    english = Words("Not Japanese. Not at all.", "en")
    with pytest.raises(SynthesisFailed, match="Open JTalk speaks Japanese, not `en`"):
        library.build([Utterance(english)], {"en": Speaker(OpenJTalk())}, jobs=2)


def test_a_process_that_dies_is_told_in_one_line(library: AudioLibrary) -> None:
    voices: Cast = {"ja": Speaker(Deadly())}
    with pytest.raises(SynthesisFailed, match=r"ended unexpectedly.*fewer jobs"):
        library.build(UTTERANCES, voices, jobs=2)


class Deadly(Hummer):
    """A hummer that ends the process it is handed to."""

    def __reduce__(self) -> tuple[object, tuple[int]]:
        return (os._exit, (3,))


def record(folder: Path, text: str, seconds: float, note: str = "") -> Path:
    """A person's recording, at 44.1 kHz as editors save it."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"{recording_name(text, 'ja')}{note}.wav"
    sound = hum(seconds, 440, 44100)
    with wave.open(str(file), "wb") as opened:
        opened.setnchannels(1)
        opened.setsampwidth(2)
        opened.setframerate(44100)
        opened.writeframes(array("h", (round(v * 20000) for v in sound.values)).tobytes())
    return file


@needs_miniaudio
def test_a_person_speaks_instead_of_an_engine(
    tmp_path: Path, library: AudioLibrary, cast: Cast, hummer: Hummer
) -> None:
    library.build(UTTERANCES, cast)
    record(tmp_path / "ja", EMERGENCY.text, 1.7, " emergency, second take")
    recorded: Cast = {"ja": Speaker(hummer, recordings=open_recordings(tmp_path, "ja"))}
    changed = library.missing([Utterance(EMERGENCY), Utterance(TWO)], recorded)
    assert [clip.utterance.said for clip in changed] == [EMERGENCY]
    library.build([Utterance(EMERGENCY)], recorded)
    entry = library.find(Utterance(EMERGENCY))
    assert entry is not None
    assert entry.engine.startswith("recording-")
    assert entry.seconds == pytest.approx(1.7, abs=0.03)
    record(tmp_path / "ja", EMERGENCY.text, 1.5, " emergency, second take")
    assert library.missing([Utterance(EMERGENCY)], recorded)  # another take is another clip


@needs_miniaudio
def test_a_digit_recorded_once_serves_held_and_falling(tmp_path: Path, hummer: Hummer) -> None:
    for digit in ("ゼロ", "イチ", "ニー", "サン"):
        record(tmp_path / "ja", digit + "、", 0.4)
    speaker = Speaker(hummer, recordings=open_recordings(tmp_path, "ja"))
    library = AudioLibrary(tmp_path / "audio")
    (clip,) = library.build([Utterance(NUMBER)], {"ja": speaker})
    assert "hummer" not in clip.engine
    assert hummer.asked == []


def test_recordings_with_puzzling_names_are_refused(tmp_path: Path) -> None:
    file = record(tmp_path / "ja", EMERGENCY.text, 0.1)
    (tmp_path / "ja" / "notes.txt").write_text("who spoke, and when")
    assert open_recordings(tmp_path, "ja").find(EMERGENCY.text) == file
    assert open_recordings(tmp_path, "en").files == {}
    file.with_name(f"{file.stem} again.wav").write_bytes(b"")
    with pytest.raises(RecordingRefused, match="has the same words; keep one"):
        open_recordings(tmp_path, "ja")
    (tmp_path / "ko").mkdir()
    (tmp_path / "ko" / "emergency.wav").write_bytes(b"")
    with pytest.raises(RecordingRefused, match="must begin with the 12 letters"):
        open_recordings(tmp_path, "ko")


def test_a_clip_is_named_by_all_that_it_depends_on(library: AudioLibrary, cast: Cast) -> None:
    def name(utterance: Utterance) -> str:
        (clip,) = library.missing([utterance], cast)
        assert isinstance(clip, Clip)
        return clip.name

    names = [
        name(Utterance(EMERGENCY)),
        name(Utterance(EMERGENCY, 0.5)),
        name(Utterance(TWO)),
        name(Utterance(NUMBER)),
        name(Utterance(replace(NUMBER, slow=True))),
    ]
    assert len(set(names)) == 5
    assert name(Utterance(EMERGENCY)) == names[0]
    assert all(len(one) == 20 for one in names)
