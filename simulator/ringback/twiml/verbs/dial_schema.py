"""What a Dial and its nouns may say. https://www.twilio.com/docs/voice/twiml/dial#attributes"""

from ringback.twiml.schema import (
    Attribute,
    Schema,
    choice,
    elements,
    flag,
    method,
    only_known,
    text,
    url,
    whole,
)

_PAGE = "https://www.twilio.com/docs/voice/twiml/"
_RECORD = {
    "do-not-record": "do-not-record",
    "record-from-answer": "record-from-answer",
    "record-from-ringing": "record-from-ringing",
    "record-from-answer-dual": "record-from-answer-dual",
    "record-from-ringing-dual": "record-from-ringing-dual",
    # "For backward compatibility":
    "true": "record-from-answer",
    "false": "do-not-record",
}
_IN_A_NUMBER = frozenset("+0123456789 ().-")
_DETECTION = only_known(
    "machineDetectionTimeout machineDetectionSpeechThreshold machineDetectionSpeechEndThreshold"
    " machineDetectionSilenceTimeout amdStatusCallback amdStatusCallbackMethod"
)
_PARAMETER = Schema(tag="Parameter", page=f"{_PAGE}client", attributes=only_known("name value"))


def is_number(value: str) -> bool:
    """Whether it can be a telephone number, as loosely as Twilio writes them: (415) 555-1212."""
    return set(value) <= _IN_A_NUMBER and any(char.isdigit() for char in value)


def _caller_id(value: str) -> str | None:
    return value if is_number(value) or value.startswith(("client:", "sip:", "sips:")) else None


def _progress(code: int) -> tuple[Attribute, ...]:
    """What the nouns that ring a telephone have in common."""
    return (
        url("url", support="announced"),
        method("method", code, support="checked"),
        url("statusCallback", support="announced"),
        *only_known("statusCallbackEvent"),
        method("statusCallbackMethod", support="checked"),
    )


_NUMBER = Schema(
    tag="Number",
    page=f"{_PAGE}number",
    attributes=(
        Attribute(
            name="sendDigits",
            allowed="0-9 # * w",
            parse=lambda value: value if set(value) <= set("0123456789#*wW") else None,
            code=13222,
            support="announced",
        ),
        *_progress(13221),
        *only_known("byoc"),
        text("machineDetection", support="announced"),
        *_DETECTION,
    ),
)
_CLIENT = Schema(
    tag="Client",
    page=f"{_PAGE}client",
    attributes=_progress(13221),
    nested=(Schema(tag="Identity", page=f"{_PAGE}client"), _PARAMETER),
)
_HEADER = Schema(tag="Header", page=f"{_PAGE}sip", attributes=only_known("name value"))
_SIP = Schema(
    tag="Sip",
    page=f"{_PAGE}sip",
    attributes=(
        *only_known("username password"),
        *_progress(13241),
        text("machineDetection", support="announced"),
        *_DETECTION,
    ),
    nested=(
        Schema(
            tag="Uri",
            page=f"{_PAGE}sip",
            attributes=only_known("priority weight username password"),
        ),
        Schema(tag="Headers", page=f"{_PAGE}sip", nested=(_HEADER,)),
    ),
)
_CONFERENCE = Schema(
    tag="Conference",
    page=f"{_PAGE}conference",
    support="announced",
    instead="the far end is taken for the others in it",
    attributes=(
        flag("muted", "false", 13230, support="checked"),
        choice("beep", ("true", "false", "onEnter", "onExit"), "true", 13235, support="checked"),
        flag("startConferenceOnEnter", "true", 13232, support="checked"),
        flag("endConferenceOnExit", "false", 13231, support="checked"),
        method("waitMethod", 13234, support="checked"),
        choice("trim", ("trim-silence", "do-not-trim"), "do-not-trim", 13239, support="checked"),
        *only_known(
            "waitUrl maxParticipants record recordingConfigurationId region coach"
            " statusCallbackEvent statusCallback statusCallbackMethod recordingStatusCallback"
            " recordingStatusCallbackMethod recordingStatusCallbackEvent eventCallbackUrl"
            " jitterBufferSize participantLabel"
        ),
    ),
)
_QUEUE = Schema(
    tag="Queue",
    page=f"{_PAGE}queue",
    support="announced",
    instead="the far end is taken for the first caller waiting in it",
    attributes=(
        url("url", support="checked"),
        method("method", 14210, support="checked"),
        *only_known("reservationSid postWorkActivitySid"),
    ),
)
_APPLICATION = Schema(
    tag="Application",
    page=f"{_PAGE}application",
    support="announced",
    instead="the far end is taken for the application",
    attributes=(*_progress(13221), *only_known("customerId copyParentTo")),
    nested=(Schema(tag="ApplicationSid", page=f"{_PAGE}application"), _PARAMETER),
)
_WHATSAPP = Schema(tag="WhatsApp", page=f"{_PAGE}dial", attributes=_progress(13221))
_SIM = Schema(tag="Sim", page=f"{_PAGE}sim")

NOUNS = elements((_NUMBER, _CLIENT, _SIP, _CONFERENCE, _QUEUE, _APPLICATION, _WHATSAPP, _SIM))

DIAL_SCHEMA = Schema(
    tag="Dial",
    page=f"{_PAGE}dial",
    attributes=(
        url("action", "none: the next verb"),
        flag("answerOnBridge", "false", 13219),
        Attribute(
            name="callerId",
            allowed="telephone number, client or SIP address",
            parse=_caller_id,
            otherwise="the caller's own",
            code=13214,
        ),
        text("callReason", support="checked"),
        *only_known("events passports"),
        flag("hangupOnStar", "false", 13213),
        method(code=13210),
        Attribute(
            name="record",
            allowed=", ".join(_RECORD),
            parse=_RECORD.get,
            default="do-not-record",
            code=13217,
            support="announced",
        ),
        *only_known(
            "recordingConfigurationId recordingStatusCallback recordingStatusCallbackEvent"
            " recordingStatusCallbackMethod recordingTrack"
        ),
        url("referUrl", support="announced"),
        method("referMethod", support="checked"),
        text("ringTone", support="checked"),
        flag("sequential", "false", 13218),
        whole("timeLimit", "14400", 13216),
        whole("timeout", "30", 13212),
        *only_known("trim"),
    ),
    nested=tuple(NOUNS.values()),
    nested_code=13215,
)
