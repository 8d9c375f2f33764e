"""A call from its first request to its end: document after document, verb after verb."""

from xml.etree.ElementTree import Element

from ringback.calls.call import Call
from ringback.calls.call_timeline import CallOver, LiveUpdate
from ringback.calls.call_urls import CallUrls
from ringback.media.prompt_segment import PromptSegment
from ringback.twiml.schema_check import schema_warnings
from ringback.twiml.ssml import spoken_parts
from ringback.twiml.verbs import SCHEMAS, SOUNDS, VERBS
from ringback.webhooks.document import Document
from ringback.webhooks.parameters import end_of_call
from ringback.webhooks.request import Failure, Request, fallback_after

# What a caller hears where there is no fallback URL:
# https://twilio.com/en-us/blog/a-hidden-gem-fallback-urls-html
_APOLOGY = "We are sorry, an application error has occurred. Goodbye."


def interpret(call: Call, urls: CallUrls) -> CallOver:
    """Runs the call to its end and returns how it ended.

    The hangup event is the last one, except for an error in the answer to `urls.status_callback`,
    which is requested when the call is over.
    """
    try:
        request: Request | None = urls.first
        while request is not None:
            request = _next(call, request, urls.fallback)
        over = CallOver("line", "the document ended")
    except CallOver as ended:
        over = ended
    if over.status == "completed" and not call.answered:
        over.status = "no-answer"  # it only rang, in a Dial with answerOnBridge [INF]
    call.end()
    call.emit("hangup", by=over.by, text=over.why)
    if urls.status_callback:
        call.report(
            urls.status_callback,
            call.parameters(over.status) | end_of_call(call.t, call.now(), answered=call.answered),
        )
    return over


def _next(call: Call, request: Request, fallback: Request | None) -> Request | None:
    """Serves one document, unless the app takes the call out of it by the API."""
    try:
        return _serve(call, request, fallback)
    except LiveUpdate as change:
        if change.following is None:
            raise CallOver("line", "the app ended the call by the API") from change
        return change.following


def _serve(call: Call, request: Request, fallback: Request | None) -> Request | None:
    """Fetches and executes one document; on a fatal error the fallback URL is the next request.

    https://www.twilio.com/docs/usage/security/availability-reliability
    """
    try:
        return _execute(call, call.fetch(request))
    except Failure as failure:
        call.emit(
            "error",
            code=failure.code,
            text=failure.text,
            url=failure.url or None,
            status=failure.status,
            level="error",
        )
        if following := fallback_after(failure, request, fallback):
            return following
    _apologise(call)
    raise CallOver("carrier", "application error", "failed")


def _execute(call: Call, document: Document) -> Request | None:
    for code, text in schema_warnings(document.verbs, SCHEMAS):
        call.warn(code, text, document)
    if document.sound is not None:
        call.answered = True
        call.speak((document.sound,))
        return None
    for element in document.verbs:
        following = _step(call, element, document)
        if following is not None:
            return following
    call.answered = call.answered or not _leaves_ringing(document)
    return None


def _step(call: Call, element: Element, document: Document) -> Request | None:
    if sound := SOUNDS.get(element.tag):
        call.answered = True
        call.speak(sound.segments(call, element, document, False))
    elif verb := VERBS.get(element.tag):
        call.answered = call.answered or verb.answers(element)
        return verb.execute(call, element, document)
    return None


def _leaves_ringing(document: Document) -> bool:
    """Whether every verb there was left the call unanswered."""
    known = [element for element in document.verbs if element.tag in VERBS]
    return bool(known) and not any(VERBS[element.tag].answers(element) for element in known)


def _apologise(call: Call) -> None:
    call.answered = True
    say = Element("Say")
    say.text = _APOLOGY
    said = spoken_parts(say, "en-US", call.voice)
    call.speak((PromptSegment(verb="Say", parts=said, language="en-US"),))
