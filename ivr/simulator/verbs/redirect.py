"""Redirect: the call goes on at another document. https://www.twilio.com/docs/voice/twiml/redirect"""

from xml.etree.ElementTree import Element

from ivr.simulator.call import Call
from ivr.simulator.documents import Document
from ivr.simulator.fetching import Request
from ivr.simulator.verbs.schema import Schema, method
from ivr.simulator.verbs.verb import Verb, given, resolve

_SCHEMA = Schema(
    tag="Redirect",
    page="https://www.twilio.com/docs/voice/twiml/redirect",
    attributes=(method(code=13710),),
)


def _execute(call: Call, redirect: Element, document: Document) -> Request:
    values = given(call, redirect, document, _SCHEMA)
    return Request(url=resolve(document, redirect.text), method=values["method"])


REDIRECT = Verb(schema=_SCHEMA, execute=_execute)
