"""`/status/message`: what the carrier says of a text, in any order, repeated or not."""

import logging
import re

from flask import Blueprint, Response, request

from ivr.database.errors import AWAY
from ivr.sms.outbox import Outbox
from ivr.sms.states import from_twilio

log = logging.getLogger(__name__)

_CODE = re.compile(r"[0-9]{1,9}")  # all of Twilio's have five; a column takes so many


def status_blueprint(outbox: Outbox) -> Blueprint:
    """The webhook of every text that is sent; whoever registers it checks signatures first."""
    blueprint = Blueprint("message_status", __name__)

    @blueprint.post("/status/message")
    def status() -> Response:
        """Moves the text on; 503 where the database is away (the carrier is asked later).

        The text is known by the id in the URL, which is signed: its status may come before its sid
        is known here.
        """
        sid = request.form.get("MessageSid", "")
        state = from_twilio(request.form.get("MessageStatus", ""))
        code = request.form.get("ErrorCode", "")
        try:
            text = request.args.get("text") or outbox.by_sid(sid)
            if text and state and sid:
                error = int(code) if _CODE.fullmatch(code) else None
                outbox.record(text, state, sid, error)
        except AWAY as error:
            log.error("a status callback is lost for now: %s", type(error).__name__)
            return Response(status=503)
        return Response(status=204)

    return blueprint
