"""Texts under load: each goes out exactly once, or its caller hears that none comes.

    make texts          1,000 texted calls on SQLite, and on PostgreSQL where TEST_DATABASE_URL is
                        given; ARGS="--texts 150 --database sqlite --seed 7" for others

The Procfile's processes serve signed webhooks on this machine while the carrier's REST side is
slow, refuses, breaks off and repeats itself at random, and workers are killed. Waits are shortened
by SMS_PATIENCE and TWILIO_API_TIMEOUT. It prints what was asked, heard and sent, and exits 1 where
a text is lost, doubled, or its caller heard what is not true.
"""

import argparse
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from bench.ledger import report, settled
from bench.mishaps import SLOWEST, Killer, Mishaps, children
from bench.served import ACCOUNT, APP, TOKEN, environment, free_port, running, served
from bench.texted_calls import texted_calls
from ringback import Carrier
from tests.support.databases import POSTGRESQL, own_database

TIME_OUT, PATIENCE, PER_RECIPIENT = 0.5, 0.2, 10


def main() -> int:
    """Runs on each database that is asked for; 1 where any run fails."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--texts", type=int, default=1000)
    parser.add_argument("--database", choices=["sqlite", "postgresql", "both"], default=None)
    parser.add_argument("--seconds", type=float, default=420.0, help="at most, for each database")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    if asked.database in ("postgresql", "both") and not POSTGRESQL:
        parser.error("PostgreSQL: set TEST_DATABASE_URL=postgresql://user:password@host/name")
    chosen = asked.database or ("both" if POSTGRESQL else "sqlite")
    kinds = ("sqlite", "postgresql") if chosen == "both" else (chosen,)
    return max([_run(kind, asked.texts, asked.seconds, asked.seed) for kind in kinds])


def _run(kind: str, count: int, seconds: float, seed: int) -> int:
    began, mishaps, port = time.monotonic(), Mishaps(seed), free_port()
    carrier = Carrier(
        numbers=["+15005550006"],
        account_sid=ACCOUNT,
        auth_token=TOKEN,
        faults=mishaps.fault,
        deliveries=mishaps.delivery,
        seed=seed,
    )
    with carrier, ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="texts-")))
        url = stack.enter_context(database(kind, folder))
        api = stack.enter_context(carrier.rest_api()).url
        settings = _settings(url, api, port)
        web = stack.enter_context(served(APP, folder, port, **settings))
        workers = _Workers(settings, folder)
        if kind == "postgresql":
            stack.enter_context(workers.running(2))
        every = (3, 6) if workers.most else (1, 3)  # a worker takes a second or two to start
        killer = Killer(lambda: children(web.pid) + workers.processes(), seed, every)
        killer.start()
        calls = texted_calls(port, count, seed)
        killer.stop()
        rows = settled(url, began + seconds)
        time.sleep(SLOWEST + 1)  # what the carrier is still working on
    took = time.monotonic() - began
    way = f"{kind}, {'two workers beside web' if workers.most else 'in web'}"
    print(f"\n{way}: {count} calls, {took:.0f} s, {killer.kills} processes killed")
    return report(calls, rows, carrier, mishaps)


def _settings(url: str, api: str, port: int) -> dict[str, str]:
    return {
        "PUBLIC_URL": f"http://127.0.0.1:{port}",
        "TWILIO_API_URL": api,
        "TWILIO_API_TIMEOUT": str(TIME_OUT),
        "DATABASE_URL": url,
        "SMS_PATIENCE": str(PATIENCE),
        "SMS_PER_RECIPIENT": str(PER_RECIPIENT),
        "SMS_PER_CALLER": "100000",
        "SMS_PER_DAY": "100000",
    }


@contextmanager
def database(kind: str, folder: Path) -> Iterator[str]:
    """The address of an empty database, which is thrown away."""
    if kind == "sqlite":
        yield f"sqlite:///{folder}/texts.sqlite3"
    else:
        with own_database("madoguchi_bench_texts") as url:
            yield url


class _Workers:
    """`ivr worker` processes; whichever dies is started again, as a host would."""

    def __init__(self, settings: dict[str, str], folder: Path) -> None:
        self.most = 0
        self._settings, self._folder = settings, folder
        self._alive: dict[int, int] = {}
        self._over = threading.Event()

    @contextmanager
    def running(self, count: int) -> Iterator[None]:
        self.most = count
        keepers = [threading.Thread(target=self._keep, args=(place,)) for place in range(count)]
        for keeper in keepers:
            keeper.start()
        try:
            yield
        finally:
            self._over.set()
            for keeper in keepers:
                keeper.join()

    def processes(self) -> list[int]:
        return list(self._alive.values())

    def _keep(self, place: int) -> None:
        environ = environment(**self._settings)
        while not self._over.is_set():
            with running(["ivr", "worker"], environ, self._folder) as process:
                self._alive[place] = process.pid
                while process.poll() is None and not self._over.wait(0.1):
                    pass
                self._alive.pop(place, None)


if __name__ == "__main__":
    sys.exit(main())
