"""What becomes of an accepted message, and how the app is notified: a rule for the carrier.

https://www.twilio.com/docs/messaging/guides/outbound-message-status-in-status-callbacks
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

from ringback.messages.message import Message

Status = Literal["queued", "sending", "sent", "delivered", "undelivered", "failed", "read"]
_WAITING = ("queued", "sending")
_FAILED = ("failed", "undelivered")


@dataclass(frozen=True)
class DeliveryStep:
    """The message takes on `status` `after` seconds from its acceptance.

    Its status callback comes `late` seconds after that, `times` times: 0 is a lost callback, more
    than 1 a repeated one. With `after` 0 (and no `late`) it comes before the request that creates
    the message is answered.
    """

    status: Status
    after: float
    late: float = 0.0
    times: int = 1

    def __post_init__(self) -> None:
        if self.after < 0 or self.late < 0 or self.times < 0:
            raise ValueError(f"neither time nor number can be less than none: {self}")


@dataclass(frozen=True, kw_only=True)
class Delivery:
    """The steps of one message, in order; `error_code` goes with failed and undelivered.

    Error codes: https://www.twilio.com/docs/api/errors, 30003 (unreachable) to 30008 (unknown).
    Raises ValueError for steps that go back in time.
    """

    steps: tuple[DeliveryStep, ...] = (DeliveryStep("sent", 1.0), DeliveryStep("delivered", 3.0))
    error_code: int | None = None

    def __post_init__(self) -> None:
        times = [step.after for step in self.steps]
        if times != sorted(times):
            raise ValueError(f"the steps go back in time: {times} s")

    @classmethod
    def undelivered(cls, error_code: int = 30003) -> "Delivery":
        """Sent after 1 s, but after 3 s it turns out not to have arrived."""
        return cls(
            steps=(DeliveryStep("sent", 1.0), DeliveryStep("undelivered", 3.0)),
            error_code=error_code,
        )

    @classmethod
    def failed(cls, error_code: int = 30008) -> "Delivery":
        """Never sent: failed after 1 s."""
        return cls(steps=(DeliveryStep("failed", 1.0),), error_code=error_code)

    @classmethod
    def stuck(cls) -> "Delivery":
        """Stays in the queue for ever."""
        return cls(steps=())

    def at_once(self) -> "Delivery":
        """All of it happens, and is reported, before the app knows the message's sid."""
        return self._each(after=0.0, late=0.0)

    def with_callbacks_repeated(self, times: int = 2) -> "Delivery":
        """Every callback comes `times` times."""
        return self._each(times=times)

    def without_callbacks(self) -> "Delivery":
        """The callbacks are lost; the API alone knows what happened."""
        return self._each(times=0)

    def with_callbacks_reversed(self) -> "Delivery":
        """The callbacks come in the reverse order, a second apart, after the last step."""
        last = self.steps[-1].after if self.steps else 0.0
        steps = tuple(
            replace(step, late=last - step.after + place)
            for place, step in enumerate(reversed(self.steps))
        )
        return replace(self, steps=steps[::-1])

    def within(self, validity: int | None) -> "Delivery":
        """The same, but a message that is not out within `validity` seconds fails with 30036.

        https://www.twilio.com/docs/api/errors/30036
        """
        goes = next((step.after for step in self.steps if step.status not in _WAITING), None)
        if validity is None or (goes is not None and goes <= validity):
            return self
        waiting = tuple(
            step for step in self.steps if step.status in _WAITING and step.after < validity
        )
        return Delivery(steps=(*waiting, DeliveryStep("failed", float(validity))), error_code=30036)

    def code_of(self, status: str) -> int | None:
        """The error code that goes with a status."""
        return self.error_code if status in _FAILED else None

    def _each(self, **changes: float) -> "Delivery":
        changed = (replace(step, **changes) for step in self.steps)  # type: ignore[arg-type]
        return replace(self, steps=tuple(changed))


Deliveries = Callable[[Message], Delivery]


def usual_delivery(message: Message) -> Delivery:
    """Sent after a second, delivered after three; a Messaging Service queues it first."""
    delivery = Delivery()
    if message.service_sid:
        return replace(delivery, steps=(DeliveryStep("queued", 0.5), *delivery.steps))
    return delivery
