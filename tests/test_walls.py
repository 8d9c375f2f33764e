"""The three walls of the house, as import-linter contracts in pyproject.toml."""

from pathlib import Path

import pytest
from importlinter.cli import lint_imports

ROOT = Path(__file__).resolve().parents[1]


def test_the_walls_stand(capsys: pytest.CaptureFixture[str]) -> None:
    """No I/O in the engine; nothing of us in the simulator; channels that do not meet."""
    code = lint_imports(config_filename=str(ROOT / "pyproject.toml"), cache_dir=None)
    assert code == 0, capsys.readouterr().out
