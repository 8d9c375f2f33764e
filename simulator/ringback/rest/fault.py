"""What can go wrong with a REST request on purpose."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, kw_only=True)
class RestRequest:
    """A request as a rule sees it: the `count`-th (from 1), its method, path and form; `at` is when
    it came, by the carrier's clock."""

    count: int
    method: str
    path: str
    form: Mapping[str, str]
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Fault:
    """One fault: real seconds of `latency`, then a `status` instead of the answer, or a cut line.

    With `accepted` the request is carried out all the same: the app cannot know from a 500 or a cut
    connection whether the text went out (https://twilio.com/docs/api/errors/20500). `code` is the
    Twilio error code that goes with the status where it is not the usual one, `retry_after` the
    seconds in a Retry-After header.
    """

    latency: float = 0.0
    status: int | None = None
    code: int | None = None
    cut: bool = False
    accepted: bool = False
    retry_after: int | None = None


FaultRule = Callable[[RestRequest], Fault | None]
# By position (the first request gets the first fault, None is none) or by asking.
Faults = Sequence[Fault | None] | FaultRule


def fault_for(faults: Faults, request: RestRequest) -> Fault | None:
    """The fault due for a request, None when it is to be answered normally."""
    if callable(faults):
        return faults(request)
    return faults[request.count - 1] if request.count <= len(faults) else None
