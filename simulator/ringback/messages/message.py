"""A message as it stands, and the carrier's log of messages."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from threading import Lock
from typing import Any, Literal

Direction = Literal["outbound-api", "outbound-reply", "inbound"]
_MOST = 10_000
# A message in one of these goes no further.
FINAL = frozenset({"failed", "undelivered", "canceled", "received"})


@dataclass(frozen=True, kw_only=True)
class Message:
    """A message as it stands when it is asked for; `service_sid` when a Messaging Service sent it.

    `status` and `error_code` are Twilio's; `sent` is when it left (or came in), `updated` when the
    status last changed. `status_callback` is the URL that is notified of each change. A message
    that was not sent within `validity` seconds fails; one with `send_at` is scheduled for then.
    https://www.twilio.com/docs/messaging/api/message-resource#message-properties
    """

    sid: str
    to: str
    from_: str
    body: str
    segments: int
    created: datetime
    service_sid: str | None = None
    direction: Direction = "outbound-api"
    status: str = "queued"
    error_code: int | None = None
    sent: datetime | None = None
    updated: datetime | None = None
    status_callback: str | None = None
    callback_method: str = "POST"
    validity: int | None = None
    send_at: datetime | None = None

    def event_fields(self) -> dict[str, Any]:
        """The fields of a `texted` event."""
        return {
            "to": self.to,
            "from_": self.from_,
            "body": self.body,
            "segments": self.segments,
            "sid": self.sid,
        }


class MessageLog:
    """Messages in the order of their acceptance; any thread may read and write.

    `on_accepted` is called with each one that goes out. Raises OverflowError beyond 10,000 of
    those: an app is looping.
    """

    def __init__(self, on_accepted: Callable[[Message], None]) -> None:
        self._messages: dict[str, Message] = {}
        self._outbound = 0
        self._lock = Lock()
        self._on_accepted = on_accepted

    def accept(self, message: Message) -> None:
        """Keeps a message that is to be sent now, and reports it."""
        self.keep(message)
        self._on_accepted(message)

    def keep(self, message: Message) -> None:
        """Keeps the message."""
        with self._lock:
            if message.sid not in self._messages and message.direction != "inbound":
                self._outbound += 1
                if self._outbound > _MOST:
                    raise OverflowError(f"more than {_MOST} messages: does the app loop?")
            self._messages[message.sid] = message

    def change(self, sid: str, **changes: Any) -> Message | None:
        """The message as it is from now on; None when it is not there any more."""
        with self._lock:
            if sid not in self._messages:
                return None
            self._messages[sid] = replace(self._messages[sid], **changes)
            return self._messages[sid]

    def remove(self, sid: str) -> None:
        """Forgets the message."""
        with self._lock:
            self._messages.pop(sid, None)

    def find(self, sid: str) -> Message | None:
        """The message with this sid."""
        return self._messages.get(sid)

    def all(self) -> tuple[Message, ...]:
        """Every message, oldest first."""
        with self._lock:
            return tuple(self._messages.values())
