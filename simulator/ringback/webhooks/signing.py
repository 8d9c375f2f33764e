"""X-Twilio-Signature, made as Twilio makes it.

https://www.twilio.com/docs/usage/security#validating-requests
"""

import hmac
from base64 import b64encode
from collections.abc import Mapping
from hashlib import sha1
from urllib.parse import urlsplit, urlunsplit


def signed_url(url: str, *, keeps_port: bool = False) -> str:
    """The URL that signatures cover.

    The fragment (connection overrides such as #rc=2) and user:password@ are dropped, and so is the
    port of an https URL in voice; messaging keeps it (`keeps_port`). The port of an http URL and
    all percent-encoding stay as they are.
    """
    parts = urlsplit(url)
    host = parts.netloc.rpartition("@")[2]
    if parts.scheme == "https" and not keeps_port:
        host = _without_port(host)
    return urlunsplit((parts.scheme, host, parts.path, parts.query, ""))


def sign(
    auth_token: str, url: str, parameters: Mapping[str, str], *, keeps_port: bool = False
) -> str:
    """The header's value: base64 of HMAC-SHA1 over the URL and the POST parameters.

    Names sort as bytes do (capitals first); nothing stands between names and values. For GET the
    parameters are in the URL already and `parameters` is empty.
    """
    covered = signed_url(url, keeps_port=keeps_port)
    covered += "".join(name + parameters[name] for name in sorted(parameters))
    return b64encode(hmac.new(auth_token.encode(), covered.encode(), sha1).digest()).decode()


def _without_port(host: str) -> str:
    name, colon, port = host.rpartition(":")
    return name if colon and port.isdigit() else host
