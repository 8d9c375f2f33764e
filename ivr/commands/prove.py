"""`ivr prove`: every state of the dialogue, at every state of opening hours of a year."""

import gc
import json as json_format
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING

import click

from ivr.check.loading import open_line
from ivr.commands.calling.times import AT, JAPAN
from ivr.commands.proving.estimate import estimate
from ivr.commands.proving.printing import as_json, counterexample, shown
from ivr.engine import Line
from ivr.files.problems import LineRefused
from ivr.proof import Proof
from ivr.proof import prove as proved
from ivr.settings import Folders, SettingsRefused
from ivr.web.voices import voices

if TYPE_CHECKING:
    from ivr.commands.proving.through_webhooks import Walked


@click.command(
    epilog="Exit status: 0 when all holds, 1 when not: then each failure comes with the shortest"
    " call that shows it, to be pasted."
)
@click.option("--language", help="Only calls in this language.")
@click.option(
    "--since",
    type=AT,
    metavar="DATE",
    help="The first of the 366 days to explore, such as 2026-12-01; by default now.",
)
@click.option(
    "--through-webhooks",
    is_flag=True,
    help="Also walks every transition through the signed webhooks, and compares what is heard.",
)
@click.option("--json", is_flag=True, help="One JSON object instead of the report.")
def prove(language: str | None, since: datetime | None, through_webhooks: bool, json: bool) -> None:
    """Proves that no caller can be lost: explores all that any call can come to."""
    began = time.perf_counter()
    try:
        folders = Folders.from_environ(os.environ)
        line = open_line(folders.data, folders.prompts)
        speaking = voices(line, folders.prompts, {})
    except (LineRefused, SettingsRefused) as refused:
        click.echo(str(refused), err=True)
        raise SystemExit(1) from None
    only = _known(line, language)
    with _no_collector():
        proof = proved(line, since or datetime.now(JAPAN), estimate(speaking), only)
    took = time.perf_counter() - began
    walked = _walked(line, proof, folders) if through_webhooks else None
    if json:
        click.echo(json_format.dumps(as_json(line, proof, took, walked), ensure_ascii=False))
    else:
        for sentence in _report(line, proof, took, walked):
            click.echo(sentence)
    if not proof.holds or (walked is not None and walked.differences):
        raise SystemExit(1)


def _walked(line: Line, proof: Proof, folders: Folders) -> "Walked":
    # Imported here: most proofs need neither the web app nor the simulator's signatures.
    from ivr.commands.proving.through_webhooks import walk

    return walk(line, proof.graph, folders)


def _report(line: Line, proof: Proof, took: float, walked: "Walked | None") -> Iterator[str]:
    yield from shown(line, proof, took)
    if walked is None:
        return
    yield (
        f"through the webhooks: {walked.requests} requests for {walked.callers} kinds of caller,"
        f" {walked.seconds:.1f} s; {len(walked.differences)} differ from the engine"
    )
    for difference in walked.differences[:_MOST_SHOWN]:
        yield f"FAILS through-webhooks: {difference.problem}"
        yield f"      {counterexample(line, difference)}"


_MOST_SHOWN = 10


def _known(line: Line, language: str | None) -> list[str] | None:
    if language is not None and language not in line.scripts:
        known = ", ".join(sorted(line.scripts))
        raise click.BadParameter(
            f"no prompts in {language!r}; there are {known}", param_hint="--language"
        )
    return None if language is None else [language]


@contextmanager
def _no_collector() -> Iterator[None]:
    """Without the cycle collector: it would look through all that is kept, again and again."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
