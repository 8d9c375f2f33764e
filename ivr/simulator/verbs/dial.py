"""Dial: another telephone is rung (here only announced). https://www.twilio.com/docs/voice/twiml/dial"""

from xml.etree.ElementTree import Element

from ivr.simulator.call import Call
from ivr.simulator.documents import Document
from ivr.simulator.fetching import Request
from ivr.simulator.passages import words
from ivr.simulator.verbs.verb import Verb, method_of, positive, resolve

_DEFAULT_TIMEOUT = 30
_DEFAULT_TIME_LIMIT = 14_400
_NOUNS = frozenset(
    {
        "Number",
        "Client",
        "Sip",
        "Sim",
        "Conference",
        "Queue",
        "Application",
        "WhatsApp",
        "VirtualAgent",
    }
)


def _execute(call: Call, dial: Element, document: Document) -> Request | None:
    timeout = positive(call, dial, document, "timeout", 13212) or _DEFAULT_TIMEOUT
    limit = positive(call, dial, document, "timeLimit", 13213) or _DEFAULT_TIME_LIMIT
    method = method_of(call, dial, document, 13210)
    # Unless the app says otherwise the called party sees the caller's own number.
    from_ = dial.get("callerId", call.parties.from_)
    far_end = call.far_end
    status = far_end.status if far_end.rings_for < timeout else "no-answer"
    for to in _called(dial):
        call.tell("dialed", to=to, from_=from_, status=status)
    call.wait(float(timeout) if status == "no-answer" else far_end.rings_for)
    talked = min(far_end.talks_for, float(limit)) if status == "completed" else 0.0
    call.wait(talked)
    if not dial.get("action"):
        return None  # unlike Gather, a Dial without an action goes on with the next verb
    return Request(
        url=resolve(document, dial.get("action")),
        method=method,
        extra=_outcome(call, status, talked),
    )


def _called(dial: Element) -> tuple[str, ...]:
    """The numbers rung at the same time; a lone number may stand in the Dial itself."""
    nested = tuple(words(noun.itertext()) for noun in dial if noun.tag in _NOUNS)
    return nested or (words(dial.itertext()),)


def _outcome(call: Call, status: str, talked: float) -> dict[str, str]:
    outcome = {"DialCallStatus": status, "DialCallSid": call.identifiers.sid("CA")}
    if status == "completed":
        outcome["DialCallDuration"] = str(round(talked))
    outcome["DialBridged"] = "true" if status == "completed" else "false"
    return outcome


DIAL = Verb(
    name="Dial",
    attributes=frozenset(
        {
            "action",
            "answerOnBridge",
            "callerId",
            "events",
            "hangupOnStar",
            "method",
            "record",
            "recordingStatusCallback",
            "recordingStatusCallbackEvent",
            "recordingStatusCallbackMethod",
            "recordingTrack",
            "referMethod",
            "referUrl",
            "ringTone",
            "sequential",
            "timeLimit",
            "timeout",
            "trim",
        }
    ),
    execute=_execute,
)
