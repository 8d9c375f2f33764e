"""The telephone at the other end of a Dial: what it does when it rings."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, kw_only=True)
class FarEnd:
    """What becomes of a dialled call; seconds.

    `status` is the DialCallStatus the app is told
    (https://www.twilio.com/docs/voice/twiml/dial#dialcallstatus-values): `completed` answers after
    `rings_for` and talks `talks_for`; `busy` and `failed` say so after `rings_for`; `no-answer`
    rings until the Dial's own timeout. `code` is what Twilio's debugger would say of a call that
    failed: 13224 no such number, 13225 blocked, 13227 no geo permission
    (https://www.twilio.com/docs/api/errors/13227).
    """

    status: Literal["completed", "busy", "no-answer", "failed"] = "no-answer"
    rings_for: float = 3.0
    talks_for: float = 60.0
    code: int | None = None
