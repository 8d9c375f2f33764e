"""The carrier's book of messages it has accepted."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from threading import Lock

_SENT_AFTER, _DELIVERED_AFTER = 1.0, 3.0
_MOST = 10_000


@dataclass(frozen=True, kw_only=True)
class Message:
    """A message accepted for delivery; `service_sid` when a Messaging Service chose the sender."""

    sid: str
    to: str
    from_: str
    body: str
    segments: int
    created: datetime
    service_sid: str | None = None

    def status_at(self, now: datetime) -> str:
        """queued at first, sent after a second, delivered after three, in virtual time.

        https://www.twilio.com/docs/messaging/guides/outbound-message-status-in-status-callbacks
        """
        age = (now - self.created).total_seconds()
        if age >= _DELIVERED_AFTER:
            return "delivered"
        if age >= _SENT_AFTER:
            return "sent"
        return "accepted" if self.service_sid else "queued"


class MessageBook:
    """Messages in the order of their acceptance; any thread may read and write.

    `on_accepted` is told each one. Raises OverflowError beyond 10,000: an app is looping.
    """

    def __init__(self, on_accepted: Callable[[Message], None]) -> None:
        self._messages: dict[str, Message] = {}
        self._lock = Lock()
        self._on_accepted = on_accepted

    def accept(self, message: Message) -> None:
        """Keeps the message and tells of it."""
        with self._lock:
            if len(self._messages) >= _MOST:
                raise OverflowError(f"more than {_MOST} messages: does the app loop?")
            self._messages[message.sid] = message
        self._on_accepted(message)

    def find(self, sid: str) -> Message | None:
        """The message with this sid."""
        return self._messages.get(sid)

    def all(self) -> tuple[Message, ...]:
        """Every message, oldest first."""
        with self._lock:
            return tuple(self._messages.values())
