"""`ivr check`: whether the YAML may serve callers; a line a problem."""

import os
from collections.abc import Mapping

import click

from ivr.engine import LineRefused, Problem
from ivr.folders import open_lexicons, open_line
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
    languages = [file.stem for file in sorted(folders.prompts.glob("*.yaml"))]
    problems: list[Problem] = []
    for read in (
        lambda: open_line(folders.data, folders.prompts),
        lambda: open_lexicons(folders.prompts, languages),
    ):
        try:
            read()
        except LineRefused as refused:
            problems.extend(refused.problems)
    return [str(problem) for problem in sorted(problems)]
