"""Webhook throughput: this line, a bare signed route, and TwiML built anew each time.

    make bench          fifteen rounds of one second; ARGS="--rounds 5 --seconds 3" for others

All three run under the Procfile's gunicorn at once, and are hammered in turn, so that each round
sees the same machine; the ratio of a round is what to quote, and their median is judged.
"""

import argparse
import statistics
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from twilio.request_validator import RequestValidator

from bench.hammer import Result, hammer, prepared
from bench.served import ACCOUNT, PUBLIC, TOKEN, free_port, served

APPS = {
    "bare": "bench.apps:bare()",
    "line": "ivr.web:create_app()",
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


def main() -> int:
    """Prints a table and the ratios; exits 1 where the line misses its figure or an answer."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--seconds", type=float, default=1.0)
    asked = parser.parse_args()
    requests = list(_requests())
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        ports = {
            name: stack.enter_context(_served(app, Path(folder))) for name, app in APPS.items()
        }
        for port in ports.values():
            hammer(port, requests, 1.0, CONNECTIONS)  # warm
        rounds = [
            {
                name: hammer(port, requests, asked.seconds, CONNECTIONS)
                for name, port in ports.items()
            }
            for _ in range(asked.rounds)
        ]
    return _report(rounds)


def _requests() -> Iterator[bytes]:
    validator = RequestValidator(TOKEN)
    for target, digits in STEPS:
        fields = {
            "CallSid": "CA" + "0" * 32,
            "AccountSid": ACCOUNT,
            "From": "+819012345678",
            "To": "+815031234567",
            "CallStatus": "in-progress",
            "ApiVersion": "2010-04-01",
            "Direction": "inbound",
            **({"Digits": digits} if digits else {}),
        }
        yield prepared(target, fields, validator.compute_signature(PUBLIC + target, fields))


@contextmanager
def _served(app: str, folder: Path) -> Iterator[int]:
    """The port of the app under the Procfile's own gunicorn line."""
    port = free_port()
    with served(app, folder, port, DATABASE_URL=f"sqlite:///{folder}/{port}.sqlite3"):
        yield port


def _report(rounds: list[dict[str, Result]]) -> int:
    columns = ("bare/s", "line/s", "built/s", "line/bare", "line/built")
    print("round" + "".join(f"{column:>11}" for column in columns))
    ratios, errors = [], 0
    for number, seen in enumerate(rounds, 1):
        bare, line, built = (seen[name].per_second for name in ("bare", "line", "built"))
        errors += sum(result.errors for result in seen.values())
        ratios.append(line / bare)
        print(
            f"{number:>5}{bare:>11.0f}{line:>11.0f}{built:>11.0f}"
            f"{line / bare:>11.2f}{line / built:>11.2f}"
        )
    middle = statistics.median(ratios)
    print(f"median line/bare {middle:.2f} (figure: {TARGET} or better), errors {errors}")
    return 0 if middle >= TARGET and not errors else 1


if __name__ == "__main__":
    sys.exit(main())
