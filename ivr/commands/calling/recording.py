"""A recorded call on its way to a person: what it lacks is told, then it is written and played."""

from pathlib import Path

import click

from ivr.commands.calling.playing import play
from ivr.speech.manifest import write_whole
from ringback import Recorder

_MOST_NOTES = 3


def hand_over(recorder: Recorder, wav: Path | None, listen: bool) -> None:
    """Writes the recording to `wav` and plays it; what is told goes to standard error.

    Raises click.ClickException where the file cannot be written.
    """
    for note in _notes(recorder):
        click.echo(note, err=True)
    sound = recorder.wav()
    if wav is not None:
        keep(wav, sound)
    if listen:
        play(sound, f"listen to {wav}" if wav else "keep the recording with --wav FILE")


def keep(path: Path, data: bytes) -> None:
    """Writes the file whole or, with a click.ClickException, not at all."""
    try:
        write_whole(path, data)
    except OSError as error:
        raise click.ClickException(f"{path} could not be written: {error.strerror}.") from error


def _notes(recorder: Recorder) -> list[str]:
    notes = [f"In the recording {note}." for note in recorder.notes]
    if len(notes) > _MOST_NOTES:
        notes[_MOST_NOTES:] = [f"In the recording {len(notes) - _MOST_NOTES} more are silence."]
    if recorder.unspoken:
        notes.append(
            "In the recording <Say> is silence: no voice speaks it on this machine. Clips sound:"
            " the line plays its own with SPEECH=play."
        )
    return notes
