"""Where a caller is, and what can happen there."""

from dataclasses import dataclass, replace
from enum import Enum

MOST_MISTAKES = 2  # wrong keys at one place; after the next one the way goes on without keys


@dataclass(frozen=True)
class NumberEntry:
    """A mobile number is being keyed in, to which a text is to go."""

    corrections: int = 0  # how often it had to be keyed in anew
    confirming: bool = False  # whether it was read back, and the caller is asked if it is right
    recalling: bool = False  # whether a number of this call is looked for, before it is asked for


@dataclass(frozen=True)
class TextFollowUp:
    """A text is being sent, and the caller does not know its outcome yet."""

    agency: str  # whose text it is: silence may have moved on to another agency since
    known: bool = False  # whether the caller knows that it takes longer


@dataclass(frozen=True)
class Position:
    """A place in the tree; it travels in the URL, so that no server keeps anything of a call.

    Of the last three at most one is set; all are a matter of referrals.
    """

    language: str
    node: str
    agency: str = ""  # at a referral: the agency that was read last
    silences: int = 0  # how often nothing was pressed here
    mistakes: int = 0  # how often a key was pressed that leads nowhere
    number: bool = False  # whether this turn reads a number out
    heard: bool = False  # whether a whole number has been heard in this call
    visits: int = 0  # turns so far; it bounds the call
    dialled: str = ""  # the last keys, where they may begin a number that is dialled into the call
    entry: NumberEntry | None = None
    follow_up: TextFollowUp | None = None
    refused: bool = False  # texts to the caller's own number are refused; the same key undoes it

    def idle(self) -> "Position":
        """The same place, with none of the last three."""
        return replace(self, entry=None, follow_up=None, refused=False)

    def anew(self) -> "Position":
        """The same place, as if the caller had just come to it."""
        return replace(self.idle(), silences=0, mistakes=0, number=False, dialled="")


@dataclass(frozen=True)
class Start:
    """The call was answered."""


@dataclass(frozen=True)
class Keys:
    """Keys were pressed."""

    digits: str


@dataclass(frozen=True)
class Silence:
    """Nothing was pressed until the time was over: all that was said has been heard."""


class TextOutcome(Enum):
    """What is known of a text that was asked for; each has words of its own."""

    QUEUED = "queued"  # it is in the outbox since this moment
    SENDING = "sending"  # still under way
    SENT = "sent"  # the carrier took it
    DELIVERED = "delivered"  # the telephone has it
    FAILED = "failed"  # it was not sent, or did not arrive
    UNRECEIVABLE = "unreceivable"  # this telephone takes no texts
    REFUSED = "refused"  # whoever has this number wants no texts from here
    LIMITED = "limited"  # so many were asked for that no more go out today
    UNAVAILABLE = "unavailable"  # none can be sent now


@dataclass(frozen=True)
class Texted:
    """What became of a SendText, or what is known of it by now."""

    outcome: TextOutcome


@dataclass(frozen=True)
class Held:
    """The number that was kept for this call (E.164); None where none could be."""

    number: str | None


@dataclass(frozen=True)
class TextsRefused:
    """Whether the caller's own number takes no texts from now on; None where that failed."""

    refused: bool | None


Event = Start | Keys | Silence | Texted | Held | TextsRefused
