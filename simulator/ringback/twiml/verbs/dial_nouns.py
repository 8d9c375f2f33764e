"""The nouns of a Dial: what each may say, and whom the Dial rings by them.

https://www.twilio.com/docs/voice/twiml/dial#nouns
"""

from dataclasses import dataclass
from xml.etree.ElementTree import Element

from ringback.calls.call import Call
from ringback.media.prompt_segment import words
from ringback.twiml.schema import (
    Attribute,
    Schema,
    choice,
    elements,
    flag,
    free_text,
    method,
    only_known,
    url,
)
from ringback.twiml.verb import attribute_values
from ringback.webhooks.document import Document

_PAGE = "https://www.twilio.com/docs/voice/twiml/"
_IN_A_NUMBER = frozenset("+0123456789 ().-")
_DETECTION = only_known(
    "machineDetectionTimeout machineDetectionSpeechThreshold machineDetectionSpeechEndThreshold"
    " machineDetectionSilenceTimeout amdStatusCallback amdStatusCallbackMethod"
)
_PARAMETER = Schema(tag="Parameter", page=f"{_PAGE}client", attributes=only_known("name value"))


def is_number(value: str) -> bool:
    """Whether it can be a telephone number, as loosely as Twilio writes them: (415) 555-1212."""
    return set(value) <= _IN_A_NUMBER and any(char.isdigit() for char in value)


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
        free_text("machineDetection", support="announced"),
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
        free_text("machineDetection", support="announced"),
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
    instead="the callee is taken for the others in it",
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
    instead="the callee is taken for the first caller waiting in it",
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
    instead="the callee is taken for the application",
    attributes=(*_progress(13221), *only_known("customerId copyParentTo")),
    nested=(Schema(tag="ApplicationSid", page=f"{_PAGE}application"), _PARAMETER),
)
_WHATSAPP = Schema(tag="WhatsApp", page=f"{_PAGE}dial", attributes=_progress(13221))
_SIM = Schema(tag="Sim", page=f"{_PAGE}sim")

NOUNS = elements((_NUMBER, _CLIENT, _SIP, _CONFERENCE, _QUEUE, _APPLICATION, _WHATSAPP, _SIM))

_MOST_NUMBERS = 10  # https://www.twilio.com/docs/voice/twiml/number: "up to ten Number nouns"


@dataclass(frozen=True)
class DialTarget:
    """One telephone to ring: its noun, its number or name, and whether it can be called at all."""

    noun: str
    to: str
    can_be_called: bool = True


def dial_targets(call: Call, dial: Element, document: Document) -> tuple[DialTarget, ...]:
    """Those rung, in order; what cannot be called is warned of with 13223.

    https://www.twilio.com/docs/api/errors/13223. Ten of one kind is the most; that the others are
    left out is inferred [INF].
    """
    nouns = [noun for noun in dial if noun.tag in NOUNS]
    for noun in nouns:
        schema = NOUNS[noun.tag]
        attribute_values(call, noun, document, schema)
        if schema.instead:
            call.emit_unsimulated(noun.tag, schema.instead, document.url)
    if len(nouns) > _MOST_NUMBERS:
        call.warn(13215, f"Dial: more than {_MOST_NUMBERS} at once; the rest is left out", document)
    if nouns:
        return tuple(_one(call, noun, noun.tag, document) for noun in nouns[:_MOST_NUMBERS])
    # A lone number may stand in the Dial itself.
    return (_one(call, dial, "Number", document),)


def _one(call: Call, element: Element, noun: str, document: Document) -> DialTarget:
    to = _name(element)
    if noun != "Number" or is_number(to):
        return DialTarget(noun, to)
    call.warn(13223, f'Dial: "{to[:60]}" is not a telephone number', document)
    return DialTarget(noun, to, can_be_called=False)


def _name(element: Element) -> str:
    """Its text, or for a Client, Application or Sip the one of the element that names it."""
    for tag in ("Identity", "ApplicationSid", "Uri"):
        if (inner := element.find(tag)) is not None:
            return words(inner.itertext())
    return words([element.text or ""])
