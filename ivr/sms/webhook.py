"""`/sms`: somebody texts the line; one message answers, and the place travels in a signed cookie.

Twilio keeps cookies of a conversation between two numbers for four hours
(https://www.twilio.com/docs/messaging/guides/webhook-request), so nothing of it is stored here.
"""

import logging
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from flask import Blueprint, Response, request
from itsdangerous import BadSignature, URLSafeSerializer
from twilio.twiml.messaging_response import MessagingResponse
from werkzeug.exceptions import HTTPException

from ivr.database.errors import AWAY
from ivr.engine import Line
from ivr.engine.folding import plain
from ivr.engine.understanding import Meaning, Understanding, Word
from ivr.sms.conversation import Conversation, Place, Reply
from ivr.sms.refusals import Refusals
from ivr.sms.reply_limit import ReplyLimit

log = logging.getLogger(__name__)

_COOKIE, _SALT = "place", "the place of a texter"
_HOURS_KEPT = 4
# The carrier answers these by itself and lets nothing of ours through, or (START) ends that again.
# https://www.twilio.com/docs/messaging/tutorials/advanced-opt-out
_CARRIERS_STOP = frozenset(
    ("stop", "unsubscribe", "end", "quit", "stopall", "revoke", "optout", "cancel")
)
_CARRIERS_START = frozenset(("start", "unstop"))
_AROUND_KEYWORDS = " .,!?\"'"


def sms_blueprint(
    line: Line,
    refusals: Refusals,
    replies: ReplyLimit,
    secrets: Sequence[str],
    clock: Callable[[], datetime],
    failed_once: Callable[[], None] = lambda: None,
) -> Blueprint:
    """The messaging webhook of a number; whoever registers it checks signatures first.

    `failed_once` is called for each request that failed inside.
    """
    conversation, understanding = Conversation(line), Understanding(line)
    signer = URLSafeSerializer(list(reversed(secrets)), salt=_SALT)  # the last one signs
    blueprint = Blueprint("sms", __name__)

    @blueprint.route("/sms", methods=["GET", "POST"])
    def texted() -> Response:
        """One message, one answer; the carrier's own opt-out keywords get none of ours."""
        fields = request.form if request.method == "POST" else request.args
        body, number = fields.get("Body", ""), fields.get("From", "")
        place, now = _read(signer, request.cookies.get(_COOKIE)), clock()
        meaning = understanding.of(body, conversation.offers(place))
        opted, keyword = fields.get("OptOutType", "").upper(), _carriers_keyword(body)
        stops = opted == "STOP" or meaning.word is Word.STOP
        starts = opted == "START" or meaning.word is Word.RESUME or keyword in _CARRIERS_START
        changed = _change(refusals, number, stops, now) if stops or starts else True
        if opted or keyword in _CARRIERS_STOP:
            return _answer(None)
        urgent = meaning.danger is not None or meaning.word is Word.PERSON
        if not replies.allows(number, now, urgent=urgent):
            return _answer(None)
        if not changed:
            reply = conversation.said(place, "failed", meaning)
        elif stops:
            reply = conversation.said(place, "stopped", meaning)
        elif meaning.word is Word.RESUME:
            reply = conversation.said(place, "resumed", meaning)
        else:
            reply = conversation.answer(place, meaning, line.timetable.at(now))
        response = _answer(reply)
        response.set_cookie(
            _COOKIE,
            _written(signer, reply.place),
            max_age=_HOURS_KEPT * 3600,
            httponly=True,
            path="/",
        )
        return response

    @blueprint.errorhandler(Exception)
    def failed(error: Exception) -> Response | HTTPException:
        """Whatever breaks, a person to talk to is named."""
        if isinstance(error, HTTPException):
            return error
        log.error("a text was answered with the last words", exc_info=error)
        failed_once()
        meaning = Meaning(word=Word.PERSON)
        return _answer(conversation.answer(None, meaning, line.timetable.worst()))

    return blueprint


def _carriers_keyword(body: str) -> str:
    """A message as the carrier compares it with its keywords: as a whole, whatever its case."""
    return plain(body).strip(_AROUND_KEYWORDS).casefold()


def _change(refusals: Refusals, number: str, refused: bool, now: datetime) -> bool:
    try:
        refusals.change(number, refused, now)
    except AWAY as error:
        log.error("a refusal could not be written down: %s", type(error).__name__)
        return False
    return True


def _answer(reply: Reply | None) -> Response:
    response = MessagingResponse()
    if reply is not None:
        response.message(reply.message.body)
    return Response(str(response), content_type="text/xml; charset=utf-8")


def _written(signer: URLSafeSerializer, place: Place) -> str:
    written = signer.dumps([place.language, list(place.trail), place.agency])
    return written if isinstance(written, str) else written.decode()


def _read(signer: URLSafeSerializer, cookie: str | None) -> Place | None:
    """The place in a cookie; None where there is none, or it is not ours."""
    if not cookie:
        return None
    try:
        known: Any = signer.loads(cookie)
        language, trail, agency = known
        return Place(str(language), tuple(map(str, trail)), str(agency))
    except (BadSignature, ValueError, TypeError):
        return None
