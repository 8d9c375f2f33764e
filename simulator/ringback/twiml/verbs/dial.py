"""Dial: other telephones are rung. https://www.twilio.com/docs/voice/twiml/dial"""

from dataclasses import dataclass
from xml.etree.ElementTree import Element

from ringback.calls.call import Call
from ringback.calls.call_timeline import CallOver
from ringback.calls.callee import Callee
from ringback.twiml.schema import (
    Attribute,
    Schema,
    flag,
    free_text,
    method,
    only_known,
    url,
    whole,
)
from ringback.twiml.verb import Verb, attribute_values, resolve
from ringback.twiml.verbs.dial_nouns import NOUNS, DialTarget, dial_targets, is_number
from ringback.webhooks.document import Document
from ringback.webhooks.request import Request

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


def _caller_id(value: str) -> str | None:
    return value if is_number(value) or value.startswith(("client:", "sip:", "sips:")) else None


_SCHEMA = Schema(
    tag="Dial",
    page="https://www.twilio.com/docs/voice/twiml/dial",
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
        free_text("callReason", support="checked"),
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
        free_text("ringTone", support="checked"),
        flag("sequential", "false", 13218),
        whole("timeLimit", "14400", 13216),
        whole("timeout", "30", 13212),
        *only_known("trim"),
    ),
    nested=tuple(NOUNS.values()),
    nested_code=13215,
)


@dataclass(frozen=True, kw_only=True)
class _Outcome:
    """How a Dial ended: a DialCallStatus, the seconds talked, and how the call ended, if it did."""

    status: str
    talked: float = 0.0
    over: CallOver | None = None

    def parameters(self, call: Call) -> dict[str, str]:
        """What the action receives.

        https://www.twilio.com/docs/voice/twiml/dial#request-parameters. That DialCallDuration is
        absent where nobody talked is inferred [INF].
        """
        talked = self.status in ("completed", "answered")
        fields = {"DialCallStatus": self.status, "DialCallSid": call.identifiers.sid("CA")}
        if talked:
            fields["DialCallDuration"] = str(round(self.talked))
        return {**fields, "DialBridged": "true" if talked else "false"}


def _execute(call: Call, dial: Element, document: Document) -> Request | None:
    values = attribute_values(call, dial, document, _SCHEMA)
    outcome = _ring(call, dial_targets(call, dial, document), values)
    request = None
    if values["action"]:  # without one the next verb follows, unlike after a Gather
        request = Request(
            url=resolve(document, values["action"]),
            method=values["method"],
            extra=outcome.parameters(call),
        )
    if outcome.over:
        if request:
            # The dialled call has ended with the caller's, so the action is asked; what it answers
            # goes nowhere [INF].
            call.report(request, call.parameters("completed"))
        raise outcome.over
    return request


def _ring(call: Call, called: tuple[DialTarget, ...], values: dict[str, str]) -> _Outcome:
    """Rings all of them together, or with `sequential` one after another, until one answers."""
    if not called:
        return _Outcome(status="failed")
    rounds = [(one,) for one in called] if values["sequential"] == "true" else [called]
    outcome = _Outcome(status="no-answer")
    for together in rounds:
        outcome = _ring_together(call, together, values)
        if outcome.over or outcome.status in ("completed", "answered"):
            break
    return outcome


def _ring_together(call: Call, called: tuple[DialTarget, ...], values: dict[str, str]) -> _Outcome:
    timeout = float(values["timeout"])
    # Unless the app says otherwise the called party sees the caller's own number.
    from_ = values["callerId"] or call.parties.from_
    ends = [(one, call.callee_of(one.to)) for one in called]
    for one, callee in ends:
        status = _status(callee, timeout) if one.can_be_called else "failed"
        call.emit("dialed", to=one.to, from_=from_, status=status)
    ends = [(one, end) for one, end in ends if one.can_be_called]
    answering = [(one, end) for one, end in ends if _status(end, timeout) == "completed"]
    if not answering:
        return _nobody(call, [end for _, end in ends], timeout)
    first, callee = min(answering, key=lambda pair: pair[1].rings_for)
    if over := _passing(call, callee.rings_for):
        return _Outcome(status="no-answer", over=over)
    call.answered = True
    began = call.t
    # hangupOnStar: the caller's * ends the dialled call, and the call goes on.
    star = "*" if values["hangupOnStar"] == "true" else ""
    over = _passing(call, min(callee.talks_for, float(values["timeLimit"])), star)
    # "answered" is the word for a conference:
    # https://www.twilio.com/docs/voice/twiml/dial#dialcallstatus-values
    status = "answered" if first.noun == "Conference" else "completed"
    return _Outcome(status=status, talked=call.t - began, over=over)


def _passing(call: Call, seconds: float, star: str = "") -> CallOver | None:
    """Lets them pass; how the call ended, if it ended meanwhile."""
    try:
        call.wait(seconds, stops_at=star)
    except CallOver as over:
        return over
    return None


def _nobody(call: Call, ends: list[Callee], timeout: float) -> _Outcome:
    """Nobody answers: it rings until the last one has said so, or until the timeout."""
    statuses = [_status(end, timeout) for end in ends]
    waits = [
        timeout if status == "no-answer" else end.rings_for
        for end, status in zip(ends, statuses, strict=True)
    ]
    over = _passing(call, max(waits, default=0.0))
    for end, status in zip(ends, statuses, strict=True):
        if status == "failed" and end.code is not None:
            call.emit("error", code=end.code, text="Dial: the call failed", level="warning")
    for status in ("no-answer", "busy"):  # of several, which one is reported is inferred [INF]
        if status in statuses:
            return _Outcome(status=status, over=over)
    return _Outcome(status="failed", over=over)


def _status(callee: Callee, timeout: float) -> str:
    return callee.status if callee.rings_for < timeout else "no-answer"


DIAL = Verb(
    schema=_SCHEMA,
    execute=_execute,
    # answerOnBridge: "the inbound call rings until the dialled one answers".
    answers=lambda dial: dial.get("answerOnBridge", "").strip().lower() != "true",
)
