"""Twilio's REST errors. https://www.twilio.com/docs/usage/twilios-response#exceptions"""

from dataclasses import dataclass

from flask import jsonify
from flask.typing import ResponseReturnValue


@dataclass
class Refusal(Exception):
    """A request that is refused; `status` is HTTP's, `code` Twilio's."""

    status: int
    code: int
    message: str


def as_answer(refusal: Refusal) -> ResponseReturnValue:
    """The answer that reports it."""
    fields = {
        "code": refusal.code,
        "message": refusal.message,
        "more_info": f"https://www.twilio.com/docs/errors/{refusal.code}",
        "status": refusal.status,
    }
    return jsonify(fields), refusal.status


def bad_request(code: int, message: str) -> Refusal:
    """A request that Twilio would not take, with the code it would give."""
    return Refusal(400, code, message)


def unauthenticated() -> Refusal:
    """A wrong sid, token, key or secret."""
    return Refusal(401, 20003, "Authenticate")


def not_found(path: str) -> Refusal:
    """No such resource."""
    return Refusal(404, 20404, f"The requested resource {path} was not found")


def not_simulated(what: str) -> Refusal:
    """Twilio can do this, the simulator cannot: said at once rather than done half."""
    return bad_request(
        20001, f"{what} is not simulated: this is the simulator's limit, not Twilio's"
    )
