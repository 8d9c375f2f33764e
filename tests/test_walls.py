"""The three walls of the house, as import-linter contracts in pyproject.toml."""

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


def test_the_walls_stand() -> None:
    """No I/O in the engine; nothing of us in the simulator; channels that do not meet.

    In a process of its own: import-linter sets logging up anew, and silences every logger there is.
    """
    linter = Path(sys.executable).parent / "lint-imports"
    asked = [linter, "--config", ROOT / "pyproject.toml", "--no-cache"]
    told = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stdout + told.stderr


@pytest.mark.parametrize("inside", ["ivr.engine", "ivr.simulator"])
def test_a_wall_has_no_gap_where_a_new_room_was_built(inside: str) -> None:
    """Every module and folder of the package stands on the list, not those of yesterday alone."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
    (wall,) = (one for one in settings["contracts"] if one.get("source_modules") == [inside])
    rooms = {
        f"ivr.{place.stem}"
        for place in (ROOT / "ivr").iterdir()
        if place.suffix == ".py" or (place / "__init__.py").exists()
    }
    assert rooms - {inside, "ivr.__init__"} <= set(wall["forbidden_modules"])
