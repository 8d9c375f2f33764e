"""Echo: the caller hears themselves. It is in Twilio's libraries, and on no page of its own."""

from ringback.twiml.schema import Schema
from ringback.twiml.verbs.announced import announced

ECHO = announced(
    Schema(
        tag="Echo",
        page="https://www.twilio.com/docs/voice/twiml",
        support="announced",
        instead="nothing came back",
    )
)
