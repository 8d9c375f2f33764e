"""The verbs that steer a call: Pause, Redirect, Hangup, Reject, Refer, Leave, Echo.

https://www.twilio.com/docs/voice/twiml, each with a page of its own but Echo, which stands in
Twilio's libraries alone.
"""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from ringback.calls.call import Call
from ringback.calls.call_timeline import CallOver
from ringback.media.prompt_segment import PromptSegment, SegmentPart
from ringback.twiml.schema import Schema, choice, method, url, whole
from ringback.twiml.verb import SoundVerb, Verb, attribute_values, resolve
from ringback.twiml.verbs.announced import announced
from ringback.webhooks.document import Document
from ringback.webhooks.request import Request

_PAGE = "https://www.twilio.com/docs/voice/twiml"
_PAUSE = Schema(
    tag="Pause",
    page=f"{_PAGE}/pause",
    attributes=(whole("length", "1", 13910),),
)


def _silence(
    call: Call, pause: Element, document: Document, nested: bool
) -> Iterator[PromptSegment]:
    del nested
    length = attribute_values(call, pause, document, _PAUSE)["length"]
    yield PromptSegment(verb="Pause", parts=(SegmentPart("", "", float(length)),))


PAUSE = SoundVerb(schema=_PAUSE, segments=_silence)

_REDIRECT = Schema(
    tag="Redirect",
    page=f"{_PAGE}/redirect",
    attributes=(method(code=13710),),
)


def _redirect(call: Call, redirect: Element, document: Document) -> Request:
    values = attribute_values(call, redirect, document, _REDIRECT)
    return Request(url=resolve(document, redirect.text), method=values["method"])


REDIRECT = Verb(schema=_REDIRECT, execute=_redirect)


def _hang_up(call: Call, hangup: Element, document: Document) -> None:
    del call, hangup, document
    raise CallOver("line", "the line hung up")


HANGUP = Verb(
    schema=Schema(tag="Hangup", page=f"{_PAGE}/hangup"),
    execute=_hang_up,
)

_STATUS = {"rejected": "no-answer", "busy": "busy"}
_REJECT = Schema(
    tag="Reject",
    page=f"{_PAGE}/reject",
    attributes=(choice("reason", tuple(_STATUS), "rejected", 13810),),
)


def _reject(call: Call, reject: Element, document: Document) -> None:
    reason = attribute_values(call, reject, document, _REJECT)["reason"]
    if call.answered:
        # Only as the first verb does it keep the call from being answered.
        raise CallOver("line", "the line rejected a call it had answered")
    raise CallOver("line", f"the line rejected the call ({reason})", _STATUS[reason])


REJECT = Verb(schema=_REJECT, execute=_reject, answers=lambda _: False)

_REFER = Schema(
    tag="Refer",
    page=f"{_PAGE}/refer",
    attributes=(url("action", support="checked"), method(support="checked")),
    nested=(Schema(tag="Sip", page=f"{_PAGE}/refer"),),
)


def _refer(call: Call, refer: Element, document: Document) -> None:
    """Every call here comes from a telephone, so it is always 13801.

    https://www.twilio.com/docs/api/errors/13801. That the next verb follows is inferred [INF].
    """
    attribute_values(call, refer, document, _REFER)
    text = "Refer: only a SIP call can be transferred; the next verb follows"
    call.emit("error", code=13801, text=text, url=document.url, level="error")


REFER = Verb(schema=_REFER, execute=_refer)

LEAVE = announced(
    Schema(
        tag="Leave",
        page=f"{_PAGE}/leave",
        support="announced",
        instead="no queue holds the caller, so the next verb follows",
    )
)

ECHO = announced(
    Schema(
        tag="Echo",
        page=_PAGE,
        support="announced",
        instead="nothing came back",
    )
)
