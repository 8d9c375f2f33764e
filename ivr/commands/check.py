"""`ivr check`: whether the YAML may serve callers; a line a problem."""

import os
from collections.abc import Mapping

import click

from ivr.engine import LineRefused
from ivr.folders import open_line
from ivr.settings import Folders


@click.command()
def check() -> None:
    """Checks the line's YAML; prints `file:line: severity: code: message` and exits 1 if wrong."""
    problems = find_problems(os.environ)
    for problem in problems:
        click.echo(problem)
    if problems:
        raise SystemExit(1)


def find_problems(environ: Mapping[str, str]) -> list[str]:
    """All that is wrong in the folders that the environment names, as printed."""
    folders = Folders.from_environ(environ)
    try:
        open_line(folders.data, folders.prompts)
    except LineRefused as refused:
        return [str(problem) for problem in refused.problems]
    return []
