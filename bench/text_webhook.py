"""How long a caller who asks for a text waits for the answer, with a REST side that takes 5 s.

    make latency        20 calls a second for 30 s; ARGS="--rate 10 --seconds 60" for others

On SQLite, where the web process alone sends texts, and on PostgreSQL, where TEST_DATABASE_URL is
given, with two workers beside it. Exits 1 where the 99th percentile is
50 ms or more.
"""

import argparse
import statistics
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

from bench.caller import Caller
from bench.served import ACCOUNT, APP, TOKEN, environment, free_port, running, served
from bench.texts import database
from ringback import Carrier, Fault
from tests.support.databases import POSTGRESQL

REST_SECONDS, FIGURE = 5.0, 0.05
CALLERS = 64  # threads; each call is four requests


def main() -> int:
    """Prints the figures of each database; 1 where one misses its figure."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rate", type=float, default=20.0, help="calls a second")
    parser.add_argument("--seconds", type=float, default=30.0)
    asked = parser.parse_args()
    kinds = ("sqlite", "postgresql") if POSTGRESQL else ("sqlite",)
    return max([_run(kind, asked.rate, asked.seconds) for kind in kinds])


def _run(kind: str, rate: float, seconds: float) -> int:
    port, workers = free_port(), 2 if kind == "postgresql" else 0
    carrier = Carrier(
        numbers=["+15005550006"],
        account_sid=ACCOUNT,
        auth_token=TOKEN,
        faults=lambda _request: Fault(latency=REST_SECONDS),
    )
    with carrier, ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="texts-")))
        settings = {
            "PUBLIC_URL": f"http://127.0.0.1:{port}",
            "TWILIO_API_URL": stack.enter_context(carrier.rest_api()).url,
            "TWILIO_API_TIMEOUT": "10",
            "DATABASE_URL": stack.enter_context(database(kind, folder)),
            "SMS_PER_DAY": "1000000",
        }
        stack.enter_context(served(APP, folder, port, **settings))
        for _ in range(workers):
            worker = running(["ivr", "worker"], environment(**settings), folder)
            stack.enter_context(worker)
        _calls(port, 5.0, 2.0, "warm")
        plain, key, follow = _calls(port, rate, seconds, "call")
        way = f"{kind}, {'two workers beside web' if workers else 'in web'}"
        print(f"{way}: {len(key)} calls, {rate:g} a second, REST {REST_SECONDS:g} s,")
        print(f"  {len(carrier.messages)} texts taken meanwhile")
        _told("needs no database", plain)
        return max(_told("asks for the text", key), _told("asks what became of it", follow))


def _calls(port: int, rate: float, seconds: float, name: str) -> list[list[float]]:
    """The seconds of three webhooks: the one before, the one that asks for a text, the next."""
    began, count = time.perf_counter(), int(rate * seconds)

    def one(number: int) -> tuple[float, float, float]:
        caller = Caller(port, f"CA-{name}-{number}", f"+8190{10_000_000 + number:08d}")
        heard = caller.does(caller.does(caller.rings(), "3"), "1")
        asked = caller.does(heard, "1")
        time.sleep(0.5)
        looked = caller.does(asked)
        caller.hangs_up()
        return heard.seconds, asked.seconds, looked.seconds

    with ThreadPoolExecutor(CALLERS) as pool:
        runs = []
        for number in range(count):
            time.sleep(max(0.0, began + number / rate - time.perf_counter()))
            runs.append(pool.submit(one, number))
        found = [run.result() for run in runs]
    return [list(figures) for figures in zip(*found, strict=True)]


def _told(what: str, seconds: list[float]) -> int:
    hundredths = statistics.quantiles(seconds, n=100)
    print(
        f"  {what:<24} p50 {hundredths[49] * 1000:6.1f} ms   p99 {hundredths[98] * 1000:6.1f} ms"
        f"   max {max(seconds) * 1000:6.1f} ms"
    )
    return int(hundredths[98] >= FIGURE)


if __name__ == "__main__":
    sys.exit(main())
