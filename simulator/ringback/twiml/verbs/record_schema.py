"""What a Record may say. https://www.twilio.com/docs/voice/twiml/record#attributes"""

from ringback.twiml.schema import (
    Schema,
    choice,
    flag,
    keys,
    method,
    only_known,
    several,
    url,
    whole,
)

RECORD_SCHEMA = Schema(
    tag="Record",
    page="https://www.twilio.com/docs/voice/twiml/record",
    support="announced",
    instead="nothing is kept, the URL leads nowhere",
    attributes=(
        url("action", "the current document"),
        keys("finishOnKey", "1234567890*#", 13613, most=12),
        whole("maxLength", "3600", 13612, least=2),
        method(code=13610),
        flag("playBeep", "true", 13616),
        *only_known("recordingConfigurationId"),
        url("recordingStatusCallback"),
        several(
            "recordingStatusCallbackEvent",
            ("in-progress", "completed", "absent"),
            "completed",
            13621,
        ),
        method("recordingStatusCallbackMethod"),
        whole("timeout", "5", 13611),
        flag("transcribe", "false", 13614, support="announced"),
        url("transcribeCallback", support="checked"),
        choice("trim", ("trim-silence", "do-not-trim"), "trim-silence", 13699),
    ),
)
