"""Enqueue: the caller waits in a queue; here the callee takes the call or nobody does.

https://www.twilio.com/docs/voice/twiml/enqueue
"""

from xml.etree.ElementTree import Element

from ringback.calls.call import Call
from ringback.calls.call_timeline import CallOver
from ringback.media.prompt_segment import words
from ringback.twiml.schema import Schema, method, only_known, url, whole
from ringback.twiml.verb import Verb, attribute_values, resolve
from ringback.webhooks.document import Document
from ringback.webhooks.request import Request

_LONGEST_NAME = 64  # https://www.twilio.com/docs/api/errors/14205
_PAGE = "https://www.twilio.com/docs/voice/twiml/enqueue"
_INSTEAD = "the callee takes the caller out of the queue, or the caller leaves it after its ring"
_SCHEMA = Schema(
    tag="Enqueue",
    page=_PAGE,
    support="announced",
    instead=_INSTEAD,
    attributes=(
        url("action", "none: the next verb"),
        whole("maxQueueSize", support="checked"),
        method(code=14201),
        url("waitUrl", support="announced"),
        method("waitUrlMethod", 14206, support="checked"),
        *only_known("workflowSid"),
    ),
    nested=(Schema(tag="Task", page=_PAGE, attributes=only_known("priority timeout")),),
)


def _execute(call: Call, enqueue: Element, document: Document) -> Request | None:
    values = attribute_values(call, enqueue, document, _SCHEMA)
    name = words([enqueue.text or ""])
    if len(name) > _LONGEST_NAME:
        call.warn(14205, f"Enqueue: the queue's name is longer than {_LONGEST_NAME}", document)
    call.emit_unsimulated("Enqueue", _INSTEAD, document.url)
    callee = call.callee_of(name)
    call.emit("dialed", to=name, from_=call.parties.from_, status=callee.status)
    result, over = "bridged" if callee.status == "completed" else "leave", None
    try:
        call.wait(callee.rings_for)
        call.wait(callee.talks_for if result == "bridged" else 0.0)
    except CallOver as ended:
        result, over = "hangup", ended
    request = None
    if values["action"]:
        request = Request(
            url=resolve(document, values["action"]),
            method=values["method"],
            extra={
                "QueueResult": result,
                "QueueSid": call.identifiers.sid("QU"),
                "QueueTime": str(round(callee.rings_for)),
            },
        )
    if over:
        if request:
            call.report(request, call.parameters("completed"))
        raise over
    return request


ENQUEUE = Verb(schema=_SCHEMA, execute=_execute)
