"""Pay, its Prompt, and the deprecated Sms: an event says that they are not simulated.

https://www.twilio.com/docs/voice/twiml/pay and https://www.twilio.com/docs/voice/twiml/sms
"""

from ringback.twiml.schema import Schema, method, only_known, url
from ringback.twiml.verbs.announced import announced
from ringback.twiml.verbs.flow import PAUSE
from ringback.twiml.verbs.play import PLAY
from ringback.twiml.verbs.say import SAY

_PAGE = "https://www.twilio.com/docs/voice/twiml/pay"
_PROMPT = Schema(
    tag="Prompt",
    page=f"{_PAGE}/prompt",
    support="announced",
    instead="nothing was said",
    attributes=only_known("for errorType cardType attempt requireMatchingInputs"),
    nested=(SAY.schema, PLAY.schema, PAUSE.schema),
)

PROMPT = announced(_PROMPT)
PAY = announced(
    Schema(
        tag="Pay",
        page=_PAGE,
        support="announced",
        instead="nothing was asked for, and the action is notified that the connector failed",
        attributes=(
            url("action", "none: the next verb"),
            method(),
            *only_known(
                "input bankAccountType statusCallback statusCallbackMethod timeout maxAttempts"
                " securityCode postalCode minPostalCodeLength paymentConnector paymentMethod"
                " tokenType chargeAmount currency description validCardTypes language"
            ),
        ),
        nested=(
            _PROMPT,
            Schema(tag="Parameter", page=_PAGE, attributes=only_known("name value")),
        ),
    ),
    {"Result": "payment-connector-error"},
)
SMS = announced(
    Schema(
        tag="Sms",
        page="https://www.twilio.com/docs/voice/twiml/sms",
        support="announced",
        instead="no text was sent (Twilio deprecates this verb, use the REST API),"
        " and the action is notified that it failed",
        attributes=(
            url("action", "none: the next verb"),
            method(code=14104),
            *only_known("to from statusCallback"),
        ),
    ),
    {"SmsStatus": "failed"},
)
