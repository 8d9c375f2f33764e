"""Requests as the carrier makes them, truly signed."""

from twilio.request_validator import RequestValidator

from bench.hammer import prepared
from bench.served import ACCOUNT, PUBLIC, TOKEN


def signed(target: str, digits: str = "", caller: str = "+819012345678", call: int = 0) -> bytes:
    """A POST to `target` for a step of a call, as it goes over the wire."""
    fields = {
        "CallSid": f"CA{call:032d}",
        "AccountSid": ACCOUNT,
        "From": caller,
        "To": "+815031234567",
        "CallStatus": "in-progress",
        "ApiVersion": "2010-04-01",
        "Direction": "inbound",
        **({"Digits": digits} if digits else {}),
    }
    signature = RequestValidator(TOKEN).compute_signature(PUBLIC + target, fields)
    return prepared(target, fields, signature)
