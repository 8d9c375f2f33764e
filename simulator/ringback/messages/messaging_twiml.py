"""What an app's answer to a text means: messages to send, and where to go on.

https://www.twilio.com/docs/messaging/twiml
"""

from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from ringback.webhooks.document import Document, media_type, read_document
from ringback.webhooks.request import Answer, Failure, Request, join

# <Sms> is the verb's older name: https://www.twilio.com/docs/api/twiml/sms/sms
MESSAGES = frozenset({"Message", "Sms"})
_ATTRIBUTES = {
    **dict.fromkeys(MESSAGES, frozenset({"to", "from", "action", "method", "statusCallback"})),
    "Redirect": frozenset({"method"}),
}
_NOUNS = frozenset({"Body", "Media"})


@dataclass(frozen=True, kw_only=True)
class Reply:
    """A message the app asks for; empty `to` and `from_` mean the one who texted and the line."""

    body: str
    to: str
    from_: str
    callback: str | None
    method: str
    media: int = 0


def read_text_answer(answer: Answer) -> Document:
    """The document in an answer to a text. Raises Failure 12100 or 12300.

    Plain text is sent as it is. No content (204), or plain text without any, sends nothing.
    """
    if answer.status == 204:
        return Document(answer.url)
    if media_type(answer) == "text/plain":
        return Document(answer.url, _as_message(answer.body.decode("utf-8", "replace")))
    document = read_document(answer)
    if document.sound is not None:
        raise Failure(12300, "a sound cannot answer a text: expected text/xml", answer.url)
    return document


def reply_of(element: Element, document: Document) -> Reply:
    """What a <Message> asks for. Raises Failure 11100 for a callback that is no URL.

    `action` and the older `statusCallback` both name where status callbacks go.
    """
    callback = (element.get("action") or element.get("statusCallback") or "").strip()
    bodies = [body.text or "" for body in element.findall("Body")]
    return Reply(
        body="".join(bodies) if bodies else (element.text or "").strip(),
        to=element.get("to", "").strip(),
        from_=element.get("from", "").strip(),
        callback=join(document.url, callback) if callback else None,
        method="GET" if element.get("method", "").upper() == "GET" else "POST",
        media=len(element.findall("Media")),
    )


def redirect_of(element: Element, document: Document) -> Request:
    """Where a <Redirect> goes: its URL, or the document's own. Raises Failure 11100."""
    url = (element.text or "").strip()
    method = "GET" if element.get("method", "").upper() == "GET" else "POST"
    return Request(url=join(document.url, url) if url else document.url, method=method)


def messaging_warnings(document: Document) -> Iterator[str]:
    """What Twilio's schema check would warn of. https://www.twilio.com/docs/api/errors/12200"""
    for element in document.verbs:
        known = _ATTRIBUTES.get(element.tag)
        if known is None:
            yield f"<{element.tag}> is not a verb of messaging: expected Message or Redirect"
            continue
        for name in element.attrib:
            if name not in known:
                yield f"{element.tag}: there is no attribute {name}"
        if element.get("method", "POST").upper() not in ("GET", "POST"):
            yield f'{element.tag}: method="{element.get("method")}" is neither GET nor POST'
        if element.tag in MESSAGES:
            for noun in element:
                if noun.tag not in _NOUNS:
                    yield f"{element.tag}: <{noun.tag}> cannot stand inside, only Body and Media"


def _as_message(words: str) -> tuple[Element, ...]:
    if not words.strip():
        return ()
    message, body = Element("Message"), Element("Body")
    body.text = words
    message.append(body)
    return (message,)
