"""The texts that reached a telephone, as far as a test has not dealt with them yet."""

from dataclasses import dataclass

from ringback.carrier import Carrier
from ringback.messages.message import Message
from ringback.testing.hearing import Words, stands_in

_LOST = frozenset({"failed", "undelivered", "canceled"})


@dataclass(frozen=True)
class Inbox:
    """`before` is how many messages the carrier had accepted when this one was opened."""

    carrier: Carrier
    before: int

    def of(self, number: str) -> tuple[Message, ...]:
        """The messages to this number, oldest first; none that the carrier could not deliver."""
        return tuple(
            message for message in self._new if message.to == number and message.status not in _LOST
        )

    def has(self, words: Words, number: str) -> bool:
        """Whether a message to this number has these words in it."""
        return any(stands_in(words, message.body) for message in self.of(number))

    def report(self, number: str) -> list[str]:
        """What came to this number and what did not, a line each."""
        received = [f"received: {message.body!r}" for message in self.of(number)]
        lost = [
            f"{message.status}: {message.body!r}"
            for message in self._new
            if message.to == number and message.status in _LOST
        ]
        others = sorted({message.to for message in self._new} - {number})
        elsewhere = [f"a text went to {other} instead" for other in others]
        return [*(received or ["no text was received"]), *lost, *elsewhere]

    @property
    def _new(self) -> tuple[Message, ...]:
        return self.carrier.messages[self.before :]
