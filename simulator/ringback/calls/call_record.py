"""A finished call, to be read and asserted on."""

from dataclasses import dataclass

from ringback.transcript.event import By, Event, Kind, json_line


@dataclass(frozen=True)
class CallRecord:
    """What happened in one call.

    `status` is the final CallStatus (completed, busy, no-answer, failed), `ended_by` who hung up,
    `seconds` how long it lasted from the answer. As text it is the list of its events, so a failed
    assertion shows the whole call.
    """

    sid: str
    from_: str
    to: str
    answered: bool
    status: str
    ended_by: By
    seconds: float
    events: tuple[Event, ...]

    def of(self, kind: Kind) -> tuple[Event, ...]:
        """The events of one kind, in order."""
        return tuple(event for event in self.events if event.event == kind)

    @property
    def heard(self) -> str:
        """All that was heard, one Say a line, as the caller heard it."""
        return "\n".join(event.text or "" for event in self.of("heard"))

    @property
    def errors(self) -> tuple[Event, ...]:
        """The error events, warnings among them."""
        return self.of("error")

    @property
    def unsimulated(self) -> tuple[Event, ...]:
        """What the app wanted of Twilio that the simulator left out, and what it did instead."""
        return self.of("unsimulated")

    @property
    def went_well(self) -> bool:
        """Answered, and nothing for Twilio's debugger."""
        return self.answered and not self.errors

    def __str__(self) -> str:
        return "\n".join(json_line(event) for event in self.events)
