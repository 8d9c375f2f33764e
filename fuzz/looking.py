"""One target under atheris: `python -m fuzz.looking TARGET CORPUS`, and libFuzzer's options."""

import hashlib
import importlib
import sys
from pathlib import Path

import atheris


def main() -> None:
    """Puts the seeds into the corpus, and looks until libFuzzer ends the process."""
    target, corpus = sys.argv[1], Path(sys.argv[2])
    with atheris.instrument_imports(include=["ivr", "fuzz"]):
        module = importlib.import_module(f"fuzz.{target}")
    for seed in module.seeds():
        name = hashlib.sha256(seed).hexdigest()[:32]
        (corpus / name).write_bytes(seed)
    atheris.Setup([sys.argv[0], *sys.argv[2:]], module.attempt)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
