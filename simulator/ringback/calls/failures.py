"""The two ways a call leaves its document: it failed, or it is over."""

from dataclasses import dataclass

from ringback.transcript.event import By


@dataclass
class Failure(Exception):
    """A fatal error: Twilio asks the fallback URL, or apologises and hangs up.

    https://www.twilio.com/docs/usage/security/availability-reliability. `code` is Twilio's
    (https://www.twilio.com/docs/api/errors) or None where the limit is the simulator's own;
    `seconds` is the virtual time it took to find out, `kind` the class of failure that a webhook's
    retry policy may name (see overrides.py).
    """

    code: int | None
    text: str
    url: str
    status: int | None = None
    seconds: float = 0.0
    kind: str | None = None


@dataclass
class CallOver(Exception):
    """The call has ended: who ended it, why, and the CallStatus it ends with."""

    by: By
    why: str
    status: str = "completed"
