"""A telephone on a web page: rings any Twilio app, in real time, on this machine."""

from ringback.webphone.app import create_web_phone
from ringback.webphone.line import (
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
