"""A telephone on a web page: rings any Twilio app, in real time, on this machine."""

from ringback.webphone.app import create_web_phone
from ringback.webphone.line import (
    CallingNumber,
    CannotConnect,
    Connection,
    Connector,
    DialledNumber,
    Picture,
    Place,
    PlaceOf,
    Service,
)

__all__ = [
    "CallingNumber",
    "CannotConnect",
    "Connection",
    "Connector",
    "DialledNumber",
    "Picture",
    "Place",
    "PlaceOf",
    "Service",
    "create_web_phone",
]
