"""`ivr check` on a copy of the town that a test may change."""

import shutil
from pathlib import Path

from click.testing import CliRunner, Result

from ivr.commands import main

TOWN = Path(__file__).parent.parent / "lines" / "town"


def town_in(folder: Path) -> Path:
    """A copy of the town's folders below `folder`."""
    return Path(shutil.copytree(TOWN, folder / "town"))


def check(folder: Path, *options: str) -> Result:
    environ = {"IVR_DATA": str(folder / "data"), "IVR_PROMPTS": str(folder / "prompts")}
    return CliRunner(mix_stderr=False).invoke(main, ["check", *options], env=environ)


def change(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1
    file.write_text(text.replace(old, new), encoding="utf-8")
