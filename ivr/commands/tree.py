"""`ivr tree`: the flow of the call as text, as Mermaid, or as a picture."""

import os
from collections.abc import Callable, Mapping
from pathlib import Path

import click

from ivr.check.loading import open_line
from ivr.commands.files import keep
from ivr.drawing import chart_of, lay_out, mermaid, outline, svg
from ivr.drawing.chart import Chart
from ivr.files.problems import LineRefused
from ivr.settings import Folders

FORMATS: Mapping[str, Callable[[Chart], str]] = {
    "text": outline,
    "mermaid": mermaid,
    "svg": lambda chart: svg(lay_out(chart)),
}


@click.command()
@click.option(
    "--format",
    "form",
    type=click.Choice(tuple(FORMATS)),
    default="text",
    show_default=True,
    help="An outline, a Mermaid flowchart for a wiki, or a picture to print on A4 or A3.",
)
@click.option("--language", help="One of the line's languages; by default the tree's own.")
@click.option(
    "--out", type=click.Path(path_type=Path), help="Write to this file instead of the screen."
)
def tree(form: str, language: str | None, out: Path | None) -> None:
    """Draws the tree: what is asked, which key leads where, and where callers are referred to."""
    folders = Folders.from_environ(os.environ)
    try:
        line = open_line(folders.data, folders.prompts)
    except LineRefused as refused:
        for problem in refused.problems:
            click.echo(str(problem), err=True)
        raise SystemExit(1) from None
    language = language or line.tree.language
    if language not in line.scripts:
        known = ", ".join(sorted(line.scripts))
        raise click.UsageError(f"--language {language}: this line speaks {known}.")
    drawn = FORMATS[form](chart_of(line, language))
    if out is None:
        click.echo(drawn, nl=False)
    elif not out.parent.is_dir():
        raise click.UsageError(f"--out: there is no folder {out.parent}; make it first.")
    else:
        keep(out, drawn.encode())
