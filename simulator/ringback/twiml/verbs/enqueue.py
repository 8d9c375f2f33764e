"""Enqueue: the caller waits in a queue; here the far end takes the call or nobody does.

https://www.twilio.com/docs/voice/twiml/enqueue
"""

from xml.etree.ElementTree import Element

from ringback.calls.call import Call
from ringback.calls.failures import CallOver
from ringback.media.prompt_segment import words
from ringback.twiml.schema import Schema, method, only_known, url, whole
from ringback.twiml.verb import Verb, given, resolve
from ringback.webhooks.document import Document
from ringback.webhooks.fetcher import Request

_LONGEST_NAME = 64  # https://www.twilio.com/docs/api/errors/14205
_PAGE = "https://www.twilio.com/docs/voice/twiml/enqueue"
_INSTEAD = "the far end takes the caller out of the queue, or the caller leaves it after its ring"
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
    values = given(call, enqueue, document, _SCHEMA)
    name = words([enqueue.text or ""])
    if len(name) > _LONGEST_NAME:
        call.warn(14205, f"Enqueue: the queue's name is longer than {_LONGEST_NAME}", document)
    call.announce("Enqueue", _INSTEAD, document.url)
    far_end = call.far_end_of(name)
    call.tell("dialed", to=name, from_=call.parties.from_, status=far_end.status)
    result, over = "bridged" if far_end.status == "completed" else "leave", None
    try:
        call.wait(far_end.rings_for)
        call.wait(far_end.talks_for if result == "bridged" else 0.0)
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
                "QueueTime": str(round(far_end.rings_for)),
            },
        )
    if over:
        if request:
            call.report(request, call.parameters("completed"))
        raise over
    return request


ENQUEUE = Verb(schema=_SCHEMA, execute=_execute)
