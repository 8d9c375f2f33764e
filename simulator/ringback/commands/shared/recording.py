"""Writes a recorded call to a file and plays it; what is missing from it is reported first."""

from pathlib import Path

import click

from ringback import Recorder
from ringback.commands.shared.files import keep
from ringback.commands.shared.playing import play

_MOST_NOTES = 3


def deliver(recorder: Recorder, wav: Path | None, listen: bool) -> None:
    """Writes the recording to `wav` and plays it; remarks go to standard error.

    Raises click.ClickException where the file cannot be written.
    """
    for note in _notes(recorder):
        click.echo(note, err=True)
    sound = recorder.wav()
    if wav is not None:
        keep(wav, sound)
    if listen:
        play(sound, f"listen to {wav}" if wav else "keep the recording with --wav FILE")


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
