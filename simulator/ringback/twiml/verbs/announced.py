"""Verbs that are only announced: an event says so, and the call goes on as `instead` says."""

from collections.abc import Mapping
from xml.etree.ElementTree import Element

from ringback.calls.call import Call
from ringback.twiml.schema import Schema
from ringback.twiml.verb import Verb, attribute_values, resolve
from ringback.webhooks.document import Document
from ringback.webhooks.request import Request


def announced(schema: Schema, action_parameters: Mapping[str, str] | None = None) -> Verb:
    """A verb that only emits an event.

    Where it has an `action` and the document gives one, that is requested next, with
    `action_parameters` added to the standard ones; else the next verb follows.
    """

    def execute(call: Call, element: Element, document: Document) -> Request | None:
        values = attribute_values(call, element, document, schema)
        inside = "".join(f"<{nested.tag}>" for nested in element)
        call.emit_unsimulated(
            schema.tag, f"{schema.instead}{inside and f'; inside: {inside}'}", document.url
        )
        if not values.get("action"):
            return None
        return Request(
            url=resolve(document, values["action"]),
            method=values.get("method", "POST"),
            extra=dict(action_parameters or {}),
        )

    return Verb(schema=schema, execute=execute)
