"""Leave: out of a queue. https://www.twilio.com/docs/voice/twiml/leave"""

from ringback.twiml.schema import Schema
from ringback.twiml.verbs.announced import announced

LEAVE = announced(
    Schema(
        tag="Leave",
        page="https://www.twilio.com/docs/voice/twiml/leave",
        support="announced",
        instead="no queue holds the caller, so the next verb follows",
    )
)
