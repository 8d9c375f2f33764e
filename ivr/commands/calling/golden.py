"""Golden calls on the line or at a URL: recorded, run again, and written anew."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import click

from ivr.commands.calling import callers
from ivr.commands.calling.connecting import CALLER, LINE, connected
from ivr.commands.calling.recording import keep
from ringback import CallRecord
from ringback.media.listener import no_estimate
from ringback.transcript.golden import (
    StoriesRefused,
    Story,
    differences,
    read_stories,
    steps_of,
    written,
)


@dataclass(frozen=True)
class Replayed:
    """A call as it went now, beside what its file says; `difference` is empty where they agree."""

    story: Story
    now: Story

    @property
    def difference(self) -> str:
        """The differences line by line, or what is to be done where nothing is written yet."""
        if self.story.then is None:
            return "  has no `then` yet: --update writes what is heard"
        return differences(self.story.then, self.now.then or ())


def replay(file: Path, url: str | None, environ: Mapping[str, str]) -> list[Replayed]:
    """Runs every call of the file, each on a line of its own, or all at `url`.

    Speech takes the simulator's own time, so that a call goes the same on every machine. Raises
    StoriesRefused where the file cannot be read, and what `connected` raises.
    """
    return [_replayed(story, url, environ) for story in read(file)]


def rewrite(file: Path, replayed: list[Replayed]) -> None:
    """Writes the file anew from how its calls went; those that went as they did stay."""
    stories = [call.now if call.difference else call.story for call in replayed]
    keep(file, written(stories).encode())


def read(file: Path) -> tuple[Story, ...]:
    """The calls of a file. Raises StoriesRefused."""
    try:
        return read_stories(str(file), file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise StoriesRefused([f"{file}: cannot be read: {error}"]) from error


def record(file: Path, story: Story, call: CallRecord) -> None:
    """Adds a call to a file of calls, which is made where there is none.

    Raises click.ClickException where somebody's number is in the call: it never reaches the disk.
    """
    found = callers.somebodys(call.events)
    if found:
        raise click.ClickException(
            f"{file} was not written: {' and '.join(found)} may be somebody's number, and recorded"
            f" calls are shown to others. Use one of {callers.told()}."
        )
    new = replace(story, then=None).seen(steps_of(call.events))
    keep(file, _with(file, new).encode())


def _with(file: Path, story: Story) -> str:
    """The file's text with one call more; its comments stay where calls stand as we write them."""
    before = file.read_text(encoding="utf-8") if file.exists() else ""
    if before and not before.endswith("\n"):
        before += "\n"
    text = before + written([story])
    try:
        read_stories(str(file), text)
    except StoriesRefused:  # a list within brackets takes no further lines
        return written([*read(file), story])
    return text


def _replayed(story: Story, url: str | None, environ: Mapping[str, str]) -> Replayed:
    to = story.to or LINE
    with connected(to, story.at, url, "/voice", environ, no_estimate) as (carrier, webhook):
        call = carrier.call(url=webhook, from_=story.from_ or CALLER, to=to, phone=story.phone())
    return Replayed(story, story.seen(steps_of(call.events)))
