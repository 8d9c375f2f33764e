"""Chaos: whatever dies under thousands of calls, no caller is left without a number, no text lost.

    make chaos          a minute; ARGS="--seconds 20 --callers 16 --seed 7" for others

The Procfile's web process serves signed calls on this machine while its workers are killed, it is
itself taken down and started anew, the database goes away and comes back (SQLite's folder is moved;
with TEST_DATABASE_URL, PostgreSQL's connections are cut and refused), the carrier's REST side is
slow, fails or is dead, and webhooks come twice and out of order. A request without an answer goes
to the number's fallback URL, where the files of `ivr fallback` lie. Before it, callers ring the app
in this process while its clock jumps over midnight and the year's end at every request: gunicorn's
clock is the real one, and the app has no mode in which another could be set. Exits 1 where a call
ended without a number though the caller stayed, or a text was lost, doubled or reported wrongly.
"""

import argparse
import asyncio
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

from sqlalchemy.engine import make_url

from bench.caller import bare
from bench.chaos_callers import Booth, Callers, Seen, shown
from bench.jumping_clock import calls_through_time
from bench.ledger import Row, report, settled, text_of
from bench.mishaps import SLOWEST, Killer, children
from bench.outages import Gate, Outages, Weather, Web, moved_away, static_files
from bench.served import ACCOUNT, ROOT, TOKEN, environment, free_port
from bench.texted_calls import WAYS, Asked
from ivr.check.loading import open_line
from ivr.commands.timings.timed_calls import routes
from ivr.engine import Line, TextOutcome
from ivr.settings import Folders
from ringback import Carrier
from tests.support.databases import POSTGRESQL, own_database

TIME_OUT, PATIENCE = 0.5, 0.2  # of a REST request, in seconds; and the factor on the worker's waits
SETTLING = 90.0  # seconds at most until every text is decided
KILLS, LASTING, APART = (0.3, 1.5), (0.5, 2.5), (0.5, 2.0)  # seconds, from and to
CLOCK_SHARE = 0.15  # of the time: the part with the clock that jumps

OutageEnds = tuple[Callable[[], None], Callable[[], None]]


def main() -> int:
    """Runs on SQLite, and on PostgreSQL where it is given; 1 where anybody was failed."""
    parser = argparse.ArgumentParser(prog="make chaos", description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=float, default=60.0, help="of calls, in all (60)")
    parser.add_argument("--callers", type=int, default=24, help="at once (24)")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    line = open_line(Folders().data, Folders().prompts)
    kinds = ("sqlite", "postgresql") if POSTGRESQL else ("sqlite",)
    if not POSTGRESQL:
        print("PostgreSQL: skipped; TEST_DATABASE_URL=postgresql://user@host/name names one")
    failed = calls_through_time(line, asked.seconds * CLOCK_SHARE, asked.seed)
    seconds = asked.seconds * (1 - CLOCK_SHARE) / len(kinds)
    return max(failed, *[_run(kind, line, seconds, asked.callers, asked.seed) for kind in kinds])


def _run(kind: str, line: Line, seconds: float, callers: int, seed: int) -> int:
    weather, port = Weather(seed), free_port()
    carrier = Carrier(
        numbers=["+15005550006"],
        account_sid=ACCOUNT,
        auth_token=TOKEN,
        faults=weather.fault,
        deliveries=weather.delivery,
        seed=seed,
    )
    with carrier, ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="chaos-")))
        url, reached_by, away = _database(kind, folder, stack)
        api = stack.enter_context(carrier.rest_api()).url
        fallback = stack.enter_context(static_files(_fallback(folder / "fallback")))
        base = f"http://127.0.0.1:{port}"
        web = Web(folder, port, _settings(base, api, reached_by))
        web.up()
        stack.callback(web.down)
        killer = Killer(lambda: children(web.pid) if web.pid else [], seed, KILLS)
        outages = Outages(
            {
                "database away": away,
                "REST dead": (lambda: _set(weather, True), lambda: _set(weather, False)),
                "web process down": (web.down, web.up),
            },
            seed,
            LASTING,
            APART,
        )
        calling = Callers(_booth(line, base, f"{fallback}/index.xml"), callers, seed)
        began = time.monotonic()
        killer.start()
        outages.start()
        asyncio.run(calling.call_for(seconds))
        outages.stop()
        killer.stop()
        took = time.monotonic() - began
        rows = settled(url, time.monotonic() + SETTLING)
        time.sleep(SLOWEST + 1)  # what the carrier is still working on
        print(
            f"\n{kind}: {callers} callers for {took:.0f} s, {killer.kills} workers killed,", end=""
        )
        print("", ", ".join(f"{n} x {what}" for what, n in sorted(outages.seen.items())))
        print(shown(calling.seen))
        texts = report(_asked(calling.seen, rows), rows, carrier, weather)
        _explain(carrier, weather, folder / "log")
    return 1 if texts or calling.seen.failed or not calling.seen.reached else 0


def _explain(carrier: Carrier, weather: Weather, log: Path) -> None:
    """Of each text that the carrier took twice: the requests, and what the line wrote of it."""
    times = Counter(text_of(message.status_callback) for message in carrier.messages)
    for text in (text for text, taken in times.items() if taken > 1):
        said = [line for line in log.read_text(errors="replace").splitlines() if text in line]
        print(f"  text {text}:", *weather.evidence(text), *said, sep="\n    ")


def _set(weather: Weather, is_dead: bool) -> None:
    weather.is_dead = is_dead


def _asked(seen: Seen, rows: dict[str, list[Row]]) -> list[Asked]:
    """The calls that heard of a text, or for which one lies in the outbox."""
    return [asked for asked in seen.asked if asked.heard_last is not None or asked.sid in rows]


def _database(kind: str, folder: Path, stack: ExitStack) -> tuple[str, str, OutageEnds]:
    """A database's address, the one the line knows it by, and how it goes away and comes back."""
    if kind == "sqlite":
        place = folder / "database"
        place.mkdir()
        url = f"sqlite:///{place}/texts.sqlite3"
        return url, url, moved_away(place)
    url = stack.enter_context(own_database("madoguchi_bench_chaos"))
    server = make_url(url)
    gate = Gate(server.host or "127.0.0.1", server.port or 5432)
    stack.callback(gate.close)
    through = server.set(host="127.0.0.1", port=gate.port)
    return url, through.render_as_string(hide_password=False), (gate.shut, gate.open)


def _settings(base: str, api: str, database: str) -> dict[str, str]:
    return {
        "PUBLIC_URL": base,
        "TWILIO_API_URL": api,
        "TWILIO_API_TIMEOUT": str(TIME_OUT),
        "DATABASE_URL": database,
        "SMS_PATIENCE": str(PATIENCE),
        "SMS_PER_CALLER": "100000",
        "SMS_PER_DAY": "100000",
    }


def _fallback(folder: Path) -> Path:
    """The files of `ivr fallback`, for the number's fallback URL."""
    command = ["ivr", "fallback", "--out", str(folder)]
    subprocess.run(command, cwd=ROOT, env=environment(), check=True, stdout=subprocess.DEVNULL)
    return folder


def _booth(line: Line, base: str, fallback: str) -> Booth:
    languages = ("", *line.tree.languages)
    scripts = [
        " ".join((language, *way.keys)).strip() for language in languages for way in routes(line)
    ]
    known = line.scripts[line.tree.language].prompts.texted
    return Booth(
        base=base,
        fallback=fallback,
        scripts=[*scripts, "-"],
        texted=[" ".join((*way, "1")) for way in WAYS],
        phrases={bare(getattr(known, outcome.value)): outcome for outcome in TextOutcome},
    )


if __name__ == "__main__":
    sys.exit(main())
