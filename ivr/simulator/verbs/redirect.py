"""Redirect: the call goes on at another document. https://www.twilio.com/docs/voice/twiml/redirect"""

from xml.etree.ElementTree import Element

from ivr.simulator.call import Call
from ivr.simulator.documents import Document
from ivr.simulator.fetching import Request
from ivr.simulator.verbs.verb import Verb, method_of, resolve


def _execute(call: Call, redirect: Element, document: Document) -> Request:
    method = method_of(call, redirect, document, 13610)
    return Request(url=resolve(document, redirect.text), method=method)


REDIRECT = Verb(name="Redirect", attributes=frozenset({"method"}), execute=_execute)
