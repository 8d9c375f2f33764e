"""The clock jumps over midnight, over the year's end, and back; callers must not notice."""

import random
import tempfile
import time
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import httpx

from bench.chaos_callers import LINE, Ear
from bench.served import ACCOUNT, PUBLIC, TOKEN
from ivr.commands.timings.timed_calls import routes
from ivr.engine import Line
from ivr.settings import Settings
from ivr.web import create_app
from ringback import Carrier
from ringback.load import number_or_address
from ringback.load.caller import VirtualCaller

_TURNS = ((1, 1), (12, 29), (12, 31), (1, 4), (4, 1), (2, 29))  # days that begin or end something
_NEAR = 120.0  # seconds around a midnight


class JumpingClock:
    """Each reading may be on another day: near midnight, or when somebody sets it."""

    def __init__(self, seed: int, zone: str) -> None:
        self.jumps = 0
        self._random, self._zone = random.Random(seed), ZoneInfo(zone)
        self._now = datetime(2026, 12, 31, 14, 59, 59, tzinfo=UTC)

    def __call__(self) -> datetime:
        chance = self._random.random()
        if chance < 0.4:  # over the midnight it stands before, or back again
            self.jumps += 1
            self._now += timedelta(seconds=self._random.uniform(-_NEAR, _NEAR))
        elif chance < 0.6:
            self.jumps += 1
            month, day = self._random.choice(_TURNS)
            midnight = datetime(
                self._random.choice((2027, 2028, 2032)), month, 1, tzinfo=self._zone
            )
            midnight += timedelta(days=day - 1, seconds=self._random.uniform(-_NEAR, _NEAR))
            self._now = midnight.astimezone(UTC)
        return self._now


def calls_through_time(line: Line, seconds: float, seed: int) -> int:
    """Calls in process for so long; 1 where one ended without a number though its caller stayed."""
    clock = JumpingClock(seed, line.directory.calendar.timezone)
    chance, calls, failed = random.Random(seed), 0, 0
    scripts = [" ".join(way.keys) for way in routes(line)] + ["-", "1 1 -", "9 1"]
    with tempfile.TemporaryDirectory(prefix="chaos-") as folder:
        app = create_app(_settings(folder), clock=clock)
        carrier = Carrier(
            start=datetime(2026, 12, 31, 14, 59, 30, tzinfo=UTC),
            transport=httpx.WSGITransport(app),
            account_sid=ACCOUNT,
            auth_token=TOKEN,
            seed=seed,
        )
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            phone = VirtualCaller(chance.choice(scripts), reached=number_or_address, after=0.5)
            ear = Ear(phone, f"{PUBLIC}/voice", "", {})
            record = carrier.call(
                url=f"{PUBLIC}/voice",
                from_="+819012345678",
                to=LINE,
                phone=phone,
                on_event=ear.tell,
            )
            calls += 1
            if record.errors or not ear.spoken:
                failed += 1
                print(f"  FAILED:\n{record}")
    print(f"clock: {calls} calls in {seconds:.0f} s, {clock.jumps} jumps, {failed} were FAILED")
    return 1 if failed or not calls else 0


def _settings(folder: str) -> Settings:
    return Settings.from_environ(
        {
            "TWILIO_ACCOUNT_SID": ACCOUNT,
            "TWILIO_AUTH_TOKEN": TOKEN,
            "PUBLIC_URL": PUBLIC,
            "SMS_FROM": "+15005550006",
            "DATABASE_URL": f"sqlite:///{folder}/texts.sqlite3",
            "TWILIO_API_URL": "http://127.0.0.1:9",
        }
    )
