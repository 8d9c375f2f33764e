"""Works the outbox off by hand, as time passes: for a line whose clock is not the real one."""

from datetime import datetime
from threading import Event

from ivr.sms.delivery import Delivery


class Attendant:
    """Hand `wake` to the app and `pass_time` to whoever moves its clock."""

    def __init__(self) -> None:
        self._woken = Event()
        self._delivery: Delivery | None = None

    def serve(self, delivery: Delivery) -> None:
        """Whose texts are worked off."""
        self._delivery = delivery

    def wake(self, _text: str) -> None:
        """A text is due."""
        self._woken.set()

    def pass_time(self, _now: datetime) -> None:
        """Does what is due by now, once there has been any text at all."""
        if self._woken.is_set() and self._delivery is not None:
            self._delivery.work_off()
