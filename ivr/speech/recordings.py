"""Recordings of a person's voice, which replace whatever an engine would say.

They lie in `prompts/recordings/<language>/` as WAV or MP3, at any rate. A file's name begins with
the recording name of its words (`ivr prompts list` shows it); after it and a space anything may
stand, so that people find their way:

    prompts/recordings/ja/3f9c2a1b7d4e emergency.wav

The name follows the words: change a prompt, and its old recording is no longer used. The digits of
a number are recorded one by one, in two takes each: with `、` after it, the voice held (`ゼロ、`),
for all but the last, and with `。`, the voice falling (`ゼロ。`), for the last; where only one take
is there it serves for both. A whole number may be recorded too; its rhythm is then the speaker's.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from ivr.speech import mp3
from ivr.speech.extra import need
from ivr.speech.samples import Samples
from ivr.speech.utterances import recording_name

_KINDS = {".wav": "wav_read_s16", ".mp3": "mp3_read_s16"}
_NAME_LENGTH = len(recording_name("", ""))


class RecordingRefused(ValueError):
    """A recording can't be used; the message names the file and says why."""


@dataclass(frozen=True)
class Recordings:
    """The files of one language, by recording name."""

    language: str = ""
    files: Mapping[str, Path] = field(default_factory=dict)

    def find(self, text: str) -> Path | None:
        """The recording of a text, if there is one."""
        return self.files.get(recording_name(text, self.language)) if self.files else None


NO_RECORDINGS = Recordings()


def open_recordings(folder: Path, language: str) -> Recordings:
    """The recordings in `<folder>/<language>`; none where there is no such folder.

    Raises RecordingRefused for a file whose name says nothing, and for two of one name.
    """
    files: dict[str, Path] = {}
    for file in sorted((folder / language).glob("*")):
        if file.name.startswith(".") or file.suffix.lower() not in _KINDS:
            continue
        name = file.stem[:_NAME_LENGTH]
        if len(name) < _NAME_LENGTH or set(name) - set("0123456789abcdef"):
            raise RecordingRefused(
                f"{file}: the name must begin with the {_NAME_LENGTH} letters of what it says; "
                "`ivr prompts list` shows them"
            )
        if name in files:
            raise RecordingRefused(f"{file}: {files[name].name} has the same words; keep one")
        files[name] = file
    return Recordings(language, files)


def fingerprint(file: Path) -> str:
    """A recording's content in a name: another take is another clip."""
    return "recording-" + hashlib.sha256(file.read_bytes()).hexdigest()[:12]


def hear(file: Path) -> Samples:
    """The sound of a recording. Raises RecordingRefused, and MissingExtra without miniaudio."""
    miniaudio = need("miniaudio", "reading recordings", "miniaudio")
    try:
        found = getattr(miniaudio, _KINDS[file.suffix.lower()])(file.read_bytes())
    except miniaudio.MiniaudioError as error:
        raise RecordingRefused(f"{file}: it can't be decoded ({error}); save it again") from None
    return mp3.mixed(found.samples, found.nchannels, found.sample_rate)
