"""What an app's answer means: TwiML to execute, a sound to play, or text to read aloud.

https://www.twilio.com/docs/voice/twiml#twilio-request-mime-types
"""

from dataclasses import dataclass
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from ringback.media.audio_length import seconds_of_audio
from ringback.media.prompt_segment import PromptSegment, SegmentPart
from ringback.webhooks.request import Answer, Failure

_TWIML_TYPES = frozenset({"text/xml", "application/xml", "text/html"})
# https://www.twilio.com/docs/voice/twiml/play#supported-audio-file-types
AUDIO_TYPES = frozenset(
    f"audio/{name}"
    for name in ("mpeg", "wav", "wave", "x-wav", "aiff", "x-aifc", "x-aiff", "x-gsm", "gsm", "ulaw")
)
_DEEPEST = 20  # ours: no documented TwiML nests deeper than four


@dataclass(frozen=True)
class Document:
    """One answer: its verbs in order, or instead one sound; `url` is what relative URLs follow."""

    url: str
    verbs: tuple[Element, ...] = ()
    sound: PromptSegment | None = None


def read_document(answer: Answer) -> Document:
    """The document in an answer. Raises Failure 12100 (not TwiML) or 12300 (a type Twilio refuses).

    Plain text is executed when it is TwiML; otherwise it is read aloud and the call ends.
    """
    kind = media_type(answer)
    if kind in _TWIML_TYPES:
        return Document(answer.url, _verbs(answer))
    if kind == "text/plain":
        return Document(answer.url, _verbs_or_words(answer))
    if kind in AUDIO_TYPES:
        return Document(answer.url, sound=sound_of(answer))
    raise Failure(
        12300, f"Content-Type {kind or '(none)'}: expected text/xml, or an audio type", answer.url
    )


def sound_of(answer: Answer, caption: str = "") -> PromptSegment:
    """A fetched sound file as a segment of its length, with as much of the file as was kept.

    `caption` is what it says, where somebody knows.
    """
    length = seconds_of_audio(answer.body, answer.size)
    return PromptSegment(
        verb="Play", parts=(SegmentPart(caption, caption, length, answer.body),), url=answer.url
    )


def media_type(answer: Answer) -> str:
    """The answer's type in lower case, without charset and the like."""
    return answer.content_type.partition(";")[0].strip().lower()


def _verbs_or_words(answer: Answer) -> tuple[Element, ...]:
    try:
        return _verbs(answer)
    except Failure:
        say = Element("Say")
        say.text = answer.body.decode("utf-8", "replace")
        return (say,)


def _verbs(answer: Answer) -> tuple[Element, ...]:
    if answer.body.startswith(b"\xef\xbb\xbf"):
        # Expat would forgive the mark; Twilio does not: https://www.twilio.com/docs/api/errors/12100
        raise Failure(12100, "a byte order mark stands before the document", answer.url)
    try:
        root = fromstring(answer.body, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
        raise Failure(12100, f"not well-formed XML: {error}", answer.url) from error
    if root.tag != "Response":
        raise Failure(12100, f"the root is <{root.tag}>, expected <Response>", answer.url)
    if _is_deep(root):
        raise Failure(12100, f"elements are nested more than {_DEEPEST} deep", answer.url)
    return tuple(root)


def _is_deep(root: Element) -> bool:
    level = [root]
    for _ in range(_DEEPEST):
        level = [child for element in level for child in element]
    return bool(level)
