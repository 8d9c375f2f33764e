"""The texts that reached a telephone since a test took it up."""

from dataclasses import dataclass

from ivr.simulator.carrier import Carrier
from ivr.simulator.messages import Message
from ivr.simulator.testing.hearing import Words, stands_in


@dataclass(frozen=True)
class Inbox:
    """`before` is how many messages the carrier had accepted by then."""

    carrier: Carrier
    before: int

    def of(self, number: str) -> tuple[Message, ...]:
        """The messages to this number, oldest first."""
        return tuple(message for message in self._new if message.to == number)

    def has(self, words: Words, number: str) -> bool:
        """Whether a message to this number has these words in it."""
        return any(stands_in(words, message.body) for message in self.of(number))

    def told(self, number: str) -> list[str]:
        """What came to this number and what went elsewhere, a line each."""
        mine = [f"received: {message.body!r}" for message in self.of(number)]
        others = {message.to for message in self._new} - {number}
        elsewhere = [f"a text went to {other} instead" for other in sorted(others)]
        return [*(mine or ["no text was received"]), *elsewhere]

    @property
    def _new(self) -> tuple[Message, ...]:
        return self.carrier.messages[self.before :]
