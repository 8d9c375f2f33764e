"""Record: what the caller says is kept; here nothing is, but the app is notified all the same.

https://www.twilio.com/docs/voice/twiml/record
"""

from dataclasses import dataclass
from xml.etree.ElementTree import Element

from ringback.callers.phone import Speak
from ringback.calls.call import Call
from ringback.calls.call_timeline import CallOver
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
from ringback.twiml.verb import Verb, attribute_values, resolve
from ringback.webhooks.document import Document
from ringback.webhooks.request import Request

_SCHEMA = Schema(
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
_BEEP_SECONDS = 0.5  # [INF]


@dataclass(frozen=True, kw_only=True)
class _Recording:
    """What would have been recorded: seconds, and how it ended (a key, "hangup" or nothing)."""

    sid: str
    seconds: float
    ended_by: str
    over: CallOver | None


def _execute(call: Call, record: Element, document: Document) -> Request | None:
    values = attribute_values(call, record, document, _SCHEMA)
    call.emit_unsimulated("Record", "nothing is kept, the URL leads nowhere", document.url)
    if values["playBeep"] == "true":
        call.wait(_BEEP_SECONDS)
    recording = _record(call, values)
    url = _url(call, recording)
    call.emit(
        "recorded",
        seconds=recording.seconds,
        keys=recording.ended_by or None,
        url=url if recording.seconds > 0 else None,
    )
    following = None
    # "If Twilio receives an empty recording, it does not make a request to the action URL."
    if recording.seconds > 0:
        _post_status(call, values, document, recording)
        following = Request(
            url=resolve(document, values["action"]),
            method=values["method"],
            extra={
                "RecordingUrl": url,
                "RecordingDuration": _whole(recording.seconds),
                "Digits": recording.ended_by,
            },
        )
    if recording.over:
        if following:
            # Digits is "hangup if the caller hung up"; what the app answers then goes nowhere.
            call.report(following, call.parameters("completed"))
        raise recording.over
    return following


def _record(call: Call, values: dict[str, str]) -> _Recording:
    """Listens until a finishing key, silence as long as `timeout`, or `maxLength`.

    Other keys are sounds like the caller's words, and are taken to last no time [INF].
    """
    began = quiet = call.t
    heard, said, over, ended_by = 0.0, "", None, ""
    ends = began + float(values["maxLength"])
    try:
        while not ended_by:
            deadline = min(ends, quiet + float(values["timeout"]))
            answer = call.listen((), deadline, said, keys=True, speech=True)
            if answer is None:
                break
            if isinstance(answer, Speak):
                said += answer.text
                quiet = answer.at + answer.seconds
                heard += answer.seconds
                call.emit("spoke", text=answer.text, seconds=answer.seconds)
            else:
                quiet = max(quiet, answer.at)
                ended_by = answer.key if answer.key in values["finishOnKey"] else ""
    except CallOver as ended:
        over, ended_by = ended, "hangup" if ended.by == "caller" else ""
    heard -= max(0.0, quiet - call.t)  # words that were cut off
    # trim-silence leaves what was said; do-not-trim leaves the silence before and after it too.
    seconds = heard if values["trim"] == "trim-silence" or not heard else call.t - began
    sid = call.identifiers.sid("RE")
    return _Recording(sid=sid, seconds=seconds, ended_by=ended_by, over=over)


def _post_status(
    call: Call, values: dict[str, str], document: Document, recording: _Recording
) -> None:
    """https://www.twilio.com/docs/voice/twiml/record#recordingstatuscallback, of one event."""
    events = values["recordingStatusCallbackEvent"].split()
    if not values["recordingStatusCallback"] or "completed" not in events:
        return
    fields = {
        "AccountSid": call.parties.account_sid,
        "CallSid": call.parties.call_sid,
        "RecordingSid": recording.sid,
        "RecordingUrl": _url(call, recording),
        "RecordingStatus": "completed",
        "RecordingDuration": _whole(recording.seconds),
        "RecordingChannels": "1",
        "RecordingSource": "RecordVerb",
    }
    url = resolve(document, values["recordingStatusCallback"])
    call.report(Request(url=url, method=values["recordingStatusCallbackMethod"]), fields)


def _whole(seconds: float) -> str:
    return str(max(1, round(seconds)))


def _url(call: Call, recording: _Recording) -> str:
    account = call.parties.account_sid
    return f"https://api.twilio.com/2010-04-01/Accounts/{account}/Recordings/{recording.sid}"


RECORD = Verb(schema=_SCHEMA, execute=_execute)
