"""What is played for a speech: one clip for each phrase, its pause already in its tail.

A carrier plays a list of files one after the other and promises nothing about the time between two
of them; so a pause is the tail of the clip before it, to the sample, and a number is one clip, in
which every digit begins at its exact moment. That gives the fewest files for a turn (half of what
silence as files of its own would) at the price of a phrase that is followed by two different pauses
being two clips: a few dozen more small files, of which a caller hears nothing. The pause at a
speech's very end is left out: the wait for a key begins at once.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace

from ivr.engine.pauses import AFTER_GROUP, AFTER_SLOW_GROUP
from ivr.engine.speech import Digits, Pause, Speech, Words


@dataclass(frozen=True)
class Pace:
    """How a number is dictated, in seconds: from digit to digit (onsets), and between groups."""

    name: str
    digit: float
    group: float


NORMAL = Pace("normal", digit=0.9, group=AFTER_GROUP)  # caller rule E2
SLOW = Pace("slow", digit=1.0, group=AFTER_SLOW_GROUP)  # caller rule I3


@dataclass(frozen=True)
class Utterance:
    """One file to play: a phrase or a number, and the silence after it in seconds.

    `said` is None only for silence before the first words.
    """

    said: Words | Digits | None
    pause: float = 0.0

    @property
    def language(self) -> str:
        """The language it is spoken in; silence has none."""
        return self.said.language if self.said else ""

    @property
    def text(self) -> str:
        """The words as they are written; of a number the digits' words, in groups."""
        return text_of(self.said) if self.said else ""

    @property
    def pace(self) -> Pace:
        """The pace of its digits; words have one pace only."""
        return pace_of(self.said) if isinstance(self.said, Digits) else NORMAL

    @property
    def parts(self) -> Speech:
        """The same as the engine said it: for a voice that speaks it where no clip is there."""
        pause = (Pause(self.pause),) if self.pause else ()
        return (*((self.said,) if self.said else ()), *pause)

    @property
    def key(self) -> tuple[str, str, str, int]:
        """What identifies it, whichever engine speaks it; pauses are in milliseconds."""
        return (self.language, self.text, self.pace.name, round(self.pause * 1000))


def pace_of(number: Digits) -> Pace:
    """How a number is to be dictated."""
    return SLOW if number.slow else NORMAL


def text_of(said: Words | Digits) -> str:
    """Words as they are written; a number's digits as words, a comma between its groups."""
    if isinstance(said, Words):
        return said.text
    return ", ".join(" ".join(group) for group in said.groups)


def playlist(speech: Speech) -> tuple[Utterance, ...]:
    """The clips of a speech, in order; all its time is in them but the last pause."""
    found: list[Utterance] = []
    for part in speech:
        if not isinstance(part, Pause):
            found.append(Utterance(part))
        elif found:
            found[-1] = replace(found[-1], pause=found[-1].pause + part.seconds)
        else:
            found.append(Utterance(None, part.seconds))
    if found:
        found[-1] = replace(found[-1], pause=0.0)
    return tuple(utterance for utterance in found if utterance.said or utterance.pause)


def every_utterance(speeches: Iterable[Speech]) -> tuple[Utterance, ...]:
    """What is played for any of these speeches, each once, in the order of its first use."""
    known = {utterance.key: utterance for speech in speeches for utterance in playlist(speech)}
    return tuple(known.values())


def recording_name(text: str, language: str) -> str:
    """The name that a person's recording of this text bears: 12 letters that follow the words."""
    return hashlib.sha256(f"{language}\n{text}".encode()).hexdigest()[:12]
