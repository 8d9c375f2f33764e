"""Commands on a deployed line, which has neither the simulator nor what only authors need."""

import json
import subprocess
import sys
from typing import Any

import pytest

from ivr.commands.unavailable import not_installed

SIMULATED = ("call", "text", "serve", "load", "replay")
_TRIED = """
import json, sys
from click.testing import CliRunner
for name in {missing}:
    sys.modules[name] = None  # cannot be imported
from ivr.commands import main
tried = {{}}
for words in {commands}:
    result = CliRunner(mix_stderr=False).invoke(main, words)
    tried[" ".join(words)] = [result.exit_code, result.stdout, result.stderr]
print(json.dumps(tried))
"""


def tried(missing: list[str], *commands: list[str]) -> dict[str, Any]:
    """Exit status and output of each command, in a process that lacks these packages."""
    script = _TRIED.format(missing=missing, commands=list(commands))
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_without_the_simulator_one_line_says_how_to_install_it() -> None:
    commands = [[name, *more] for name in SIMULATED for more in ([], ["--help"], ["--url", "x"])]
    for command, (status, stdout, stderr) in tried(["ringback"], *commands).items():
        name = command.split()[0]
        assert (status, stdout) == (2, ""), command
        assert stderr == (
            f"Error: ivr {name} needs the simulator ringback: pip install './simulator[cli,load]'\n"
        )


def test_a_deployed_lines_commands_need_no_authors_packages() -> None:
    missing = ["ringback", "rich", "httpx", "prompt_toolkit", "aiohttp", "greenlet", "defusedxml"]
    missing.remove("aiohttp")  # the twilio library brings and imports it
    missing.remove("greenlet")  # and so does SQLAlchemy with this
    commands = [["tree"], ["sms", "preview"], ["fallback", "--help"], ["migrate", "--help"]]
    commands += [["worker", "--help"], ["schema", "--help"]]
    for command, (status, _, stderr) in tried(missing, *commands).items():
        assert (status, stderr) == (0, ""), command


def test_an_author_without_the_extra_is_told_of_it() -> None:
    [(status, stdout, stderr)] = tried(["rich"], ["prompts", "list"]).values()
    assert (status, stdout) == (2, "")
    assert stderr == (
        "Error: ivr prompts needs packages for authors: pip install 'madoguchi[authors]'\n"
    )


def test_a_defect_is_not_taken_for_a_missing_extra() -> None:
    defect = ModuleNotFoundError("No module named 'ivr.gone'", name="ivr.gone")
    with pytest.raises(ModuleNotFoundError):
        not_installed("check", defect)
