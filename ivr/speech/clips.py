"""A clip: the file that is played for an utterance, named by all that its sound depends on."""

import hashlib
import json
from dataclasses import dataclass

from ivr.engine.speech import Digits
from ivr.speech.takes import Cast, Phrase, Takes, mulaw_silence, said_by
from ivr.speech.utterances import Utterance
from ivr.speech.wav import write_wav

SILENT = "silence"
_MADE = 1  # counts how clips are made: raise it when the same words would come out differently
_NAME_LENGTH = 20


class NoSpeaker(ValueError):
    """An utterance's language has no engine; the message names the language and the setting."""


@dataclass(frozen=True)
class Clip:
    """One file of the library. `engine` is who speaks: an engine's name or a recording's."""

    utterance: Utterance
    phrases: tuple[Phrase, ...]
    engine: str
    name: str

    @property
    def file(self) -> str:
        """Its file name: another sound never has the same, so it may be cached for ever."""
        return f"{self.name}.wav"


def clip_of(utterance: Utterance, cast: Cast) -> Clip:
    """The clip that the cast would make of an utterance. Raises NoSpeaker."""
    said = utterance.said
    if said is None:
        return Clip(utterance, (), SILENT, _name(utterance, []))
    if said.language not in cast:
        raise NoSpeaker(
            f"no speech engine speaks `{said.language}`, the language of `{utterance.text}`; "
            f"name one, say SPEECH_ENGINES={said.language}=gtts"
        )
    speaker = cast[said.language]
    phrases = speaker.phrases(said)
    sources = {phrase: speaker.source(phrase) for phrase in phrases}
    spoken = [[sources[phrase], phrase.text] for phrase in phrases]
    engine = "+".join(sorted(set(sources.values())))
    return Clip(utterance, phrases, engine, _name(utterance, spoken))


def render_clip(clip: Clip, takes: Takes) -> bytes:
    """The clip as a WAV file, from the takes of its phrases. Raises SynthesisFailed."""
    utterance, heard = clip.utterance, b""
    if utterance.said is not None:
        heard = said_by(utterance.said, clip.phrases, takes)
    return write_wav(heard + mulaw_silence(utterance.pause))


def _name(utterance: Utterance, spoken: list[list[str]]) -> str:
    pace = utterance.pace
    number = [pace.digit, pace.group] if isinstance(utterance.said, Digits) else []
    depends_on = [_MADE, *utterance.key, spoken, number]
    return hashlib.sha256(json.dumps(depends_on).encode()).hexdigest()[:_NAME_LENGTH]
