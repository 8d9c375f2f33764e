"""Recorded calls as YAML files: calls are added, run again, and written anew."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import click

from ringback import CallRecord
from ringback.commands.shared.account import CALLER, LINE, Connected
from ringback.commands.shared.fictional_numbers import allowed_numbers, somebodys
from ringback.commands.shared.files import keep
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


def run_again(file: Path, connect: Callable[[Story], Connected]) -> list[Replayed]:
    """Runs every call of the file at the app that `connect` gives for it.

    Raises StoriesRefused where the file cannot be read, and what `connect` raises.
    """
    return [_replayed(story, connect(story)) for story in read_calls(file)]


def difference_of(file: Path, call: Replayed) -> str:
    """A call that went another way: where it stands, its title, and the difference."""
    return f"{file}:{call.story.line}: {call.story.title}\n{call.difference}"


def rewrite(file: Path, replayed: list[Replayed]) -> None:
    """Writes the file anew from how its calls went; those that went as they did stay."""
    stories = [call.now if call.difference else call.story for call in replayed]
    keep(file, written(stories).encode())


def read_calls(file: Path) -> tuple[Story, ...]:
    """The calls of a file. Raises StoriesRefused."""
    try:
        return read_stories(str(file), file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise StoriesRefused([f"{file}: cannot be read: {error}"]) from error


def add(file: Path, story: Story, call: CallRecord) -> None:
    """Adds a call to a file of calls, which is made where there is none.

    Raises click.ClickException where somebody's number is in the call: it never reaches the disk.
    """
    found = somebodys(call.events)
    if found:
        raise click.ClickException(
            f"{file} was not written: {' and '.join(found)} may be somebody's number, and recorded"
            f" calls are shown to others. Use one of {allowed_numbers()}."
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
        return written([*read_calls(file), story])
    return text


def _replayed(story: Story, connected: Connected) -> Replayed:
    with connected as (carrier, webhook):
        call = carrier.call(
            url=webhook, from_=story.from_ or CALLER, to=story.to or LINE, phone=story.phone()
        )
    return Replayed(story, story.seen(steps_of(call.events)))
