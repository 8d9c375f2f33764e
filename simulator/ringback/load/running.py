"""Runs a load: each caller rings, listens, presses, hangs up, and rings again until time is up."""

import asyncio
import time
from collections.abc import Callable
from datetime import UTC, datetime
from functools import lru_cache
from itertools import count
from random import Random

from ringback.calls.call_record import CallRecord
from ringback.carrier import Carrier
from ringback.clock.virtual import VirtualClock
from ringback.load.bridge import stepping_out
from ringback.load.caller import VirtualCaller
from ringback.load.figures import Report, Tally
from ringback.load.pace import PacedClock, Sleep
from ringback.load.plan import MOST_CALLERS, LoadPlan
from ringback.load.wire import Wire
from ringback.media.speaking_time import seconds_to_say
from ringback.transcript.event import Event

_THINKS = (0.5, 2.5)  # seconds between hearing the choices and pressing
_RINGS_AGAIN = (1.0, 3.0)
_AT_ONCE = 0.5
_ON_TIME = 0.05
_NO_NUMBER = "the call ended by itself, and no number was heard"


class Load:
    """A running load; `tally` may be read at any time.

    In: `plan`; `seed` for who thinks how long, and for the calls' sids (an app that remembers calls
    takes two loads with one seed for the same calls); `stopwatch`, real seconds that never run
    back; `sleep`, how human callers let time pass.
    """

    def __init__(
        self,
        plan: LoadPlan,
        *,
        seed: int = 0,
        stopwatch: Callable[[], float] = time.monotonic,
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        self.tally = Tally()
        self._plan, self._stopwatch, self._sleep = plan, stopwatch, sleep
        self._sids = seed * MOST_CALLERS
        self._random = Random(seed)  # noqa: S311 (sameness is wanted here, not secrecy)
        self._interrupted = False
        self._enough = asyncio.Event()
        self._began = 0.0
        self._numbers = count()
        # Callers hear the same words again and again; they are measured and judged once.
        self._estimate = lru_cache(10_000)(seconds_to_say)
        self._reached = lru_cache(4_000)(plan.reached)

    @property
    def seconds(self) -> float:
        """Since the first call was placed."""
        return self._stopwatch() - self._began if self._began else 0.0

    def stop(self) -> None:
        """Everybody hangs up now; `run` returns what is known so far."""
        self._interrupted = True
        self._enough.set()

    async def run(self) -> Report:
        """Places calls until time is up, gives those in progress the drain to end, and reports.

        A call that is not over then is cut, and counts as unfinished. So a run takes `plan.seconds`
        and `plan.drain` at most.
        """
        self._began = self._stopwatch()
        async with Wire(
            allows=self._plan.allows,
            on_latency=self.tally.latencies.note,
            stopwatch=self._stopwatch,
            keep_alive=self._plan.keep_alive,
        ) as wire:
            callers = [
                asyncio.create_task(self._calls(caller, wire))
                for caller in range(self._plan.callers)
            ]
            watching = asyncio.create_task(self._watch_lateness())
            await self._until(self._plan.seconds, callers)
            self._enough.set()
            if not self._interrupted:
                await asyncio.wait(callers, timeout=self._plan.drain)
            seconds = self.seconds
            watching.cancel()
            for caller in callers:
                caller.cancel()
            await asyncio.gather(*callers, return_exceptions=True)
        for caller in callers:
            if not caller.cancelled():
                caller.result()  # what is not a call's own trouble is a defect, and is raised
        return Report(
            url=self._plan.url,
            callers=self._plan.callers,
            human=self._plan.human,
            seconds=seconds,
            interrupted=self._interrupted,
            tally=self.tally,
        )

    async def _watch_lateness(self) -> None:
        """A caller who wants nothing but to be on time."""
        while True:
            due = self._stopwatch() + _ON_TIME
            await asyncio.sleep(_ON_TIME)
            self.tally.lateness.note(self._stopwatch() - due)

    async def _until(self, seconds: float, callers: list[asyncio.Task[None]]) -> None:
        """Waits; an interruption or a caller who broke ends the wait."""
        enough = asyncio.create_task(self._enough.wait())
        await asyncio.wait([enough, *callers], timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        enough.cancel()

    async def _calls(self, caller: int, wire: Wire) -> None:
        """One caller's calls, one after another."""
        plan = self._plan
        now = datetime.now(UTC)
        carrier = Carrier(
            clock=PacedClock(now, self._stopwatch, self._sleep)
            if plan.human
            else VirtualClock(now),
            transport=wire,
            account_sid=plan.account_sid,
            auth_token=plan.auth_token,
            seed=self._sids + caller,
            estimate=self._estimate,
            captions=plan.captions,
        )
        await asyncio.sleep(plan.ramp * caller / plan.callers)
        while not self._enough.is_set():
            await self._call(caller, carrier)
            if plan.human:
                await self._sleep(self._random.uniform(*_RINGS_AGAIN))
            await asyncio.sleep(0)  # even a call that asked for nothing gives others their turn

    async def _call(self, caller: int, carrier: Carrier) -> None:
        number = next(self._numbers)
        keys = self._plan.scripts[number % len(self._plan.scripts)]
        after = self._random.uniform(*_THINKS) if self._plan.human else _AT_ONCE
        phone = VirtualCaller(keys, reached=self._reached, after=after)
        self.tally.begins()
        try:
            record = await stepping_out(
                lambda: carrier.call(
                    url=self._plan.url,
                    from_=_mobile(number),
                    to=self._plan.to,
                    phone=phone,
                    on_event=phone.notice,
                )
            )
        except asyncio.CancelledError:
            self.tally.ends(caller, "reached" if phone.reached else "unfinished")
            raise
        self._conclude(caller, keys, record, phone.reached)

    def _conclude(self, caller: int, keys: str, record: CallRecord, reached: bool) -> None:
        failed = False
        for error in record.errors:
            failed = failed or error.level != "warning"
            self.tally.trouble(error.code, error.level or "error", _described(error), keys)
        if not failed and not reached and record.ended_by != "caller":
            failed = True
            self.tally.trouble(None, "error", _NO_NUMBER, keys)
        if failed:
            self.tally.ends(caller, "failed")
        else:
            self.tally.ends(caller, "reached" if reached else "gave_up")


def _described(error: Event) -> str:
    return f"{error.text} ({error.url})" if error.url else error.text or ""


def _mobile(number: int) -> str:
    """A caller of one's own: apps distinguish callers by their numbers."""
    return f"+8190{number % 100_000_000:08d}"
