"""The voice webhooks: parse what the carrier says, ask for the answer, hand it back as XML."""

import logging
from typing import Protocol, cast

from flask import Blueprint, Request, Response, request
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import HTTPException
from werkzeug.local import LocalProxy

from ivr.engine import Caller, CallerKind, Line, numbering
from ivr.voice.call_handler import CallHandler
from ivr.voice.urls import raw_target

log = logging.getLogger(__name__)


class CallCounter(Protocol):
    """Whoever counts calls and failures."""

    def answered(self, language: str) -> None:
        """A call came in and was greeted in this language."""

    def failed(self, channel: str) -> None:
        """A request of this channel failed."""


def voice_blueprint(
    line: Line, calls: CallHandler, line_texts: bool, counter: CallCounter
) -> Blueprint:
    """`/voice` answers a call; `/voice/<language>/<node>` hears what the caller did there.

    `line_texts`: whether the line has a sender to text from. Whoever registers the blueprint
    checks signatures first. GET serves numbers that are set to GET.
    """
    kind_of = numbering(line.tree.country).kind
    callers = {kind: Caller(kind, line_texts) for kind in CallerKind}
    blueprint = Blueprint("voice", __name__)

    @blueprint.route("/voice", methods=["GET", "POST"])
    def answered() -> Response:
        """A call comes in; `?language=en` on a number's URL greets in that language."""
        asked = _asked()
        caller = callers[kind_of(_field(_fields(asked), "From"))]
        language = asked.args.get("language", "")
        body = calls.on_start(language, caller)
        counter.answered(language if language in line.scripts else line.tree.language)
        return _xml(body)

    @blueprint.route("/voice/<language>/<node>", methods=["GET", "POST"])
    def heard(**_place: str) -> Response:
        """A key, or (without Digits) silence; the place is read from the target as it came."""
        asked = _asked()
        fields = _fields(asked)
        number = _field(fields, "From")
        body = calls.on_input(
            raw_target(asked),
            _field(fields, "Digits"),
            callers[kind_of(number)],
            lambda: (_field(fields, "CallSid"), number),
        )
        return _xml(body)

    @blueprint.errorhandler(Exception)
    def failed(error: Exception) -> Response | HTTPException:
        """Whatever breaks, the caller hears a number (caller rule D5); logged without the call."""
        if isinstance(error, HTTPException):
            return error
        log.error("a call was answered with the last words", exc_info=error)
        counter.failed("voice")
        language = (request.view_args or {}).get("language", line.tree.language)
        return _xml(calls.last_words(language))

    return blueprint


def _asked() -> Request:
    """The request itself: each look through Flask's proxy costs a waiting caller a little."""
    return cast("LocalProxy[Request]", request)._get_current_object()


def _fields(asked: Request) -> MultiDict[str, str]:
    """The carrier's fields: in the body, or in the query of a number that is set to GET."""
    return asked.form if asked.method == "POST" else asked.args


def _field(fields: MultiDict[str, str], name: str) -> str:
    """A field's value, empty where it is missing (`get` would raise and catch an exception)."""
    values = fields.getlist(name)
    return values[0] if values else ""


def _xml(body: bytes) -> Response:
    return Response(body, content_type="text/xml; charset=utf-8")
