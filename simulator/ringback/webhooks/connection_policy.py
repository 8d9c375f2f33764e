"""How long and how often a request is tried, as the URL's fragment says: #ct=2000&rc=3&rp=5xx,ct.

https://www.twilio.com/docs/usage/webhooks/webhooks-connection-overrides
"""

from dataclasses import dataclass
from urllib.parse import urldefrag

from ringback.limits import Limits
from ringback.webhooks.request import Failure

_POLICIES = frozenset({"4xx", "5xx", "ct", "rt", "all"})
_MOST_RETRIES = 5
_LEAST, _MOST_CONNECT, _MOST_WAIT = 0.1, 10.0, 15.0


@dataclass(frozen=True, kw_only=True)
class ConnectionPolicy:
    """How long and how often one request is tried: seconds, and which failures are tried again."""

    connect: float
    read: float
    total: float
    retries: int = 1
    retry_on: frozenset[str] = frozenset({"ct"})
    has_total: bool = False

    def retries_after(self, kind: str | None) -> bool:
        """Whether a failure of this kind is worth another attempt."""
        return kind is not None and ("all" in self.retry_on or kind in self.retry_on)


def policy_of(url: str, limits: Limits) -> ConnectionPolicy:
    """The policy for a request to `url`, never more than the limits have.

    Raises Failure 11243 for a retry policy that does not exist. Of the other values those that
    cannot be read are ignored, and those out of range are taken as the nearest allowed one [INF].
    """
    wishes = dict(
        pair.partition("=")[::2] for pair in urldefrag(url).fragment.split("&") if "=" in pair
    )
    retry_on = frozenset(word.strip() for word in wishes.get("rp", "ct").split(",") if word.strip())
    if not retry_on or not retry_on <= _POLICIES:
        raise Failure(
            11243,
            f'the retry policy rp="{wishes["rp"][:60]}" is not made of 4xx, 5xx, ct, rt or all',
            url,
        )
    connect = _seconds(wishes.get("ct"), _MOST_CONNECT)
    read = _seconds(wishes.get("rt"), _MOST_WAIT)
    total = _seconds(wishes.get("tt"), _MOST_WAIT)
    retries = wishes.get("rc", "1")
    return ConnectionPolicy(
        # A longer ct than the limit's may be asked for, as long as the whole request has the time.
        connect=min(connect or limits.connect_seconds, limits.request_seconds),
        read=min(read or limits.request_seconds, limits.request_seconds),
        total=min(total or limits.request_seconds, limits.request_seconds),
        retries=min(int(retries[:9]), _MOST_RETRIES) if _is_number(retries) else 1,
        retry_on=retry_on,
        has_total=total is not None,
    )


def _seconds(milliseconds: str | None, most: float) -> float | None:
    if milliseconds is None or not _is_number(milliseconds):
        return None
    return min(max(int(milliseconds[:9]) / 1000, _LEAST), most)


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit()
