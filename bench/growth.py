"""Cost against the size of the tree: a request (flat), and what is done once (linear).

    python -m bench.growth          10, 100, 1,000 and 10,000 nodes; --nodes 50 for others

A request is what the app takes for it in this process, signature check included, without a server's
own share. Cold: its answer was never worked out before. Warm: it was. After opening or closing: the
first request after an agency opened or closed, which looks at all of them.
"""

import argparse
import gc
import io
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from flask import Flask
from twilio.request_validator import RequestValidator
from werkzeug.test import EnvironBuilder

from bench.rows import Row
from bench.served import PUBLIC, TOKEN
from bench.trees import grown, names, write
from ivr.check.loading import load_line
from ivr.files.folders import LineTexts
from ivr.settings import Settings
from ivr.web import create_app

COMMAND = "python -m bench.growth"
SIZES = (10, 100, 1_000, 10_000)
_STEPS = 160  # different requests at each size
_PATIENCE = 30.0  # seconds that a command may take
_NOON = datetime(2026, 12, 1, 3, tzinfo=UTC)

Timed = dict[int, float]  # seconds by nodes


@dataclass(frozen=True)
class Growth:
    """Medians, each by the size of the tree. A size that took too long is absent."""

    warm: Timed
    cold: Timed
    after_opening: Timed
    load: Timed
    check: Timed
    prove: Timed


class Moving:
    """A clock that stands until it is moved."""

    def __init__(self) -> None:
        self.now = _NOON

    def __call__(self) -> datetime:
        return self.now


def measured(sizes: Sequence[int] = SIZES) -> Growth:
    """All of it at all sizes."""
    found = Growth({}, {}, {}, {}, {}, {})
    for nodes in sizes:
        texts = grown(nodes)
        found.load[nodes] = statistics.median(_loading(texts) for _ in range(3))
        with tempfile.TemporaryDirectory() as folder:
            environ = write(texts, Path(folder))
            found.warm[nodes], found.cold[nodes], found.after_opening[nodes] = _requests(
                environ, Path(folder), nodes
            )
            for command, times in (("check", found.check), ("prove", found.prove)):
                if all(size in times for size in sizes if size < nodes):
                    took = _command(command, environ)
                    if took is not None:
                        times[nodes] = took
    return found


def _loading(texts: LineTexts) -> float:
    gc.collect()
    began = time.perf_counter()
    load_line(texts)
    return time.perf_counter() - began


def _requests(environ: dict[str, str], folder: Path, nodes: int) -> tuple[float, float, float]:
    """Medians of a warm and a cold request, and of the first one after agencies open or close."""
    clock = Moving()
    app = create_app(
        Settings.from_environ(
            {
                "TWILIO_ACCOUNT_SID": "AC" + "0" * 32,
                "TWILIO_AUTH_TOKEN": TOKEN,
                "PUBLIC_URL": PUBLIC,
                "DATABASE_URL": f"sqlite:///{folder}/bench.sqlite3",
                **environ,
            }
        ),
        clock,
    )
    steps = list(_steps(nodes))
    _asked(app, ("/voice", ""))  # what the very first request sets up
    cold = [_asked(app, step) for step in steps]
    warm = [_asked(app, step) for _ in range(3) for step in steps]
    after_opening = []
    for _ in range(9):
        clock.now += timedelta(days=1)
        after_opening.append(_asked(app, steps[-1]))
    return tuple(map(statistics.median, (warm, cold, after_opening)))  # type: ignore[return-value]


def _steps(nodes: int) -> Iterator[tuple[str, str]]:
    """Different steps of calls, at nodes from all over the tree: targets and keys."""
    keys = ("", "1", "2", "3", "4", "5", "0", "#")
    places = names(nodes)
    wanted = [
        (f"/voice/{language}/{place}?visits=1", key)
        for key in keys
        for language in ("ja", "en")
        for place in places[:: max(1, len(places) // 10)]
    ]
    yield from wanted[:_STEPS]


def _asked(app: Flask, step: tuple[str, str]) -> float:
    """Seconds that the app takes to answer."""
    target, digits = step
    fields = {"CallSid": "CA" + "0" * 32, "From": "+819012345678", "Digits": digits}
    signature = RequestValidator(TOKEN).compute_signature(PUBLIC + target, fields)
    parts = urlsplit(target)
    body = urlencode(fields).encode()
    environ = EnvironBuilder(
        parts.path,
        PUBLIC,
        query_string=parts.query,
        method="POST",
        input_stream=io.BytesIO(body),
        content_length=len(body),
        content_type="application/x-www-form-urlencoded",
        headers={"X-Twilio-Signature": signature},
    ).get_environ()
    environ["RAW_URI"] = target
    said: list[str] = []
    began = time.perf_counter()
    answer = b"".join(app(environ, lambda status, _headers: said.append(status)))
    took = time.perf_counter() - began
    if said != ["200 OK"] or b"<Response>" not in answer:
        raise SystemExit(f"{target} with {digits or 'no key'} was answered with {said}")
    return took


def _command(command: str, environ: dict[str, str]) -> float | None:
    """Seconds that `ivr <command>` takes on the line; None for more than anyone waits."""
    ivr = Path(sys.executable).with_name("ivr")
    began = time.perf_counter()
    try:
        done = subprocess.run(
            [ivr, command], env={**os.environ, **environ}, capture_output=True, timeout=_PATIENCE
        )
    except subprocess.TimeoutExpired:
        return None
    if done.returncode:
        said = (done.stdout + done.stderr).decode()
        raise SystemExit(f"ivr {command} failed on a line that it should pass:\n{said[-2_000:]}")
    return time.perf_counter() - began


def rows(growth: Growth) -> list[Row]:
    """What the design asks: flat for each request, linear at start; and the commands beside it."""
    sizes = sorted(growth.load)
    low, high = sizes[0], sizes[-1]
    many = f"from {low:,} to {high:,} nodes"
    found = []
    for what, times in (("warm", growth.warm), ("cold", growth.cold)):
        ratio = times[high] / times[low]
        words = f"{_each(times, 1e6)} µs, {ratio:.1f} times as long"
        found.append(Row(f"a {what} request, {many}", words, COMMAND, "flat", ratio < 2))
    found.append(
        Row(
            "the first one after agencies open or close",
            f"{_each(growth.after_opening, 1e3)} ms",
            COMMAND,
        )
    )
    # Linear up to 1,000 nodes, more than any call can be led through; beyond that it is shown.
    most = max((size for size in sizes if size <= 1_000), default=high)
    # A hundred times the nodes may take as much longer, and half as much again in a noisy moment.
    ratio, share = growth.load[most] / growth.load[low], most / low
    words = f"{_each(growth.load, 1e3)} ms"
    found.append(Row(f"loading, {many}", words, COMMAND, "linear to 1,000", ratio < 1.5 * share))
    found += [
        Row(f"`ivr {command}`", f"{_each(times, 1)} s{_left_out(times, sizes)}", COMMAND)
        for command, times in (("check", growth.check), ("prove", growth.prove))
        if times
    ]
    return found


def _each(times: Timed, scale: float) -> str:
    seen = [seconds * scale for _, seconds in sorted(times.items())]
    return " / ".join(f"{one:,.0f}" if one >= 100 else f"{one:.3g}" for one in seen)


def _left_out(times: Timed, sizes: Sequence[int]) -> str:
    """Says from which size on nobody waited."""
    missing = [size for size in sizes if size not in times]
    return f"; {missing[0]:,} nodes took more than {_PATIENCE:g} s" if missing else ""


def main() -> int:
    """Prints every median; exits 1 where a cost grows as it should not."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--nodes", type=int, nargs="+", default=SIZES)
    found = rows(measured(sorted(parser.parse_args().nodes)))
    for row in found:
        print(row)
    return 1 if any(row.kept is False for row in found) else 0


if __name__ == "__main__":
    sys.exit(main())
