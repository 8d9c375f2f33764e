"""Plays a sound with whatever program this machine has for it."""

import shutil
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

import click

# Each plays a WAV file and ends; with it, what keeps it quiet and without a window.
_PLAYERS = {
    "ffplay": ("-nodisp", "-autoexit", "-loglevel", "error"),
    "aplay": ("-q",),
    "paplay": (),
    "afplay": (),
    "play": ("-q",),
}
_TO_BEGIN = 10.0  # seconds a player may take beyond the sound's own
_BYTES_A_SECOND = 8_000


def play(wav: bytes, instead: str) -> bool:
    """Plays telephone sound (mu-law, 8 kHz); False, with the reason on standard error, if not.

    `instead` ends that line: what the person can do without a player, such as "use --wav FILE".
    A player that fails gives way to the next one; one that does not end is stopped.
    """
    found = [(name, program) for name in _PLAYERS if (program := shutil.which(name))]
    if not found:
        click.echo(
            f"Nothing here plays sound (looked for {', '.join(_PLAYERS)}): install one, such as"
            f" ffmpeg for ffplay, or {instead}.",
            err=True,
        )
        return False
    complaints = []
    with TemporaryDirectory(prefix="ringback-sound-") as folder:
        path = Path(folder, "sound.wav")
        path.write_bytes(wav)
        for name, program in found:
            complaint = _run(
                [program, *_PLAYERS[name], str(path)], len(wav) / _BYTES_A_SECOND + _TO_BEGIN
            )
            if complaint is None:
                return True
            complaints.append(f"{name}: {complaint}")
    click.echo(f"The sound could not be played ({'; '.join(complaints)}): {instead}.", err=True)
    return False


def _run(command: list[str], seconds: float) -> str | None:
    """Runs the player to its end and gives what it complains of, None where it played."""
    try:
        done = subprocess.run(  # noqa: S603 (no shell; the program is one of ours by name)
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            timeout=seconds,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return f"did not end within {seconds:.0f} s"
    except OSError as error:
        return str(error.strerror)
    if not done.returncode:
        return None
    said = done.stderr.decode("utf-8", "replace").split("\n")
    return next((line.strip() for line in said if line.strip()), f"exit status {done.returncode}")
