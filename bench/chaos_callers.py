"""Callers who keep calling whatever happens: they press, listen, ask for texts and ring again."""

import asyncio
import random
import time
from collections import Counter, deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count

import httpx

from bench.caller import bare
from bench.served import ACCOUNT, TOKEN
from bench.texted_calls import Asked
from ivr.engine import TextOutcome
from ringback import CallRecord, Carrier, Event
from ringback.clock.virtual import VirtualClock
from ringback.load import number_or_address
from ringback.load.bridge import stepping_out
from ringback.load.caller import VirtualCaller
from ringback.load.wire import Wire

LINE = "+815031234567"
REPEATED, REORDERED = 0.05, 0.05  # shares of the requests that come twice, or late again
TEXTS_EVERY = 0.25  # seconds: one caller in so long asks for a text
RINGS_AGAIN = 1.0  # seconds after a call that went to the fallback URL
LEAVES = 0.05  # the share of callers who hang up by themselves
_KNOWN = 200  # requests that may come again
_SHOWN = 5


@dataclass
class Seen:
    """What all callers saw together."""

    calls: int = 0
    reached: int = 0
    left: int = 0
    requests: int = 0
    fallbacks: int = 0
    again: Counter[str] = field(default_factory=Counter)
    errors: Counter[str] = field(default_factory=Counter)
    failed: list[CallRecord] = field(default_factory=list)
    asked: list[Asked] = field(default_factory=list)


class Ear:
    """Hears one call: the virtual caller's, and besides whether a number was ever spoken."""

    def __init__(
        self, caller: VirtualCaller, start: str, fallback: str, phrases: dict[str, TextOutcome]
    ) -> None:
        self.spoken = False  # a number, after the greeting with its emergency number
        self.fallen_back = False
        self.heard_last: TextOutcome | None = None
        self._caller, self._start, self._fallback = caller, start, fallback
        self._phrases = phrases
        self._words, self._is_greeting = "", True

    def tell(self, event: Event) -> None:
        """The call's `on_event`."""
        self._caller.notice(event)
        if event.event == "request":
            self._words, self._is_greeting = "", event.url == self._start
            self.fallen_back = self.fallen_back or event.url == self._fallback
        elif event.event == "heard" and event.text:
            self._words += f" {event.text}"
            if not self._is_greeting and number_or_address(self._words, ""):
                self.spoken = True
            said = bare(self._words)
            for words, outcome in self._phrases.items():
                if said.startswith(words):
                    self.heard_last = outcome


class Echo(httpx.BaseTransport):
    """Repeats some of the webhooks at once, and some of all calls' older ones, out of order."""

    def __init__(self, wire: httpx.BaseTransport, chance: random.Random, seen: Seen) -> None:
        self._wire, self._chance, self._seen = wire, chance, seen
        self._known: deque[httpx.Request] = deque(maxlen=_KNOWN)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """The first answer; what the others say is nobody's business, but must not be an error."""
        self._seen.requests += 1
        answer = self._wire.handle_request(request)
        if request.method == "POST" and answer.status_code in (200, 204):
            self._known.append(request)
            if self._chance.random() < REPEATED:
                self._repeat("repeated", request)
            if self._chance.random() < REORDERED:
                self._repeat("reordered", self._chance.choice(self._known))
        return answer

    def _repeat(self, how: str, request: httpx.Request) -> None:
        self._seen.again[how] += 1
        try:
            status = self._wire.handle_request(request).status_code
        except httpx.TransportError:
            return  # a worker died of it; the true request has its answer
        if status not in (200, 204):
            self._seen.errors[f"a webhook {how}: {status}"] += 1


@dataclass(frozen=True)
class Booth:
    """Where callers ring: the line's address and its fallback's, the keys they try."""

    base: str
    fallback: str
    scripts: Sequence[str]
    texted: Sequence[str]  # keys that ask for a text
    phrases: dict[str, TextOutcome]


class Callers:
    """So many at once until time is up; then they end the calls they are in."""

    def __init__(self, booth: Booth, callers: int, seed: int) -> None:
        self.seen = Seen()
        self._booth, self._callers, self._seed = booth, callers, seed
        self._random, self._numbers = random.Random(seed), count()
        self._next_text = 0.0

    async def call_for(self, seconds: float) -> None:
        """Calls, one after the other for each caller."""
        until = time.monotonic() + seconds
        async with Wire(
            allows=lambda host: host == "127.0.0.1",
            on_latency=lambda _: None,
            stopwatch=time.monotonic,
        ) as wire:
            echo = Echo(wire, self._random, self.seen)
            await asyncio.gather(
                *(self._keep_calling(n, echo, lambda: time.monotonic() < until)
                  for n in range(self._callers))
            )  # fmt: skip

    async def _keep_calling(self, n: int, wire: Echo, goes_on: Callable[[], bool]) -> None:
        carrier = Carrier(
            clock=VirtualClock(datetime.now(UTC)),
            transport=wire,
            account_sid=ACCOUNT,
            auth_token=TOKEN,
            seed=self._seed * 10_000 + n,
        )
        while goes_on():
            helped = await self._call(carrier)
            await asyncio.sleep(0 if helped else RINGS_AGAIN)

    async def _call(self, carrier: Carrier) -> bool:
        """One call; whether the line itself saw it through."""
        booth, start = self._booth, f"{self._booth.base}/voice"
        wants_text = time.monotonic() >= self._next_text
        if wants_text:
            self._next_text = time.monotonic() + TEXTS_EVERY
        keys = self._random.choice(booth.texted if wants_text else booth.scripts)
        if not wants_text and self._random.random() < LEAVES:
            keys += " ."
        phone = VirtualCaller(keys, reached=number_or_address, after=0.5)
        ear = Ear(phone, start, booth.fallback, booth.phrases)
        number = f"+8190{10_000_000 + next(self._numbers):08d}"
        record = await stepping_out(
            lambda: carrier.call(
                url=start,
                from_=number,
                to=LINE,
                phone=phone,
                fallback_url=booth.fallback,
                status_callback=f"{booth.base}/status/call",
                on_event=ear.tell,
            )
        )
        self._conclude(record, ear, wants_text)
        return not ear.fallen_back

    def _conclude(self, record: CallRecord, ear: Ear, wanted_text: bool) -> None:
        seen = self.seen
        seen.calls += 1
        seen.fallbacks += ear.fallen_back
        if wanted_text:
            seen.asked.append(Asked(record.sid, ear.heard_last, stayed=not ear.fallen_back))
        for error in record.errors:
            seen.errors[f"{error.code} {(error.text or '').partition(':')[0]}"] += 1
        if ear.spoken:
            seen.reached += 1
        elif record.ended_by == "caller":
            seen.left += 1
        else:
            seen.failed.append(record)


def shown(seen: Seen) -> str:
    """The callers' part of the report."""
    again = ", ".join(f"{n} {how}" for how, n in sorted(seen.again.items()))
    lines = [
        f"  {seen.calls} calls, {seen.requests} requests ({again}): a number was spoken in"
        f" {seen.reached}, {seen.left} callers hung up before, {len(seen.failed)} were FAILED",
        f"  the fallback URL helped {seen.fallbacks} times",
        *(f"  {n} x {error}" for error, n in seen.errors.most_common()),
    ]
    for record in seen.failed[:_SHOWN]:
        lines += ["  FAILED:", *(f"    {line}" for line in str(record).splitlines())]
    return "\n".join(lines)
