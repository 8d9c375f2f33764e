"""A finished inbound text, to be read and asserted on."""

from dataclasses import dataclass

from ringback.messages.message import Message
from ringback.transcript.event import Event, Kind, json_line


@dataclass(frozen=True)
class TextRecord:
    """One inbound text: the app's `replies` as they were accepted, and the events.

    `automatic` is what the carrier answered by itself to STOP, START or HELP.
    In events `t` is seconds since the text came in. As text it is the list of its events.
    """

    sid: str
    from_: str
    to: str
    body: str
    replies: tuple[Message, ...]
    events: tuple[Event, ...]
    automatic: Message | None = None

    def of(self, kind: Kind) -> tuple[Event, ...]:
        """The events of one kind, in order."""
        return tuple(event for event in self.events if event.event == kind)

    @property
    def errors(self) -> tuple[Event, ...]:
        """The error events, warnings among them."""
        return self.of("error")

    @property
    def went_well(self) -> bool:
        """Nothing for Twilio's debugger."""
        return not self.errors

    def __str__(self) -> str:
        return "\n".join(json_line(event) for event in self.events)
