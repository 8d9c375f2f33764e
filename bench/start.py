"""How soon a call is answered: from the start of gunicorn to the first TwiML of `POST /voice`.

python -m bench.start           median of seven starts, in a plain install
"""

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.hammer import ask
from bench.rows import Row
from bench.served import PLAIN, alone, environment, free_port, running, web_command
from bench.signing import signed

FIGURE = 1.0  # seconds
COMMAND = "python -m bench.start"


def start(folder: Path) -> float:
    """Seconds from gunicorn's start to the last byte of its first answer to a call."""
    port = free_port()
    environ = environment(DATABASE_URL=f"sqlite:///{folder}/line.sqlite3", **alone())
    began = time.perf_counter()
    with running(web_command(port), environ, folder) as server:
        _answered(port, server)
        return time.perf_counter() - began


def measured(starts: int = 7) -> Row:
    """The median of `starts`, the files of all modules in the system's cache."""
    with tempfile.TemporaryDirectory() as folder:
        start(Path(folder))  # writes the byte code that every later start finds
        seen = [start(Path(folder)) for _ in range(starts)]
    middle = statistics.median(seen)
    words = f"{middle:.2f} s ({min(seen):.2f} to {max(seen):.2f}, {starts} starts)"
    return Row("start to first answer", words, COMMAND, f"{FIGURE:g} s", middle <= FIGURE)


def yardstick(starts: int = 7) -> float:
    """Seconds that a bare Python needs to begin and end here: what a slow moment is known by."""
    seen = []
    for _ in range(starts):
        began = time.perf_counter()
        subprocess.run([PLAIN / "python", "-c", "import flask, gunicorn.app.wsgiapp"], check=True)
        seen.append(time.perf_counter() - began)
    return statistics.median(seen)


def _answered(port: int, server: subprocess.Popen[bytes]) -> None:
    call = signed("/voice")
    while server.poll() is None:
        try:
            if ask(port, call):
                return
        except OSError:
            time.sleep(0.01)
    raise SystemExit("gunicorn did not start")


def main() -> int:
    """Prints the median, and what Flask and gunicorn alone take to be imported."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--starts", type=int, default=7)
    row = measured(parser.parse_args().starts)
    print(row)
    print(f"of which Python with Flask and gunicorn, and nothing else: {yardstick():.2f} s")
    return 0 if row.kept else 1


if __name__ == "__main__":
    sys.exit(main())
