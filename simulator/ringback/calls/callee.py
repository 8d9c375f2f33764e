"""Who is called: what their telephone does when it rings, and who holds it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from ringback.callers.phone import Phone
from ringback.callers.scripted import ScriptedPhone


def _silent() -> Phone:
    return ScriptedPhone("")


@dataclass(frozen=True, kw_only=True)
class Callee:
    """The telephone at the other end of a Dial, or of a call that the app makes; seconds.

    `status` is the DialCallStatus or the outbound call's CallStatus
    (https://www.twilio.com/docs/voice/twiml/dial#dialcallstatus-values): `completed` answers after
    `rings_for`; `busy` and `failed` say so after `rings_for`; `no-answer` rings until the app's own
    timeout. In a Dial the two talk for `talks_for`, and `code` is what Twilio's debugger would say
    of a call that failed: 13224 no such number, 13225 blocked, 13227 no geo permission
    (https://www.twilio.com/docs/api/errors/13227). In a call that the app makes, `phone` is who
    holds the telephone; says and presses nothing when left out.
    """

    status: Literal["completed", "busy", "no-answer", "failed"] = "completed"
    rings_for: float = 3.0
    talks_for: float = 60.0
    code: int | None = None
    phone: Phone = field(default_factory=_silent)


# Who does not answer: the default of a Dial, and of a number that a mapping does not name.
NOBODY = Callee(status="no-answer")

# Who is called at a number.
Answering = Callable[[str], Callee]


def anybody(number: str) -> Callee:
    """Somebody who answers after three seconds and says nothing."""
    del number
    return Callee()
