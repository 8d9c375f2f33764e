"""Stand-ins for engines: a voice that hums, and what tests ask of the optional packages."""

from array import array
from collections.abc import Callable
from dataclasses import dataclass, field
from math import pi, sin
from pathlib import Path

import pytest

from ivr.speech import Samples, SynthesisFailed
from ivr.speech.extra import have

needs_openjtalk = pytest.mark.skipif(
    not have("pyopenjtalk"), reason="needs the extra [speech]: pyopenjtalk-plus is not installed"
)
needs_espeak = pytest.mark.skipif(
    not have("espeakng_loader"), reason="needs the extra [speech]: espeakng-loader is not installed"
)
needs_lameenc = pytest.mark.skipif(
    not have("lameenc"), reason="needs the extra [speech]: lameenc is not installed"
)
needs_numpy = pytest.mark.skipif(
    not have("numpy"), reason="needs the extra [speech]: numpy is not installed"
)
needs_miniaudio = pytest.mark.skipif(
    not have("miniaudio"), reason="miniaudio is not installed: pip install miniaudio"
)
needs_gtts = pytest.mark.skipif(
    not have("gtts") or not have("miniaudio"),
    reason="gtts or miniaudio is not installed: pip install gtts miniaudio",
)

LEXICON = Path(__file__).parent.parent.parent / "prompts" / "lexicon" / "ja.yaml"


def hum(seconds: float, tone: float = 300.0, hertz: int = 8000, around: float = 0.1) -> Samples:
    """A tone with silence around it."""
    quiet = array("f", bytes(4 * round(around * hertz)))
    turn = 2 * pi * tone / hertz
    voice = array("f", (0.3 * sin(turn * n) for n in range(round(seconds * hertz))))
    return Samples(quiet + voice + quiet, hertz)


@dataclass
class Hummer:
    """Hums 0.05 s a letter, each text at its own pitch, and remembers what it was asked for."""

    name: str = "hummer-1"
    languages: frozenset[str] = frozenset({"ja", "en"})
    asked: list[str] = field(default_factory=list)
    fails_at: Callable[[str], bool] = lambda _text: False

    def speak(self, text: str, language: str) -> Samples:
        """A hum."""
        self.asked.append(text)
        if self.fails_at(text):
            raise SynthesisFailed(f"no voice for `{text}`")
        return hum(0.1 + 0.05 * len(text), 250 + sum(map(ord, text)) % 500)
