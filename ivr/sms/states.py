"""The states of a text in the outbox, and which may follow which: the one place that says so."""

from enum import StrEnum


class State(StrEnum):
    """Where a text is on its way."""

    QUEUED = "queued"  # to be sent as soon as a worker comes to it
    SENDING = "sending"  # the carrier is being asked
    UNKNOWN = "unknown"  # it was asked and gave no answer: it may have taken it or not
    ACCEPTED = "accepted"  # the carrier took it
    SENT = "sent"  # handed to the recipient's network
    DELIVERED = "delivered"  # the telephone has it
    UNDELIVERED = "undelivered"
    FAILED = "failed"  # refused, or given up


TAKEN = frozenset({State.ACCEPTED, State.SENT, State.DELIVERED, State.UNDELIVERED})
OVER = frozenset({State.DELIVERED, State.UNDELIVERED, State.FAILED})

# News of the carrier's can overtake its own answer, and even our doubt: a status callback proves
# that the message was taken. So they may follow every state that is not further on already.
_MAY_FOLLOW = {
    State.QUEUED: {State.SENDING, State.FAILED, *TAKEN},
    State.SENDING: {State.QUEUED, State.UNKNOWN, State.FAILED, *TAKEN},
    State.UNKNOWN: {State.QUEUED, State.FAILED, *TAKEN},
    State.ACCEPTED: {State.SENT, State.DELIVERED, State.UNDELIVERED, State.FAILED},
    State.SENT: {State.DELIVERED, State.UNDELIVERED, State.FAILED},
    State.DELIVERED: set[State](),
    State.UNDELIVERED: set[State](),
    State.FAILED: set[State](),
}


def may_follow(before: State, after: State) -> bool:
    """Whether a text that is in `before` may come to `after`."""
    return after in _MAY_FOLLOW[before]


def before(after: State) -> tuple[State, ...]:
    """All states from which a text may come to `after`."""
    return tuple(state for state in State if may_follow(state, after))


# What Twilio calls them. https://www.twilio.com/docs/messaging/api/message-resource#message-status-values
_FROM_TWILIO = {
    "queued": State.ACCEPTED,
    "accepted": State.ACCEPTED,
    "scheduled": State.ACCEPTED,
    "sending": State.ACCEPTED,
    "sent": State.SENT,
    "delivered": State.DELIVERED,
    "partially_delivered": State.DELIVERED,
    "read": State.DELIVERED,
    "undelivered": State.UNDELIVERED,
    "failed": State.FAILED,
    "canceled": State.FAILED,
}


def from_twilio(status: str) -> State | None:
    """Twilio's status as ours; None for one that says nothing about a message of ours."""
    return _FROM_TWILIO.get(status)
