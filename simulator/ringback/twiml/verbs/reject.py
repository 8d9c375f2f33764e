"""Reject: the call is refused without being answered. https://www.twilio.com/docs/voice/twiml/reject"""

from xml.etree.ElementTree import Element

from ringback.calls.call import Call
from ringback.calls.exits import CallOver
from ringback.twiml.schema import Schema, choice
from ringback.twiml.verb import Verb, attribute_values
from ringback.webhooks.document import Document

_STATUS = {"rejected": "no-answer", "busy": "busy"}
_SCHEMA = Schema(
    tag="Reject",
    page="https://www.twilio.com/docs/voice/twiml/reject",
    attributes=(choice("reason", tuple(_STATUS), "rejected", 13810),),
)


def _execute(call: Call, reject: Element, document: Document) -> None:
    reason = attribute_values(call, reject, document, _SCHEMA)["reason"]
    if call.answered:
        # Only as the first verb does it keep the call from being answered.
        raise CallOver("line", "the line rejected a call it had answered")
    raise CallOver("line", f"the line rejected the call ({reason})", _STATUS[reason])


REJECT = Verb(schema=_SCHEMA, execute=_execute, answers=lambda _: False)
