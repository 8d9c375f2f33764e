"""Hangup: the line ends the call. https://www.twilio.com/docs/voice/twiml/hangup"""

from xml.etree.ElementTree import Element

from ivr.simulator.call import Call
from ivr.simulator.documents import Document
from ivr.simulator.failures import CallOver
from ivr.simulator.verbs.schema import Schema
from ivr.simulator.verbs.verb import Verb


def _execute(call: Call, hangup: Element, document: Document) -> None:
    del call, hangup, document
    raise CallOver("line", "the line hung up")


HANGUP = Verb(
    schema=Schema(tag="Hangup", page="https://www.twilio.com/docs/voice/twiml/hangup"),
    execute=_execute,
)
