"""How a call leaves the document it is executing: it is over, or the app has redirected it."""

from dataclasses import dataclass

from ringback.transcript.event import By
from ringback.webhooks.request import Request


@dataclass
class CallOver(Exception):
    """The call has ended: who ended it, why, and the CallStatus it ends with."""

    by: By
    why: str
    status: str = "completed"


@dataclass
class LiveUpdate(Exception):
    """The app changed the call by the REST API: it goes on at `following`, or ends where None.

    https://www.twilio.com/docs/voice/api/call-resource#update-a-call-resource
    """

    following: Request | None
