"""What an error code of the carrier means: what the caller is told, and whether to try again.

Twilio says that codes may change and new ones come, so there is always a default
(https://www.twilio.com/docs/api/errors).
"""

from dataclasses import dataclass

from ivr.engine import TextOutcome


@dataclass(frozen=True)
class Verdict:
    """`told`: the caller's truth. `again`: whether another attempt may succeed. `ours`: whether the
    operator can mend it (an account, a sender, a permission), so that health says so."""

    told: TextOutcome = TextOutcome.FAILED
    again: bool = False
    ours: bool = False


_FAILED, _LATER = Verdict(), Verdict(again=True)
_OURS = Verdict(ours=True)
_NO_MOBILE = Verdict(TextOutcome.UNRECEIVABLE)
_REFUSED = Verdict(TextOutcome.REFUSED)

_BY_CODE = {
    # Refused at once (the answer to POST /Messages).
    20003: _OURS,  # authentication
    20005: _OURS,  # the account is not active
    20404: _OURS,  # no such account
    20429: _LATER,  # too many requests
    20503: _LATER,  # the service is down
    21211: _NO_MOBILE,  # invalid To
    21212: _OURS,  # invalid From
    21408: _OURS,  # texts to this country are not enabled
    21601: _OURS,  # the sender can't send texts
    21602: _OURS,  # no body
    21603: _OURS,  # no From
    21604: _OURS,  # no To
    21606: _OURS,  # the sender can't send to this number
    21608: _OURS,  # a trial account, or one without an approved profile
    21609: _OURS,  # invalid StatusCallback
    21610: _REFUSED,  # the recipient opted out
    21611: _LATER,  # this sender's queue is full
    21612: _OURS,  # no route between To and From
    21614: _NO_MOBILE,  # not a mobile (older code for a landline)
    21617: _OURS,  # longer than 1,600 characters
    21635: _NO_MOBILE,  # a landline, where Twilio does not even try
    21701: _OURS,  # no such Messaging Service
    21703: _OURS,  # a Messaging Service without senders
    21704: _OURS,  # the same, with none for this country
    90007: _OURS,  # invalid validity period
    # Told afterwards (ErrorCode of a status callback). By then the carrier has it: nothing more is
    # done (caller rule K2: one message), whatever a new attempt might bring.
    30001: _FAILED,  # queue overflow
    30002: _OURS,  # account suspended
    30003: _FAILED,  # unreachable: switched off, or out of reach
    30004: _REFUSED,  # blocked by the recipient or the network
    30005: _NO_MOBILE,  # unknown or inactive
    30006: _NO_MOBILE,  # a landline, or a network that can't be reached
    30007: _FAILED,  # filtered
    30008: _FAILED,  # unknown
    30034: _OURS,  # unregistered sender
    30036: _FAILED,  # the validity period is over
    30042: _OURS,  # sender not allowed
    30044: _OURS,  # a trial account's message is too long
    30410: _FAILED,  # the provider timed out
    30450: _FAILED,  # taken for pumping
    30453: _FAILED,  # blocked by fraud protection
    30500: _FAILED,  # internal
}


def verdict(code: int | None) -> Verdict:
    """What a code means; any other, and none at all: it failed, and is not tried again."""
    return _BY_CODE.get(code, _FAILED) if code is not None else _FAILED


OPERATORS = tuple(sorted(code for code, meant in _BY_CODE.items() if meant.ours))
