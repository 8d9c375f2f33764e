"""`/status/message`: what the carrier tells of a text, in any order, repeated or not."""

import logging
import re

from flask import Blueprint, Response, request
from sqlalchemy.exc import SQLAlchemyError

from ivr.sms.outbox import Outbox
from ivr.sms.states import from_twilio

log = logging.getLogger(__name__)

_CODE = re.compile(r"[0-9]{1,9}")  # all of Twilio's have five; a column takes so many


def status_blueprint(outbox: Outbox) -> Blueprint:
    """The webhook of every text that is sent; whoever registers it checks signatures first."""
    blueprint = Blueprint("message_status", __name__)

    @blueprint.post("/status/message")
    def told() -> Response:
        """Moves the text on; 503 where that can't be written down (the carrier is asked later).

        The text is known by the id in the URL, which is signed, for its news may come before its
        sid is known here.
        """
        sid = request.form.get("MessageSid", "")
        state = from_twilio(request.form.get("MessageStatus", ""))
        code = request.form.get("ErrorCode", "")
        try:
            text = request.args.get("text") or outbox.by_sid(sid)
            if text and state and sid:
                error = int(code) if _CODE.fullmatch(code) else None
                outbox.move(text, state, message_sid=sid, error_code=error)
        except SQLAlchemyError as error:
            log.error("news of a text is lost for now: %s", type(error).__name__)
            return Response(status=503)
        return Response(status=204)

    return blueprint
