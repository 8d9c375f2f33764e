"""What a load is to be, and the bounds it keeps."""

from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import urlsplit

from ringback.load.reached import Reached, number_or_address
from ringback.media.listener import Captions, no_captions

MOST_CALLERS = 20_000  # a machine has some 28,000 ports for connections to one address
MOST_SECONDS = 3600.0


@dataclass(frozen=True, kw_only=True)
class LoadPlan:
    """A load: `callers` at once on `url`, for `seconds` and then `drain` seconds at most.

    Their first calls come evenly within `ramp` seconds; 0 is all in the same instant.
    Callers take the `scripts` in turn (keys as ScriptedPhone reads them) and ring again when a call
    is over. `human` callers listen as long as the speech lasts and think before they press; others
    press as if speech took no time. `keep_alive` lets connections be used again.

    Raises ValueError where a bound is not kept.
    """

    url: str
    account_sid: str
    auth_token: str
    to: str
    callers: int
    seconds: float
    scripts: tuple[str, ...] = ("-",)
    human: bool = False
    keep_alive: bool = True
    ramp: float = 0.0
    drain: float = 5.0
    reached: Reached = number_or_address
    captions: Captions = no_captions
    is_owned: bool = False  # a host that is not this machine may be called

    def __post_init__(self) -> None:
        if not 1 <= self.callers <= MOST_CALLERS:
            raise ValueError(f"{self.callers} callers: expected 1 to {MOST_CALLERS}")
        if not 0 < self.seconds <= MOST_SECONDS:
            raise ValueError(f"{self.seconds:g} seconds: expected up to {MOST_SECONDS:g}")
        if not 0 <= self.ramp < self.seconds:
            raise ValueError(f"a ramp of {self.ramp:g} s: expected less than {self.seconds:g} s")
        if not is_loopback(self.host) and not self.is_owned:
            raise ValueError(f"{self.host} is not this machine; a load on others has to be allowed")

    @property
    def host(self) -> str:
        """The host that is called."""
        return urlsplit(self.url).hostname or ""

    def allows(self, host: str) -> bool:
        """Whether requests may go to a host: an app's documents could name any other."""
        return is_loopback(host) or (self.is_owned and host.lower() == self.host.lower())


def is_loopback(host: str) -> bool:
    """Whether a host is this machine, by its name: 127.0.0.0/8, ::1, localhost (RFC 6761)."""
    name = host.strip("[]").lower().rstrip(".")
    if name == "localhost" or name.endswith(".localhost"):
        return True
    try:
        return ip_address(name).is_loopback
    except ValueError:
        return False
