"""Reject: the call is refused without being answered. https://www.twilio.com/docs/voice/twiml/reject"""

from xml.etree.ElementTree import Element

from ivr.simulator.call import Call
from ivr.simulator.documents import Document
from ivr.simulator.failures import CallOver
from ivr.simulator.verbs.verb import Verb

_STATUS = {"rejected": "no-answer", "busy": "busy"}


def _execute(call: Call, reject: Element, document: Document) -> None:
    reason = reject.get("reason", "rejected")
    if reason not in _STATUS:
        call.warn(13910, f'Reject: reason="{reason}" is neither rejected nor busy', document)
        reason = "rejected"
    if call.answered:
        # Only as the first verb does it keep the call from being answered.
        raise CallOver("line", "the line rejected a call it had answered")
    raise CallOver("line", f"the line rejected the call ({reason})", _STATUS[reason])


REJECT = Verb(name="Reject", attributes=frozenset({"reason"}), execute=_execute)
