"""A request to the app, or its answer, that Twilio's debugger would report as a fatal error."""

from dataclasses import dataclass


@dataclass
class Failure(Exception):
    """A fatal error: Twilio asks the fallback URL, or apologises and hangs up.

    https://www.twilio.com/docs/usage/security/availability-reliability. `code` is Twilio's
    (https://www.twilio.com/docs/api/errors) or None where the limit is the simulator's own;
    `seconds` is the virtual time it took to find out, `kind` the class of failure that a webhook's
    retry policy may name (see connection_policy.py).
    """

    code: int | None
    text: str
    url: str
    status: int | None = None
    seconds: float = 0.0
    kind: str | None = None
