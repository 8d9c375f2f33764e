"""`/status/call`: the carrier reports that a call is over."""

from collections.abc import Callable

from flask import Blueprint, Response, request

# https://www.twilio.com/docs/voice/twiml#callstatus-values
_OVER = frozenset(("completed", "busy", "failed", "no-answer", "canceled"))


def call_status_blueprint(call_is_over: Callable[[str], None]) -> Blueprint:
    """The status callback of a number; `call_is_over` gets the call's sid.

    Whoever registers it checks signatures first.
    """
    blueprint = Blueprint("call_status", __name__)

    @blueprint.post("/status/call")
    def status() -> Response:
        """Nothing is answered: the call is gone."""
        sid = request.form.get("CallSid", "")
        if sid and request.form.get("CallStatus", "") in _OVER:
            call_is_over(sid)
        return Response(status=204)

    return blueprint
