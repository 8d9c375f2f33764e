"""A call from its first request to its end: document after document, verb after verb."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from ivr.simulator.call import Call
from ivr.simulator.documents import Document
from ivr.simulator.failures import CallOver, Failure
from ivr.simulator.fetching import Request
from ivr.simulator.passages import Passage
from ivr.simulator.ssml import pieces
from ivr.simulator.verbs import SOUNDS, UNSIMULATED, VERBS

# What a caller hears where there is no fallback URL:
# https://twilio.com/en-us/blog/a-hidden-gem-fallback-urls-html
_APOLOGY = "We are sorry, an application error has occurred. Goodbye."


def run(call: Call, first: Request, fallback_url: str | None) -> CallOver:
    """Runs the call to its end and says how it ended; the hangup event is its last."""
    try:
        request: Request | None = first
        while request is not None:
            request = _serve(call, request, fallback_url)
        over = CallOver("line", "the document ended")
    except CallOver as ended:
        over = ended
    call.end()
    call.tell("hangup", by=over.by, text=over.why)
    return over


def _serve(call: Call, request: Request, fallback_url: str | None) -> Request | None:
    """Fetches and executes one document; on a fatal error the fallback URL is the next request."""
    try:
        return _execute(call, call.fetch(request))
    except Failure as failure:
        call.tell(
            "error",
            code=failure.code,
            text=failure.text,
            url=failure.url or None,
            status=failure.status,
            level="error",
        )
        if fallback_url and not request.is_fallback and failure.code is not None:
            return Request(
                url=fallback_url,
                extra={"ErrorCode": str(failure.code), "ErrorUrl": failure.url},
                is_fallback=True,
            )
    _apologise(call)
    raise CallOver("carrier", "application error", "failed")


def _execute(call: Call, document: Document) -> Request | None:
    for complaint in _complaints(document):
        call.warn(12200, complaint, document)
    if document.sound is not None:
        call.answered = True
        call.speak((document.sound,))
        return None
    for element in document.verbs:
        # Reject as the first verb is the only way not to answer:
        # https://www.twilio.com/docs/voice/twiml/reject
        call.answered = call.answered or element.tag != "Reject"
        following = _step(call, element, document)
        if following is not None:
            return following
    call.answered = True
    return None


def _step(call: Call, element: Element, document: Document) -> Request | None:
    if element.tag in SOUNDS:
        call.speak(SOUNDS[element.tag].passages(call, element, document, False))
    elif element.tag in VERBS:
        return VERBS[element.tag].execute(call, element, document)
    elif element.tag in UNSIMULATED:
        call.tell(
            "error",
            level="error",
            url=document.url,
            text=f"<{element.tag}> is not simulated yet, so it was left out",
        )
    return None


def _complaints(document: Document) -> Iterator[str]:
    """What Twilio's schema check would warn of; the attribute or verb is then ignored [INF].

    https://www.twilio.com/docs/api/errors/12200. Names are case-sensitive.
    """
    for element in document.verbs:
        known = VERBS.get(element.tag) or SOUNDS.get(element.tag)
        if known is None and element.tag not in UNSIMULATED:
            yield f"<{element.tag}> is not a verb"
        if known is not None:
            yield from _unknown_attributes(element, known.attributes)
        if element.tag == "Gather":
            for nested in element:
                if nested.tag in SOUNDS:
                    yield from _unknown_attributes(nested, SOUNDS[nested.tag].attributes)


def _unknown_attributes(element: Element, known: frozenset[str]) -> Iterator[str]:
    for name in element.attrib:
        if name not in known:
            yield f"{element.tag}: there is no attribute {name}"


def _apologise(call: Call) -> None:
    call.answered = True
    say = Element("Say")
    say.text = _APOLOGY
    said = pieces(say, "en-US", call.voice)
    call.speak((Passage(verb="Say", pieces=said, language="en-US"),))
