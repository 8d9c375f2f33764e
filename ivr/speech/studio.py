"""The studio: a line, all that it can say, who speaks each language, and where clips are kept."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from ivr.check.loading import open_lexicons, open_line
from ivr.engine import Line
from ivr.engine.reach import every_speech
from ivr.settings import Folders
from ivr.speech import (
    AudioLibrary,
    Cast,
    Speaker,
    Utterance,
    choose,
    every_utterance,
    open_recordings,
    parse_engines,
)


@dataclass(frozen=True)
class Studio:
    """All that rendering needs."""

    line: Line
    audio: AudioLibrary
    cast: Cast
    now: datetime

    @cached_property
    def utterances(self) -> tuple[Utterance, ...]:
        """What any call in the coming year can hear, each once."""
        return every_utterance(every_speech(self.line, self.now))


def open_studio(folders: Folders, engines: str | None, now: datetime) -> Studio:
    """Opens the line and its library; `engines` as in SPEECH_ENGINES, or None for the setting's.

    Raises LineRefused, ManifestRefused, RecordingRefused and UnknownEngine.
    """
    line = open_line(folders.data, folders.prompts)
    lexicons = open_lexicons(folders.prompts, line.scripts)
    voices = choose(parse_engines(engines or folders.speech_engines), line.scripts)
    recordings = folders.prompts / "recordings"
    cast = {
        language: Speaker(voice, lexicons[language], open_recordings(recordings, language))
        for language, voice in voices.items()
    }
    return Studio(line, AudioLibrary(folders.clips), cast, now)
