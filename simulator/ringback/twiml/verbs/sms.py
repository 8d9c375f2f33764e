"""Sms: the deprecated verb for a text. https://www.twilio.com/docs/voice/twiml/sms"""

from ringback.twiml.schema import Schema, method, only_known, url
from ringback.twiml.verbs.announced import announced

SMS = announced(
    Schema(
        tag="Sms",
        page="https://www.twilio.com/docs/voice/twiml/sms",
        support="announced",
        instead="no text was sent (Twilio deprecates this verb, use the REST API),"
        " and the action is told that it failed",
        attributes=(
            url("action", "none: the next verb"),
            method(code=14104),
            *only_known("to from statusCallback"),
        ),
    ),
    {"SmsStatus": "failed"},
)
