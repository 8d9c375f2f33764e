"""Why a request failed, in Twilio's codes. https://www.twilio.com/docs/api/errors"""

import socket
import ssl
from collections.abc import Iterator
from dataclasses import replace

import httpx

from ringback.webhooks.connection_policy import ConnectionPolicy
from ringback.webhooks.request import Failure

# "Twilio will only follow redirects for status codes 301, 302, 303, and 307":
# https://www.twilio.com/docs/api/errors/11216
_REDIRECTS = frozenset({301, 302, 303, 307})
# OpenSSL's reasons for refusing a certificate (x509_vfy.h).
_EXPIRED = frozenset({9, 10})
_ANOTHER_HOST = frozenset({62, 64})


def transport_failure(error: httpx.TransportError, url: str, policy: ConnectionPolicy) -> Failure:
    """The failure that a transport's error is; its kind is for the retry policy.

    A connection is `ct`, silence after it `rt`
    (https://www.twilio.com/docs/usage/webhooks/webhooks-connection-overrides). 11205 and its times:
    https://www.twilio.com/docs/api/errors/11205.
    """
    if isinstance(error, httpx.ConnectTimeout | httpx.PoolTimeout):
        wait = policy.connect
        text = f"no connection within {wait:g} s"
        return Failure(11205, text, url, seconds=wait, kind="ct")
    if isinstance(error, httpx.TimeoutException):
        wait = min(policy.read, policy.total)
        text = f"no complete answer within {wait:g} s"
        return Failure(11205, text, url, seconds=wait, kind="rt")
    if isinstance(error, httpx.RemoteProtocolError):
        return Failure(11206, f"the answer was not HTTP: {error}", url)
    for cause in _causes(error):
        if isinstance(cause, socket.gaierror):
            return Failure(11210, f"no such host: {cause}", url, kind="ct")
        if isinstance(cause, ssl.SSLCertVerificationError):
            code, text = _certificate(cause)
            return Failure(code, f"{text}: {cause.verify_message}", url, kind="ct")
        if isinstance(cause, ssl.SSLError):
            return Failure(11220, f"no TLS connection: {cause}", url, kind="ct")
    kind = "ct" if isinstance(error, httpx.ConnectError) else None
    return Failure(11205, f"no connection: {error}", url, kind=kind)


def location_of(response: httpx.Response, url: str) -> str | None:
    """Where the answer redirects to, if anywhere. Raises Failure for what is no answer."""
    status = response.status_code
    if status >= 400:
        # 11217 in the dictionary's words, but for voice the debugger shows 11200 [INF]:
        # https://github.com/twilio/voice-quickstart-ios/issues/453
        text = f"the app answered {status} {response.reason_phrase}"
        raise Failure(11200, text, url, status=status, kind=f"{status // 100}xx")
    if status < 300:
        return None
    location = response.headers.get("location")
    if status not in _REDIRECTS or not location:
        text = f"the app answered {status}, which is no redirect to anywhere"
        raise Failure(11216, text, url, status=status)
    return str(location)


def final_failure(
    failure: Failure, attempts: int, lost: float, policy: ConnectionPolicy
) -> Failure:
    """The last attempt's failure with the time that all of them took."""
    text = failure.text if attempts == 1 else f"{failure.text} ({attempts} attempts)"
    seconds = min(lost, policy.total)
    # 11203 is for a total that the URL itself set: https://www.twilio.com/docs/api/errors/11203
    out_of_time = policy.has_total and lost >= policy.total
    code = 11203 if out_of_time else failure.code
    return replace(failure, code=code, text=text, seconds=seconds)


def _certificate(error: ssl.SSLCertVerificationError) -> tuple[int, str]:
    if error.verify_code in _EXPIRED:
        return 11236, "the certificate is out of date"
    if error.verify_code in _ANOTHER_HOST:
        return 11235, "the certificate is another host's"
    return 11237, "the certificate is not trusted"


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    seen = 0
    while error is not None and seen < 10:
        yield error
        error, seen = error.__cause__ or error.__context__, seen + 1
