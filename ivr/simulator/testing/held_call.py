"""A call that waits for its caller: it stands still wherever a person may act."""

from collections.abc import Callable
from queue import SimpleQueue
from threading import Thread

from ivr.simulator.events import Event
from ivr.simulator.phone import HangUp, Listening, Phone, Press, Stay
from ivr.simulator.record import CallRecord

Act = Press | HangUp | Stay


class HeldCall:
    """A call under way in a thread of its own, which only ever runs while `answer` waits for it.

    In: `place(phone, on_event)` places the call and returns when it is over. `listening` is the
    moment it stands at, None when it is over; `events` are those so far. What the app raised in
    the call is raised again in the test, with the app's own traceback.
    """

    def __init__(self, place: Callable[[Phone, Callable[[Event], None]], CallRecord]) -> None:
        self.events: list[Event] = []
        self.listening: Listening | None = None
        self._acts: SimpleQueue[Act] = SimpleQueue()
        self._moments: SimpleQueue[Listening | BaseException | None] = SimpleQueue()
        self._thread = Thread(target=self._run, args=(place,), name="caller", daemon=True)
        self._thread.start()
        self._arrive()

    @property
    def over(self) -> bool:
        """Whether it has ended."""
        return self.listening is None

    def answer(self, act: Act) -> None:
        """Does this and lets the call run on to the next moment, or to its end."""
        self._acts.put(act)
        self._arrive()

    def listen(self, listening: Listening) -> Act:
        """See Phone; called in the call's thread."""
        self._moments.put(listening)
        return self._acts.get()

    def _run(self, place: Callable[[Phone, Callable[[Event], None]], CallRecord]) -> None:
        try:
            place(self, self.events.append)
        except BaseException as error:
            self._moments.put(error)
        else:
            self._moments.put(None)

    def _arrive(self) -> None:
        moment = self._moments.get()
        self.listening = moment if isinstance(moment, Listening) else None
        if self.listening is None:
            self._thread.join()
        if isinstance(moment, BaseException):
            raise moment
