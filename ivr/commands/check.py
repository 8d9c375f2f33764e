"""`ivr check`: whether the YAML may serve callers, and what an author might look at again.

The options stand here; what looks at the files is imported when it is needed, for `--help` to be
quick.
"""

import click

FORMATS = ("text", "json", "github")


@click.command()
@click.option(
    "--format",
    "form",
    type=click.Choice(FORMATS),
    default="text",
    show_default=True,
    help="text for people, json for programs (one object per line), github for annotations.",
)
@click.option(
    "--fix", is_flag=True, help="First fix what is safe: order, character widths, unused words."
)
@click.option("--strict", is_flag=True, help="Warnings count for the exit status too.")
@click.option("--accepted", is_flag=True, help="Also show the accepted warnings, with the reasons.")
@click.option(
    "--translated",
    multiple=True,
    metavar="LANGUAGE",
    help="Record that a person has looked at this language's translation as it stands now.",
)
@click.option(
    "--assured-within",
    type=click.IntRange(min=0),
    metavar="DAYS",
    envvar="ASSURED_WITHIN",
    help="Warn about spoken facts that nobody has checked within this many days.",
)
@click.option("--live", "look_live", is_flag=True, help="Open every link, to see what has moved.")
@click.option(
    "--per-minute",
    type=click.IntRange(1, 600),
    default=30,
    show_default=True,
    help="With --live: the most requests in a minute.",
)
def check(
    form: str,
    fix: bool,
    strict: bool,
    accepted: bool,
    translated: tuple[str, ...],
    assured_within: int | None,
    look_live: bool,
    per_minute: int,
) -> None:
    """Checks the line's YAML files and exits 1 if there are errors.

    Each problem is one line: `file:line: severity: code: message`. docs/checks.md explains every
    code: why it matters, and how to fix it. To accept a warning, write a comment:
    `# check: allow CODE because REASON`.
    """
    from ivr.commands.checking.running import Options, run_check

    options = Options(form, accepted, strict, fix, translated, assured_within)
    if not run_check(options, per_minute if look_live else None):
        raise SystemExit(1)
