"""Leave: out of a queue. https://www.twilio.com/docs/voice/twiml/leave"""

from ivr.simulator.verbs.announced import announced
from ivr.simulator.verbs.schema import Schema

LEAVE = announced(
    Schema(
        tag="Leave",
        page="https://www.twilio.com/docs/voice/twiml/leave",
        support="announced",
        instead="no queue holds the caller, so the next verb follows",
    )
)
