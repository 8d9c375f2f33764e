"""The voice webhooks: parse what the carrier says, ask for the answer, hand it back as XML."""

import logging
from collections.abc import Mapping

from flask import Blueprint, Response, request
from werkzeug.exceptions import HTTPException

from ivr.engine import Caller, CallerKind, Line, Numbering
from ivr.signature import raw_target
from ivr.voice.answers import Answers

log = logging.getLogger(__name__)


def voice_blueprint(line: Line, answers: Answers, line_texts: bool) -> Blueprint:
    """`/voice` answers a call; `/voice/<language>/<node>` hears what the caller did there.

    `line_texts`: whether the line has a sender to text from. Whoever registers the blueprint
    checks signatures first. GET serves numbers that are set to GET.
    """
    numbering = Numbering(line.tree.country)
    callers = {kind: Caller(kind, line_texts) for kind in CallerKind}
    blueprint = Blueprint("voice", __name__)

    @blueprint.route("/voice", methods=["GET", "POST"])
    def answered() -> Response:
        """A call comes in; `?language=en` on a number's URL greets in that language."""
        fields = _fields()
        caller = callers[numbering.kind(fields.get("From", ""))]
        return _xml(answers.start(request.args.get("language"), caller))

    @blueprint.route("/voice/<language>/<node>", methods=["GET", "POST"])
    def heard(**_place: str) -> Response:
        """A key, or (without Digits) silence; the place is read from the target as it came."""
        fields = _fields()
        number = fields.get("From", "")
        body = answers.heard(
            raw_target(request),
            fields.get("Digits", ""),
            callers[numbering.kind(number)],
            lambda: (fields.get("CallSid", ""), number),
        )
        return _xml(body)

    @blueprint.errorhandler(Exception)
    def failed(error: Exception) -> Response | HTTPException:
        """Whatever breaks, the caller hears a number (caller rule D5). Logged without the call."""
        if isinstance(error, HTTPException):
            return error
        log.error("a call was answered with the last words", exc_info=error)
        language = (request.view_args or {}).get("language", line.tree.language)
        return _xml(answers.last_words(language))

    return blueprint


def _fields() -> Mapping[str, str]:
    """The carrier's fields: in the body, or in the query of a number that is set to GET."""
    return request.form if request.method == "POST" else request.args


def _xml(body: bytes) -> Response:
    return Response(body, content_type="text/xml; charset=utf-8")
