"""Redirect: the call goes on at another document. https://www.twilio.com/docs/voice/twiml/redirect"""

from xml.etree.ElementTree import Element

from ringback.calls.call import Call
from ringback.twiml.schema import Schema, method
from ringback.twiml.verb import Verb, attribute_values, resolve
from ringback.webhooks.document import Document
from ringback.webhooks.fetcher import Request

_SCHEMA = Schema(
    tag="Redirect",
    page="https://www.twilio.com/docs/voice/twiml/redirect",
    attributes=(method(code=13710),),
)


def _execute(call: Call, redirect: Element, document: Document) -> Request:
    values = attribute_values(call, redirect, document, _SCHEMA)
    return Request(url=resolve(document, redirect.text), method=values["method"])


REDIRECT = Verb(schema=_SCHEMA, execute=_execute)
