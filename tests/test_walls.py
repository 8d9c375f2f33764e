"""What may import what, as import-linter contracts in pyproject.toml."""

import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

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


@pytest.mark.parametrize(
    ("wall", "allowed"),
    [
        (["ivr.engine"], {"ivr.engine"}),
        (["ivr.proof", "ivr.drawing"], {"ivr.engine", "ivr.proof", "ivr.drawing"}),
    ],
)
def test_a_wall_has_no_gap_where_a_new_room_was_built(wall: list[str], allowed: set[str]) -> None:
    """Every room of the line stands on the list, not those of yesterday alone."""
    contract = _contract(wall)
    assert _rooms() - allowed <= set(contract["forbidden_modules"])


def test_no_room_but_the_commands_may_use_the_telephone_company() -> None:
    [contract] = [one for one in _contracts() if one.get("forbidden_modules") == ["ringback"]]
    assert _rooms() - {"ivr.commands"} == set(contract["source_modules"])


def _rooms() -> set[str]:
    return {
        f"ivr.{place.stem}"
        for place in (ROOT / "ivr").iterdir()
        if (place.suffix == ".py" and place.stem != "__init__") or (place / "__init__.py").exists()
    }


def _contracts() -> list[dict[str, Any]]:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
    return list(settings["contracts"])


def _contract(sources: list[str]) -> dict[str, Any]:
    [found] = [one for one in _contracts() if one.get("source_modules") == sources]
    return found
