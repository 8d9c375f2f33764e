"""Open JTalk: Japanese, offline, by pyopenjtalk-plus and its voice Mei.

Mei is the work of the MMDAgent Project Team, Nagoya Institute of Technology, under CC BY 3.0
(https://creativecommons.org/licenses/by/3.0/): whoever publishes its sound names the author.
"""

from array import array
from dataclasses import dataclass
from itertools import groupby

from ivr.speech.extra import need
from ivr.speech.readings import kana, morae
from ivr.speech.samples import Samples, joined, silence
from ivr.speech.shaping import COMMA, speaking_seconds, trimmed
from ivr.speech.synthesizer import SynthesisFailed

SLOWEST, WANTED, FASTEST = 5.5, 6.7, 7.0  # morae a second inside a phrase (caller rule G1)
_SPEED = 0.78  # of the voice's own: measured, it gives 6.6 morae a second on average
_LEAST_SPEED, _MOST_SPEED = 0.5, 0.95
_FULL_SCALE = 32768


@dataclass(frozen=True)
class OpenJTalk:
    """Mei at a telephone's pace: a phrase that comes out too fast or slow is said once more."""

    name: str = "openjtalk-mei-3"

    @property
    def languages(self) -> frozenset[str]:
        """Japanese."""
        return frozenset({"ja"})

    def speak(self, text: str, language: str) -> Samples:
        """The sentence; see Synthesizer."""
        if language not in self.languages:
            raise SynthesisFailed(f"Open JTalk speaks Japanese, not `{language}`: `{text}`")
        spoken = morae(kana(text))
        if not spoken:
            raise SynthesisFailed(f"there is nothing to say in `{text}`")
        sound = _said(text, _SPEED)
        rate = spoken / max(speaking_seconds(sound), 0.05)
        if SLOWEST <= rate <= FASTEST:
            return sound
        return _said(text, max(_LEAST_SPEED, min(_MOST_SPEED, _SPEED * WANTED / rate)))


def _said(text: str, speed: float) -> Samples:
    """The sentence, a COMMA between its breaths.

    The voice's own rests, 0.3 to 0.7 s of slowly computed silence, are never synthesized: a breath
    is spoken by itself, from labels that still know the whole sentence's melody.
    """
    engine = need("pyopenjtalk", "rendering Japanese offline")
    sounds: list[Samples] = []
    for breath, labels in groupby(engine.extract_fullcontext(text), _is_spoken):
        if not breath:
            continue
        waves, hertz = engine.synthesize(list(labels), speed)
        values = array("f", (waves / _FULL_SCALE).astype("f4").tobytes())
        sound = trimmed(Samples(values, int(hertz)))
        sounds += [silence(COMMA, sound.hertz), sound] if sounds else [sound]
    return joined(sounds)


def _is_spoken(label: str) -> bool:
    """Whether a label's phone, the third of the five it begins with, is none of the rests."""
    return not any(f"-{rest}+" in label for rest in ("sil", "pau"))
