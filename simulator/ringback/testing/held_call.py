"""A call that waits for its caller: it stands still wherever a person may act."""

from collections.abc import Callable
from contextvars import copy_context

from greenlet import getcurrent, greenlet

from ringback.callers.phone import HangUp, Listening, Phone, Press, Speak, Stay
from ringback.calls.call_record import CallRecord
from ringback.transcript.event import Event

Act = Press | Speak | HangUp | Stay


class HeldCall:
    """A call in progress, which runs only while `answer` waits for it.

    In: `place(phone, on_event)` places the call and returns when it is over. `listening` is the
    moment it stands at, None when it is over; `events` are those so far. The call runs in the
    test's own thread, as a greenlet, so that the app sees the database connections and the
    context that the test has; and what it raises is raised in the test, with its own traceback.
    """

    def __init__(self, place: Callable[[Phone, Callable[[Event], None]], CallRecord]) -> None:
        self.events: list[Event] = []
        self.listening: Listening | None = None
        self._call = greenlet(lambda: place(self, self.events.append))
        self._call.gr_context = copy_context()
        self._go_on()

    @property
    def over(self) -> bool:
        """Whether it has ended."""
        return self.listening is None

    def answer(self, act: Act) -> None:
        """Does this and lets the call run on to the next moment, or to its end."""
        self._go_on(act)

    def listen(self, listening: Listening) -> Act:
        """See Phone: the call asks, and is held until it is answered."""
        test = self._call.parent
        assert test is not None, "the call was entered from the test"  # noqa: S101
        answer: Act = test.switch(listening)
        return answer

    def _go_on(self, *answer: Act) -> None:
        self._call.parent = getcurrent()
        self.listening = None
        moment = self._call.switch(*answer)
        self.listening = moment if isinstance(moment, Listening) else None
