"""`ivr --help`: one whole line for each command, without importing any of them."""

import subprocess
import sys

import click
import pytest
from click.testing import CliRunner

from ivr.commands import COMMANDS, main


@pytest.mark.parametrize("name", COMMANDS)
def test_the_line_of_a_command_is_the_first_sentence_of_its_own_help(name: str) -> None:
    command = main.get_command(click.Context(main), name)
    assert command is not None
    paragraph = " ".join((command.help or "").split("\n\n")[0].split())
    assert f"{paragraph} ".startswith(f"{COMMANDS[name]} ")


def test_no_line_is_cut_short() -> None:
    shown = " ".join(CliRunner().invoke(main, ["--help"]).output.split())
    assert all(f"{name} {words}" in shown for name, words in COMMANDS.items())


def test_help_imports_no_command() -> None:
    seen = "import sys; print([name for name in sys.modules if name.startswith('ivr.')])"
    script = f"from ivr.commands import main\nmain(['--help'], standalone_mode=False)\n{seen}"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    # `unavailable` is what says that a command's packages are not installed; it needs none itself.
    assert done.stdout.splitlines()[-1] == "['ivr.commands.unavailable', 'ivr.commands']"
