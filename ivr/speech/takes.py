"""A take: one sentence, or one digit, as one voice says it, at telephone rate and one loudness."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TypeAlias

from ivr.engine.pauses import AFTER_SENTENCE
from ivr.engine.speech import Digits, Words
from ivr.speech.detection import onsets
from ivr.speech.lexicon import NO_LEXICON, Lexicon
from ivr.speech.mulaw import MULAW_SILENCE, decode_mulaw, encode_mulaw
from ivr.speech.phrases import sentences
from ivr.speech.recordings import NO_RECORDINGS, Recordings, fingerprint, hear
from ivr.speech.samples import TELEPHONE, Samples
from ivr.speech.shaping import for_telephone, levelled
from ivr.speech.synthesizer import SynthesisFailed, Synthesizer
from ivr.speech.utterances import pace_of, text_of

_MARKS = {
    "ja": ("、", "。"),
    "zh": ("，", "。"),
}  # after a digit: the voice goes on, or comes to an end
_OTHER_MARKS = (",", ".")
_LEAST_REST = 0.1  # seconds between two digits, so that they stay apart


@dataclass(frozen=True)
class Phrase:
    """What is spoken in one take: the lexicon has been applied, unless it is a recording's text."""

    text: str
    language: str
    recording: Path | None = None


Takes: TypeAlias = Mapping[Phrase, bytes]  # mu-law at 8 kHz, ready to be put into files


@dataclass(frozen=True)
class Speaker:
    """Who speaks one language: an engine, its respellings, and a person where one was recorded."""

    synthesizer: Synthesizer
    lexicon: Lexicon = NO_LEXICON
    recordings: Recordings = NO_RECORDINGS

    def phrases(self, said: Words | Digits) -> tuple[Phrase, ...]:
        """The takes that make up the words, or a number's digits, in order."""
        text, language = text_of(said), said.language
        whole = self.recordings.find(text)
        if whole:
            return (Phrase(text, language, whole),)
        if isinstance(said, Digits):
            digits = [digit for group in said.groups for digit in group]
            held = [self._digit(digit, language, held=True) for digit in digits[:-1]]
            return (*held, self._digit(digits[-1], language, held=False))
        return tuple(Phrase(part, language) for part in sentences(self.lexicon.spoken(text)))

    def source(self, phrase: Phrase) -> str:
        """Who says it: the engine's name, or the recording's fingerprint."""
        return fingerprint(phrase.recording) if phrase.recording else self.synthesizer.name

    def take(self, phrase: Phrase) -> bytes:
        """The phrase, spoken, as mu-law without silence around it.

        Raises SynthesisFailed, RecordingRefused and MissingExtra.
        """
        if phrase.recording:
            sound = hear(phrase.recording)
        else:
            sound = self.synthesizer.speak(phrase.text, phrase.language)
        sound = levelled(for_telephone(sound))
        if not sound.values:
            raise SynthesisFailed(f"{self.source(phrase)} is silent at `{phrase.text}`")
        return encode_mulaw(sound.values)

    def _digit(self, word: str, language: str, held: bool) -> Phrase:
        """A digit in the tone that suits its place (caller rule E9)."""
        going_on, ending = _MARKS.get(language, _OTHER_MARKS)
        text = word + (going_on if held else ending)
        other = word + (ending if held else going_on)
        recorded = self.recordings.find(text) or self.recordings.find(other)
        return Phrase(text, language, recorded)


Cast: TypeAlias = Mapping[str, Speaker]  # by language


def mulaw_silence(seconds: float) -> bytes:
    """Silence, for a number of seconds, to the nearest sample."""
    return MULAW_SILENCE * round(seconds * TELEPHONE)


def said_by(said: Words | Digits, phrases: tuple[Phrase, ...], takes: Takes) -> bytes:
    """Words or a number, put together from their takes. Raises SynthesisFailed."""
    if not phrases:
        raise SynthesisFailed(f"there is nothing to say in `{text_of(said)}`")
    if isinstance(said, Digits) and len(phrases) == sum(map(len, said.groups)):
        return _dictated(said, phrases, takes)
    return mulaw_silence(AFTER_SENTENCE).join(takes[phrase] for phrase in phrases)


def _dictated(number: Digits, phrases: tuple[Phrase, ...], takes: Takes) -> bytes:
    """Each digit is heard to begin `pace.digit` seconds after the one before it, and each group
    `pace.group` seconds of silence after the one before it ended.

    What counts is where a telephone begins to hear a digit: of サン it loses the first hiss.
    """
    pace = pace_of(number)
    step, gap, left = pace.digit * TELEPHONE, pace.group * TELEPHONE, iter(phrases)
    heard, begins = b"", 0.0
    for group in number.groups:
        for place, phrase in enumerate(next(left) for _ in group):
            take = takes[phrase]
            first, last = _heard(take)
            rest = round(begins) - first - len(heard)
            if place and rest < _LEAST_REST * TELEPHONE:
                raise SynthesisFailed(
                    f"a digit before `{phrase.text}` is too long for one every {pace.digit:g} s; "
                    "record it shorter"
                )
            heard += MULAW_SILENCE * max(0, rest)
            ended = len(heard) + last
            heard += take
            begins = len(heard) - len(take) + first + step
        begins = ended + gap
    return heard


@lru_cache(maxsize=512)
def _heard(take: bytes) -> tuple[int, int]:
    """Between which of its samples a take is heard."""
    found = onsets(Samples(decode_mulaw(take), TELEPHONE))
    if not found:
        return 0, len(take)
    return round(found[0][0] * TELEPHONE), round(found[-1][1] * TELEPHONE)
