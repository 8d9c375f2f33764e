"""The line's own voice: synthesizers, how words are read, and the library of what is played."""

from ivr.speech.clips import Clip, NoSpeaker, clip_of
from ivr.speech.engines import DEFAULT, UnknownEngine, choose, parse_engines
from ivr.speech.extra import MissingExtra
from ivr.speech.lexicon import NO_LEXICON, Lexicon, LexiconRefused, load_lexicon
from ivr.speech.library import AudioLibrary
from ivr.speech.manifest import Entry, ManifestRefused
from ivr.speech.recordings import RecordingRefused, Recordings, open_recordings
from ivr.speech.samples import Samples
from ivr.speech.synthesizer import SynthesisFailed, Synthesizer
from ivr.speech.takes import Cast, Speaker
from ivr.speech.utterances import (
    NORMAL,
    SLOW,
    Pace,
    Utterance,
    every_utterance,
    playlist,
    recording_name,
)

__all__ = [
    "DEFAULT",
    "NORMAL",
    "NO_LEXICON",
    "SLOW",
    "AudioLibrary",
    "Cast",
    "Clip",
    "Entry",
    "Lexicon",
    "LexiconRefused",
    "ManifestRefused",
    "MissingExtra",
    "NoSpeaker",
    "Pace",
    "RecordingRefused",
    "Recordings",
    "Samples",
    "Speaker",
    "SynthesisFailed",
    "Synthesizer",
    "UnknownEngine",
    "Utterance",
    "choose",
    "clip_of",
    "every_utterance",
    "load_lexicon",
    "open_recordings",
    "parse_engines",
    "playlist",
    "recording_name",
]
