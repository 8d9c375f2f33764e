"""Rules that say which requests and callbacks fail; the same seed gives the same faults."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from fnmatch import fnmatchcase
from random import Random
from threading import Lock

from ringback.messages.delivery import Deliveries, Delivery, usual_delivery
from ringback.messages.message import Message
from ringback.rest.fault import Fault, FaultRule, RestRequest


@dataclass(frozen=True, kw_only=True)
class Rule:
    """A request that fits gets `fault` with `probability`.

    `method` is GET, POST or DELETE; `path`, `to` and `from_` may have * in them ("*/Messages.json",
    "+8190*"). What is left out fits everything. Raises ValueError for a probability outside 0 to 1.
    """

    fault: Fault
    probability: float = 1.0
    method: str = "*"
    path: str = "*"
    to: str = "*"
    from_: str = "*"

    def __post_init__(self) -> None:
        if not 0 <= self.probability <= 1:
            raise ValueError(f"a probability is from 0 to 1, not {self.probability}")

    def fits(self, request: RestRequest) -> bool:
        """Whether this request is one of those."""
        return (
            fnmatchcase(request.method, self.method)
            and fnmatchcase(request.path, self.path)
            and fnmatchcase(request.form.get("To", ""), self.to)
            and fnmatchcase(request.form.get("From", ""), self.from_)
        )


def by_rules(*rules: Rule | FaultRule, random: Random | None = None) -> FaultRule:
    """The fault of the first rule that applies, for `Carrier(faults=...)`.

    `random` decides about probabilities; Random(0) when left out.
    """
    dice, lock = random or Random(0), Lock()  # noqa: S311 (sameness is wanted here, not secrecy)

    def decide(request: RestRequest) -> Fault | None:
        for rule in rules:
            if not isinstance(rule, Rule):
                fault = rule(request)
                if fault:
                    return fault
            elif rule.fits(request):
                with lock:
                    strikes = dice.random() < rule.probability
                if strikes:
                    return rule.fault
        return None

    return decide


class RateLimit:
    """A rule: of one sender's messages no more than `most` in `seconds` (the carrier's), else 429.

    A long code sends one segment a second; beyond the account's rate Twilio answers 20429:
    https://www.twilio.com/docs/api/errors/20429
    """

    def __init__(self, most: int = 1, seconds: float = 1.0) -> None:
        self._most, self._window = most, timedelta(seconds=seconds)
        self._sent: dict[str, deque[datetime]] = {}
        self._lock = Lock()

    def __call__(self, request: RestRequest) -> Fault | None:
        """429 with Retry-After when this one is too many."""
        if request.method != "POST" or not request.path.endswith("/Messages.json"):
            return None
        sender = request.form.get("MessagingServiceSid") or request.form.get("From", "")
        with self._lock:
            sent = self._sent.setdefault(sender, deque())
            while sent and request.at - sent[0] >= self._window:
                sent.popleft()
            if len(sent) >= self._most:
                wait = (sent[0] + self._window - request.at).total_seconds()
                return Fault(status=429, retry_after=max(1, round(wait)))
            sent.append(request.at)
        return None


def unreliable(
    *,
    lost: float = 0.0,
    doubled: float = 0.0,
    reordered: float = 0.0,
    early: float = 0.0,
    of: Deliveries = usual_delivery,
    random: Random | None = None,
) -> Deliveries:
    """Deliveries whose callbacks go wrong, with these probabilities: `Carrier(deliveries=...)`.

    `early` is before the request that creates the message is answered. One message has one fault
    at most. Callbacks are best effort and in no order:
    https://www.twilio.com/docs/messaging/guides/outbound-message-logging
    """
    dice, lock = random or Random(0), Lock()  # noqa: S311
    mishaps: list[tuple[float, Callable[[Delivery], Delivery]]] = [
        (lost, Delivery.without_callbacks),
        (doubled, Delivery.with_callbacks_repeated),
        (reordered, Delivery.with_callbacks_reversed),
        (early, Delivery.at_once),
    ]
    if min(chance for chance, _ in mishaps) < 0 or sum(chance for chance, _ in mishaps) > 1:
        raise ValueError("the probabilities must be 0 or more, and together 1 at most")

    def decide(message: Message) -> Delivery:
        with lock:
            thrown = dice.random()
        delivery = of(message)
        for chance, mishap in mishaps:
            if thrown < chance:
                return mishap(delivery)
            thrown -= chance
        return delivery

    return decide
