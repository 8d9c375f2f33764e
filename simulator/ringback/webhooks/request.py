"""One request to an app: what is asked, what comes back, and how it fails."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import urljoin


@dataclass(frozen=True, kw_only=True)
class Request:
    """What the call asks for next; `extra` goes to this URL only (Digits, DialCallStatus …)."""

    url: str
    method: str = "POST"
    extra: Mapping[str, str] = field(default_factory=dict)
    is_fallback: bool = False


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What came back: the URL it came from, and its body (of a sound only the head,
    unless whole sounds are wanted). `seconds` is the virtual time that earlier attempts took."""

    url: str
    status: int
    content_type: str
    body: bytes
    size: int
    seconds: float = 0.0


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


class SoundCache(ABC):
    """What a transport may be besides: a proxy that has kept sounds, as Twilio's do.

    https://www.twilio.com/docs/voice/twiml/play
    """

    @abstractmethod
    def cached(self, url: str) -> Answer | None:
        """The sound at `url` where it need not be asked for."""


def fallback_after(failure: Failure, request: Request, fallback: Request | None) -> Request | None:
    """The request to the `fallback` URL after a `request` failed, with ErrorCode and ErrorUrl.

    None where there is no fallback URL, where it is what failed, and where the limit that was
    reached is the simulator's own.
    https://www.twilio.com/docs/usage/security/availability-reliability
    """
    if not fallback or request.is_fallback or failure.code is None:
        return None
    extra = {"ErrorCode": str(failure.code), "ErrorUrl": failure.url}
    return replace(fallback, extra=extra, is_fallback=True)


def join(base: str, url: str) -> str:
    """`url` as seen from `base`. Raises Failure 11100 when it cannot be read as a URL."""
    try:
        return urljoin(base, url)
    except ValueError as error:
        raise not_a_url(url, error) from error


def not_a_url(url: str, error: Exception) -> Failure:
    """The failure of a URL that cannot be requested; `error` says what is wrong with it."""
    return Failure(11100, f"not a URL that can be requested: {error}", url)
