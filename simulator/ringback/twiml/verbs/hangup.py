"""Hangup: the line ends the call. https://www.twilio.com/docs/voice/twiml/hangup"""

from xml.etree.ElementTree import Element

from ringback.calls.call import Call
from ringback.calls.exits import CallOver
from ringback.twiml.schema import Schema
from ringback.twiml.verb import Verb
from ringback.webhooks.document import Document


def _execute(call: Call, hangup: Element, document: Document) -> None:
    del call, hangup, document
    raise CallOver("line", "the line hung up")


HANGUP = Verb(
    schema=Schema(tag="Hangup", page="https://www.twilio.com/docs/voice/twiml/hangup"),
    execute=_execute,
)
