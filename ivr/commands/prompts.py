"""`ivr prompts`: the line's own voice, rendered ahead: build, list, prune, say."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from ivr.commands.unavailable import SIMULATOR
from ivr.engine import Words
from ivr.files.problems import LineRefused
from ivr.settings import Folders, SettingsRefused
from ivr.speech import (
    Clip,
    ManifestRefused,
    MissingExtra,
    NoSpeaker,
    RecordingRefused,
    SynthesisFailed,
    UnknownEngine,
    Utterance,
    recording_name,
)
from ivr.speech.clips import clip_of, render_clip
from ivr.speech.manifest import write_whole
from ivr.speech.mp3 import encode_mp3
from ivr.speech.readings import reading
from ivr.speech.studio import Studio, open_studio
from ivr.speech.wav import read_wav

_REFUSALS = (
    LineRefused,
    SettingsRefused,
    ManifestRefused,
    MissingExtra,
    NoSpeaker,
    RecordingRefused,
    SynthesisFailed,
    UnknownEngine,
)
_ENGINE = click.option(
    "--engine",
    metavar="NAMES",
    help="Who speaks, such as openjtalk or ja=openjtalk,en=espeak; else SPEECH_ENGINES, else gtts.",
)


@contextmanager
def _told_in_lines() -> Iterator[None]:
    """Errors are shown as one plain message, without a stack trace."""
    try:
        yield
    except _REFUSALS as refused:
        click.echo(str(refused), err=True)
        raise SystemExit(1) from None


@click.group()
def prompts() -> None:
    """Renders the line's speech in advance, before any call."""


@prompts.command()
@_ENGINE
@click.option("--jobs", type=click.IntRange(1, 16), default=2, show_default=True)
def build(engine: str | None, jobs: int) -> None:
    """Renders every missing clip; a build that was stopped continues where it stopped."""
    with _told_in_lines():
        studio = _studio(engine)
        wanted = [
            one for one in studio.utterances if not one.language or one.language in studio.cast
        ]
        missing = studio.audio.missing(wanted, studio.cast)
        if missing:
            with _progress(len(missing)) as tell:
                studio.audio.build(wanted, studio.cast, tell, jobs)
            click.echo(f"built {len(missing)} clips of {len(wanted)}, in {studio.audio.folder}")
        else:
            click.echo(f"all {len(wanted)} clips are there, in {studio.audio.folder}")
    for language in sorted({one.language for one in studio.utterances} - set(studio.cast) - {""}):
        left = sum(one.language == language for one in studio.utterances)
        click.echo(
            f"{left} utterances in `{language}` have no engine, and will be said by the carrier; "
            f"name one, such as --engine {language}=gtts",
            err=True,
        )


@contextmanager
def _progress(clips: int) -> Iterator[Callable[[int, int, Clip], None]]:
    shown = TextColumn("{task.fields[text]}")
    columns = (BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), shown)
    with Progress(*columns, console=Console(stderr=True)) as bar:
        task = bar.add_task("clips", total=clips, text="")

        def tell(done: int, _every: int, clip: Clip) -> None:
            bar.update(task, completed=done, text=clip.utterance.text[:30])

        yield tell


@prompts.command(name="list")
@click.option("--readings", is_flag=True, help="Show how Japanese is read, in kana.")
@click.option("--recordings", is_flag=True, help="Show the name a recording of it would have.")
@_ENGINE
def list_(readings: bool, recordings: bool, engine: str | None) -> None:
    """Lists every utterance that a call can reach, with its seconds (- if not rendered)."""
    with _told_in_lines():
        studio = _studio(engine)
        more = (["reading"] if readings else []) + (["recording"] if recordings else [])
        table = Table("language", "seconds", "text", *more)
        for utterance in studio.utterances:
            row = _row(studio, utterance, readings)
            if recordings:
                row.append(recording_name(utterance.text, utterance.language))
            table.add_row(*row)
        Console().print(table)
        there = sum(studio.audio.find(one) is not None for one in studio.utterances)
        click.echo(f"{len(studio.utterances)} utterances, {there} with a clip")


def _row(studio: Studio, utterance: Utterance, readings: bool) -> list[str]:
    entry = studio.audio.find(utterance)
    row = [utterance.language, f"{entry.seconds:.2f}" if entry else "-", utterance.text]
    if readings:
        japanese = utterance.said is not None and utterance.language == "ja"
        lexicon = studio.cast["ja"].lexicon if japanese else None
        row.append(reading(utterance.parts, lexicon) if lexicon else "")
    return row


@prompts.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option("--mp3", is_flag=True, help="MP3 files, for a telephone or a browser.")
def export(folder: Path, mp3: bool) -> None:
    """Writes every clip into FOLDER under a readable name, so that a person can listen to them."""
    with _told_in_lines():
        studio = _studio(None)
        entries = {one: studio.audio.find(one) for one in studio.utterances}
        folder.mkdir(parents=True, exist_ok=True)
        there = [(one, entry) for one, entry in entries.items() if entry is not None]
        for number, (utterance, entry) in enumerate(there, 1):
            sound = studio.audio.path(entry).read_bytes()
            name = f"{number:03} {utterance.language} {_safe(utterance.text)}"
            if mp3:
                write_whole(folder / f"{name}.mp3", encode_mp3(read_wav(sound)))
            else:
                write_whole(folder / f"{name}.wav", sound)
    click.echo(f"wrote {len(there)} clips of {len(entries)} into {folder}")


def _safe(text: str) -> str:
    """Words as a file name on any system."""
    return "".join(letter if letter.isalnum() else " " for letter in text)[:40].strip()


@prompts.command()
def prune() -> None:
    """Removes the clips that are no longer used."""
    with _told_in_lines():
        studio = _studio(None)
        gone = studio.audio.prune(studio.utterances)
        click.echo(f"removed {len(gone)} of {len(gone) + len(studio.audio.entries)} clips")


@prompts.command()
@click.argument("text")
@click.option("--language", default=None, help="The language; by default the tree's own.")
@click.option("--out", type=click.Path(path_type=Path), help="Writes a WAV instead of playing.")
@_ENGINE
def say(text: str, language: str | None, out: Path | None, engine: str | None) -> None:
    """Speaks TEXT as a caller would hear it."""
    with _told_in_lines():
        studio = _studio(engine)
        language = language or studio.line.tree.language
        clip = clip_of(Utterance(Words(text, language)), studio.cast)
        speaker = studio.cast[language]
        wav = render_clip(clip, {phrase: speaker.take(phrase) for phrase in clip.phrases})
    if out is not None:
        out.write_bytes(wav)
        click.echo(f"wrote {out}")
    elif not _play(wav):
        raise SystemExit(1)


def _play(wav: bytes) -> bool:
    try:
        from ringback.commands.shared.playing import play
    except ModuleNotFoundError:
        click.echo(f"playing needs {SIMULATOR}; or write a file with --out", err=True)
        return False
    return play(wav, instead="write a file with --out")


def _studio(engine: str | None) -> Studio:
    return open_studio(Folders.from_environ(os.environ), engine, datetime.now(UTC))
