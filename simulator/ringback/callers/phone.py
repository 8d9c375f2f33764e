"""The interface of a caller: what a call asks of whoever holds the phone."""

from dataclasses import dataclass
from typing import Protocol

from ringback.media.prompt_segment import PromptSegment

KEYS = "0123456789*#"


@dataclass(frozen=True, slots=True, kw_only=True)
class Listening:
    """The moment a call has reached; all times are virtual seconds since the answer.

    `since` is now, `prompt_ends` when the sound in `prompt` will be over, `deadline` when the line
    goes on without the person. `takes_keys` is false where nothing listens for keys: a key pressed
    then is lost; `takes_speech` says the same of speech. `so_far` is what this Gather or Record
    already has.
    """

    since: float
    prompt_ends: float
    deadline: float
    takes_keys: bool
    so_far: str
    prompt: tuple[PromptSegment, ...]
    takes_speech: bool = False


@dataclass(frozen=True, slots=True)
class Press:
    """A key (0-9 * #), pressed `at` seconds since the answer."""

    key: str
    at: float


@dataclass(frozen=True, slots=True)
class Speak:
    """Words, spoken from `at` for `seconds`; `confidence` (0 to 1) is how well they are understood.

    https://www.twilio.com/docs/voice/twiml/gather (SpeechResult, Confidence)
    """

    text: str
    at: float
    seconds: float
    confidence: float = 0.9


@dataclass(frozen=True, slots=True)
class HangUp:
    """The person hangs up `at` seconds since the answer."""

    at: float


@dataclass(frozen=True, slots=True)
class Stay:
    """The person does nothing until the deadline."""


class Phone(Protocol):
    """Whoever holds the telephone."""

    def listen(self, listening: Listening) -> Press | Speak | HangUp | Stay:
        """The next thing the person does before the deadline."""
