"""Carries out the fault that a request is to have."""

import socket
from collections.abc import Callable

from flask import make_response, request
from flask.typing import ResponseReturnValue

from ringback.rest.errors import Refusal, as_answer
from ringback.rest.fault import Fault

_LONGEST_LATENCY = 60.0
# The codes of Twilio's own errors; every other status is 20500.
_CODES = {401: 20003, 403: 20403, 404: 20404, 429: 20429, 503: 20503}


def with_fault(
    fault: Fault | None, serve: Callable[[], ResponseReturnValue], sleep: Callable[[float], None]
) -> ResponseReturnValue:
    """The answer, after whatever is to go wrong with it."""
    if fault is None:
        return serve()
    sleep(min(fault.latency, _LONGEST_LATENCY))
    fails = fault.cut or fault.status is not None
    answer = serve() if fault.accepted or not fails else None
    if fault.cut:
        _cut()
    if fault.status is not None:
        return _failure(fault, fault.status)
    return answer if answer is not None else ("", 500)


def _failure(fault: Fault, status: int) -> ResponseReturnValue:
    code = fault.code or _CODES.get(status, 20500)
    answer = make_response(as_answer(Refusal(status, code, "The carrier was set up to fail")))
    if fault.retry_after is not None:
        answer.headers["Retry-After"] = str(fault.retry_after)
    return answer


def _cut() -> None:
    """Closes the connection without an answer; werkzeug gives the app its socket."""
    connection = request.environ.get("werkzeug.socket")
    if isinstance(connection, socket.socket):
        connection.shutdown(socket.SHUT_RDWR)
