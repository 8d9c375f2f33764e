"""Webhook throughput: this line, a bare signed route, and TwiML built anew each time.

    python -m bench.webhook     fifteen rounds of one second; --rounds 5 --seconds 3 for others

All three run under the Procfile's gunicorn at once, and are hammered in turn, so that each round
sees the same machine; the ratio of a round is what to quote, and their median is judged.
"""

import argparse
import statistics
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

from bench.hammer import Result, hammer
from bench.rows import Row
from bench.served import APP, free_port, served
from bench.signing import signed

APPS = {
    "bare": "bench.apps:bare()",
    "line": APP,
    "built": "bench.apps:built()",
}
TARGET = 0.9
# A few steps of calls: the answer, a choice, a referral, silence, a wrong key.
STEPS = [
    ("/voice", ""),
    ("/voice/ja/top?visits=1", "3"),
    ("/voice/ja/remove?visits=2", "1"),
    ("/voice/ja/top?visits=1", "1"),
    ("/voice/ja/top?visits=1", ""),
    ("/voice/ja/danger?agency=police_9110&visits=2", ""),
    ("/voice/en/talk?agency=yorisoi&visits=3", "5"),
]
CONNECTIONS = 8


COMMAND = "python -m bench.webhook"


Rounds = list[dict[str, Result]]


def main() -> int:
    """Prints a table and the ratios; exits 1 where the line misses its figure or an answer."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--seconds", type=float, default=1.0)
    asked = parser.parse_args()
    rounds = run(asked.rounds, asked.seconds)
    _print(rounds)
    row = judged(rounds)
    print(row)
    return 0 if row.kept else 1


def run(count: int = 15, seconds: float = 1.0) -> Rounds:
    """All apps in turn, `count` times, each for so long."""
    wanted = requests()
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        ports = {name: free_port() for name in APPS}
        for name, port in ports.items():
            database = f"sqlite:///{folder}/{name}.sqlite3"
            stack.enter_context(served(APPS[name], Path(folder), port, DATABASE_URL=database))
        for port in ports.values():
            hammer(port, wanted, 1.0, CONNECTIONS)  # warm
        return [
            {name: hammer(port, wanted, seconds, CONNECTIONS) for name, port in ports.items()}
            for _ in range(count)
        ]


def judged(rounds: Rounds) -> Row:
    """The median of the ratios; one wrong answer is enough to miss the figure."""
    ratios = [seen["line"].per_second / seen["bare"].per_second for seen in rounds]
    errors = sum(result.errors for seen in rounds for result in seen.values())
    middle = statistics.median(ratios)
    return Row(
        "throughput against a bare route that checks the signature",
        f"{middle:.2f} (median of {len(rounds)} rounds), {errors} errors",
        COMMAND,
        f"{TARGET:g}",
        middle >= TARGET and not errors,
    )


def requests() -> list[bytes]:
    """The steps, signed."""
    return [signed(target, digits) for target, digits in STEPS]


def _print(rounds: Rounds) -> None:
    columns = ("bare/s", "line/s", "built/s", "line/bare", "line/built")
    print("round" + "".join(f"{column:>11}" for column in columns))
    for number, seen in enumerate(rounds, 1):
        bare, line, built = (seen[name].per_second for name in ("bare", "line", "built"))
        print(
            f"{number:>5}{bare:>11.0f}{line:>11.0f}{built:>11.0f}"
            f"{line / bare:>11.2f}{line / built:>11.2f}"
        )


if __name__ == "__main__":
    sys.exit(main())
