"""Echo: the caller hears themselves. It is in Twilio's libraries, and on no page of its own."""

from ivr.simulator.verbs.announced import announced
from ivr.simulator.verbs.schema import Schema

ECHO = announced(
    Schema(
        tag="Echo",
        page="https://www.twilio.com/docs/voice/twiml",
        support="announced",
        instead="nothing came back",
    )
)
