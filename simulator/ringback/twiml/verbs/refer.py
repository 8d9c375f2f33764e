"""Refer: a SIP call is handed on; a telephone call cannot be.

https://www.twilio.com/docs/voice/twiml/refer
"""

from xml.etree.ElementTree import Element

from ringback.calls.call import Call
from ringback.twiml.schema import Schema, method, url
from ringback.twiml.verb import Verb, attribute_values
from ringback.webhooks.document import Document

_PAGE = "https://www.twilio.com/docs/voice/twiml/refer"
_SCHEMA = Schema(
    tag="Refer",
    page=_PAGE,
    attributes=(url("action", support="checked"), method(support="checked")),
    nested=(Schema(tag="Sip", page=_PAGE),),
)


def _execute(call: Call, refer: Element, document: Document) -> None:
    """Every call here comes from a telephone, so it is always 13801.

    https://www.twilio.com/docs/api/errors/13801. That the next verb follows is inferred [INF].
    """
    attribute_values(call, refer, document, _SCHEMA)
    text = "Refer: only a SIP call can be handed on; the next verb follows"
    call.emit("error", code=13801, text=text, url=document.url, level="error")


REFER = Verb(schema=_SCHEMA, execute=_execute)
