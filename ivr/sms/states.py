"""The states of a text in the outbox, and which may follow which: the one place that says so."""

from enum import StrEnum


class TextState(StrEnum):
    """Where a text is on its way."""

    QUEUED = "queued"  # to be sent as soon as a worker comes to it
    SENDING = "sending"  # the carrier is being asked
    UNKNOWN = "unknown"  # it was asked and gave no answer: it may have taken it or not
    ACCEPTED = "accepted"  # the carrier took it
    SENT = "sent"  # handed to the recipient's network
    DELIVERED = "delivered"  # the telephone has it
    UNDELIVERED = "undelivered"
    FAILED = "failed"  # refused, or given up


TAKEN = frozenset({TextState.ACCEPTED, TextState.SENT, TextState.DELIVERED, TextState.UNDELIVERED})
OVER = frozenset({TextState.DELIVERED, TextState.UNDELIVERED, TextState.FAILED})

# A status callback can overtake the carrier's own answer, and even our doubt: it proves
# that the message was taken. So they may follow every state that is not further on already.
_MAY_FOLLOW = {
    TextState.QUEUED: {TextState.SENDING, TextState.FAILED, *TAKEN},
    TextState.SENDING: {TextState.QUEUED, TextState.UNKNOWN, TextState.FAILED, *TAKEN},
    TextState.UNKNOWN: {TextState.QUEUED, TextState.FAILED, *TAKEN},
    TextState.ACCEPTED: {
        TextState.SENT,
        TextState.DELIVERED,
        TextState.UNDELIVERED,
        TextState.FAILED,
    },
    TextState.SENT: {TextState.DELIVERED, TextState.UNDELIVERED, TextState.FAILED},
    TextState.DELIVERED: set[TextState](),
    TextState.UNDELIVERED: set[TextState](),
    TextState.FAILED: set[TextState](),
}


def may_follow(before: TextState, after: TextState) -> bool:
    """Whether a text that is in `before` may come to `after`."""
    return after in _MAY_FOLLOW[before]


def before(after: TextState) -> tuple[TextState, ...]:
    """All states from which a text may come to `after`."""
    return tuple(state for state in TextState if may_follow(state, after))


# What Twilio calls them. https://www.twilio.com/docs/messaging/api/message-resource#message-status-values
_FROM_TWILIO = {
    "queued": TextState.ACCEPTED,
    "accepted": TextState.ACCEPTED,
    "scheduled": TextState.ACCEPTED,
    "sending": TextState.ACCEPTED,
    "sent": TextState.SENT,
    "delivered": TextState.DELIVERED,
    "partially_delivered": TextState.DELIVERED,
    "read": TextState.DELIVERED,
    "undelivered": TextState.UNDELIVERED,
    "failed": TextState.FAILED,
    "canceled": TextState.FAILED,
}


def from_twilio(status: str) -> TextState | None:
    """Twilio's status as ours; None for one that says nothing about a message of ours."""
    return _FROM_TWILIO.get(status)
