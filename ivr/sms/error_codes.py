"""What an error code of the carrier means: what the caller hears, and whether to try again.

Twilio says that codes may change and new ones come, so there is always a default
(https://www.twilio.com/docs/api/errors).
"""

from dataclasses import dataclass

from ivr.engine import TextOutcome


@dataclass(frozen=True)
class CodeMeaning:
    """What follows from a code.

    `outcome` is what the caller hears; `retry`: whether another attempt may succeed; `operators`:
    whether the operator can put it right (an account, a sender, a permission): health says so.
    """

    outcome: TextOutcome = TextOutcome.FAILED
    retry: bool = False
    operators: bool = False


_FAILED, _LATER = CodeMeaning(), CodeMeaning(retry=True)
_OPERATORS = CodeMeaning(operators=True)
_NO_MOBILE = CodeMeaning(TextOutcome.UNRECEIVABLE)
_REFUSED = CodeMeaning(TextOutcome.REFUSED)

_BY_CODE = {
    # Refused at once (the answer to POST /Messages).
    20003: _OPERATORS,  # authentication
    20005: _OPERATORS,  # the account is not active
    20404: _OPERATORS,  # no such account
    20429: _LATER,  # too many requests
    20503: _LATER,  # the service is down
    21211: _NO_MOBILE,  # invalid To
    21212: _OPERATORS,  # invalid From
    21408: _OPERATORS,  # texts to this country are not enabled
    21601: _OPERATORS,  # the sender can't send texts
    21602: _OPERATORS,  # no body
    21603: _OPERATORS,  # no From
    21604: _OPERATORS,  # no To
    21606: _OPERATORS,  # the sender can't send to this number
    21608: _OPERATORS,  # a trial account, or one without an approved profile
    21609: _OPERATORS,  # invalid StatusCallback
    21610: _REFUSED,  # the recipient opted out
    21611: _LATER,  # this sender's queue is full
    21612: _OPERATORS,  # no route between To and From
    21614: _NO_MOBILE,  # not a mobile (older code for a landline)
    21617: _OPERATORS,  # longer than 1,600 characters
    21635: _NO_MOBILE,  # a landline, where Twilio does not even try
    21701: _OPERATORS,  # no such Messaging Service
    21703: _OPERATORS,  # a Messaging Service without senders
    21704: _OPERATORS,  # the same, with none for this country
    90007: _OPERATORS,  # invalid validity period
    # Known afterwards (ErrorCode of a status callback). By then the carrier has it: nothing more is
    # done (caller rule K2: one message), whatever a new attempt might bring.
    30001: _FAILED,  # queue overflow
    30002: _OPERATORS,  # account suspended
    30003: _FAILED,  # unreachable: switched off, or out of reach
    30004: _REFUSED,  # blocked by the recipient or the network
    30005: _NO_MOBILE,  # unknown or inactive
    30006: _NO_MOBILE,  # a landline, or a network that can't be reached
    30007: _FAILED,  # filtered
    30008: _FAILED,  # unknown
    30034: _OPERATORS,  # unregistered sender
    30036: _FAILED,  # the validity period is over
    30042: _OPERATORS,  # sender not allowed
    30044: _OPERATORS,  # a trial account's message is too long
    30410: _FAILED,  # the provider timed out
    30450: _FAILED,  # taken for pumping
    30453: _FAILED,  # blocked by fraud protection
    30500: _FAILED,  # internal
}


def meaning_of(code: int | None) -> CodeMeaning:
    """What a code means; any other, and none at all: it failed, and is not tried again."""
    return _BY_CODE.get(code, _FAILED) if code is not None else _FAILED


OPERATOR_CODES = tuple(sorted(code for code, meant in _BY_CODE.items() if meant.operators))
