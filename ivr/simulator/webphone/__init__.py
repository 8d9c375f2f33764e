"""A telephone on a web page: rings any Twilio app, in real time, on this machine."""

from ivr.simulator.webphone.app import create_web_phone
from ivr.simulator.webphone.line import (
    Caller,
    CannotConnect,
    Connect,
    Connection,
    Dialled,
    Picture,
    Place,
    PlaceOf,
    Service,
)

__all__ = [
    "Caller",
    "CannotConnect",
    "Connect",
    "Connection",
    "Dialled",
    "Picture",
    "Place",
    "PlaceOf",
    "Service",
    "create_web_phone",
]
