"""The demonstration call as a caller hears it: every prompt the right one, every tone the key."""

import io
import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from ivr.commands.call import DEMONSTRATION, run
from ivr.engine.speech import Words
from ivr.speech.detection import keys_in, onsets, recognised
from ivr.speech.samples import TELEPHONE, Samples
from ivr.speech.studio import Studio
from ivr.speech.wav import read_wav
from ringback.commands.shared.calling import CallOrder

ORDER = CallOrder(keys=DEMONSTRATION, at=datetime(2026, 11, 24, 3, tzinfo=UTC))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("heard")


@pytest.fixture(scope="module")
def events(studio: Studio, folder: Path) -> list[dict[str, Any]]:
    """The call's events; beside them its recording."""
    out = io.StringIO()
    environ = {"SPEECH": "play", "IVR_AUDIO": str(studio.audio.folder)}
    order = replace(ORDER, json=True, wav=folder / "call.wav")
    assert run(order, None, out, environ) == 0
    return [json.loads(line) for line in out.getvalue().splitlines()]


@pytest.fixture(scope="module")
def recording(events: list[dict[str, Any]], folder: Path) -> Samples:
    return read_wav((folder / "call.wav").read_bytes())


def stretch(sound: Samples, begins: float, ends: float) -> Samples:
    return Samples(sound.values[round(begins * TELEPHONE) : round(ends * TELEPHONE)], TELEPHONE)


def test_every_clip_is_recognised_as_the_prompt_it_should_be(
    studio: Studio, events: list[dict[str, Any]], recording: Samples
) -> None:
    """A closed set: all phrases of the line, each after mu-law as a telephone passes it on."""
    known = {}
    for utterance in studio.utterances:
        if isinstance(utterance.said, Words) and utterance.text not in known:
            entry = studio.audio.find(utterance)
            assert entry is not None
            clip = read_wav(studio.audio.path(entry).read_bytes())
            known[utterance.text] = stretch(clip, 0, entry.seconds - entry.pause)
    heard = {
        str(event["text"]): (event["t"] - event["seconds"], event["t"])
        for event in events
        if event["event"] == "heard" and event["text"] in known
    }
    assert len(heard) > 20
    for text, (begins, ends) in heard.items():
        found, alike = recognised(stretch(recording, begins, ends), known)
        assert found == text
        assert alike > 0.7  # the key's tone sounds over the beginning of what follows it


def test_the_tones_in_the_recording_are_the_keys_that_were_pressed(
    events: list[dict[str, Any]], recording: Samples
) -> None:
    pressed = "".join(str(event["keys"]) for event in events if event["event"] == "pressed")
    assert pressed == "311"
    assert keys_in(recording) == pressed


def test_something_is_heard_within_a_second_of_the_answer(recording: Samples) -> None:
    """Caller rule A1."""
    assert onsets(recording)[0][0] <= 1.0
