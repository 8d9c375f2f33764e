"""What a user may plug into a call's sound: a voice, durations, captions, and a listener."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from ringback.media.prompt_segment import PromptSegment

# The sound of (text, language) as a WAV file, or None where it does not speak that language.
Voice = Callable[[str, str], bytes | None]

# The seconds that (text, language) takes to say, or None for the simulator's own estimate.
Estimate = Callable[[str, str], float | None]

# The words of what is played at a URL, or None where they are not known.
Captions = Callable[[str], str | None]


def no_estimate(_text: str, _language: str) -> float | None:
    """The simulator's own estimate is used."""
    return None


def no_captions(_url: str) -> str | None:
    """The words of what is played are not known."""
    return None


@dataclass(frozen=True, kw_only=True)
class SpeechSettings:
    """How words become sound, and sounds become words, in every call: see Carrier."""

    voice: Voice | None
    estimate: Estimate
    captions: Captions


class Listener(Protocol):
    """Is notified of what sounds in a call; all times are virtual seconds since the answer."""

    def hears(self, segment: PromptSegment) -> None:
        """What was audible of a Say, Play or Pause, from `segment.starts`; its parts may have
        their sound files. Segments come in order and do not overlap."""

    def presses(self, key: str, at: float) -> None:
        """A key of the caller's, whether or not anything listened for it."""

    def hangs_up(self, at: float) -> None:
        """The end of the call; nothing sounds after it."""
