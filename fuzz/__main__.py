"""Looks for inputs that break a promise, led by coverage; each target for a bounded time.

    make fuzz           a minute for each target; ARGS="--seconds 600 steps texts_in" for others

What it has learnt stays in .fuzz/corpus and is gone on from. An input that breaks something is
kept in .fuzz/found, and `make fuzz ARGS="--again FILE TARGET"` runs it alone. Exits 1 where one
was found.
"""

import argparse
import importlib
import importlib.util
import re
import subprocess
import sys
from pathlib import Path

from fuzz import TARGETS

ROOT = Path(__file__).resolve().parent.parent
WORK = ROOT / ".fuzz"
_MOST_MEGABYTES, _MOST_SECONDS = 2048, 20  # of one input
_RUNS = re.compile(r"number_of_executed_units: *(\d+)")
_COVERED = re.compile(r"\bcov: (\d+)")


def main() -> int:
    """Runs the targets one after the other; 1 where any of them broke."""
    parser = argparse.ArgumentParser(prog="make fuzz", description=__doc__.splitlines()[0])
    parser.add_argument("targets", nargs="*", metavar="TARGET", help=", ".join(TARGETS))
    parser.add_argument("--seconds", type=int, default=60, help="for each target (60)")
    parser.add_argument("--seed", type=int, default=1, help="of libFuzzer's chance; 0 draws one")
    parser.add_argument("--again", type=Path, metavar="FILE", help="runs this one input")
    asked = parser.parse_args()
    unknown = [target for target in asked.targets if target not in TARGETS]
    if unknown:
        parser.error(f"no target {', '.join(unknown)}; there are {', '.join(TARGETS)}")
    if asked.again:
        return _again(asked.targets or TARGETS, asked.again)
    if importlib.util.find_spec("atheris") is None:
        print("Nothing was fuzzed: atheris is not installed (it is made for CPython on Linux).")
        return 0
    broken = [not _looked(target, asked.seconds, asked.seed) for target in asked.targets or TARGETS]
    return 1 if any(broken) else 0


def _again(targets: tuple[str, ...], file: Path) -> int:
    data = file.read_bytes()
    for target in targets:
        importlib.import_module(f"fuzz.{target}").attempt(data)
        print(f"{target}: {file} breaks nothing")
    return 0


def _looked(target: str, seconds: int, seed: int) -> bool:
    corpus, found = WORK / "corpus" / target, WORK / "found" / target
    for folder in (corpus, found):
        folder.mkdir(parents=True, exist_ok=True)
    command = [
        *(sys.executable, "-m", "fuzz.looking", target, str(corpus)),
        *(f"-max_total_time={seconds}", f"-seed={seed}", f"-artifact_prefix={found}/"),
        *("-print_final_stats=1", f"-rss_limit_mb={_MOST_MEGABYTES}", f"-timeout={_MOST_SECONDS}"),
        "-max_len=16384",
    ]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, errors="replace")
    said = run.stdout + run.stderr
    runs, covered = _RUNS.search(said), _COVERED.findall(said)
    print(
        f"{target}: {int(runs[1]) if runs else 0:,} inputs in {seconds} s,"
        f" {covered[-1] if covered else '?'} edges reached"
        f"{'' if run.returncode == 0 else ', BROKEN'}",
        flush=True,
    )
    if run.returncode:
        print(_reason(said), *(f"  {file.relative_to(ROOT)}" for file in found.iterdir()), sep="\n")
    return run.returncode == 0


def _reason(said: str) -> str:
    """The exception where there was one; else the last that was said."""
    _, broke, after = said.partition("=== Uncaught Python exception: ===\n")
    lines = after.split("INFO: ", 1)[0].splitlines() if broke else said.splitlines()
    return "\n".join(lines[-25:])


if __name__ == "__main__":
    sys.exit(main())
