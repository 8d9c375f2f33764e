"""`ivr fallback`: the last words as static files, for a host that stands when the line does not."""

import os
from collections.abc import Iterator, Mapping
from pathlib import Path

import click
from twilio.twiml.voice_response import VoiceResponse

from ivr.check.loading import open_line
from ivr.engine import Line, last_resort
from ivr.files.problems import LineRefused
from ivr.settings import Folders, SettingsRefused
from ivr.speech.manifest import write_whole
from ivr.voice import Voice, says
from ivr.web.voices import voices

INDEX = "index.xml"
LARGEST = 64 * 1024  # bytes that a carrier takes: https://www.twilio.com/docs/api/errors/11750


@click.command()
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    required=True,
    help="The folder to write into; it is created if missing.",
)
def fallback(out: Path) -> None:
    """Writes static TwiML that reads out staffed numbers, for a fallback URL.

    Put the files on another host than the line's: they answer when the line itself does not.
    """
    try:
        folders = Folders.from_environ(os.environ)
        line = open_line(folders.data, folders.prompts)
        files = dict(documents(line, voices(line, folders.prompts, _chosen())))
    except (LineRefused, SettingsRefused) as refused:
        click.echo(str(refused), err=True)
        raise SystemExit(1) from None
    too_large = [name for name, body in files.items() if len(body) > LARGEST]
    if too_large:
        click.echo(
            f"{', '.join(too_large)}: more than {LARGEST // 1024} kB, which no carrier takes; let"
            f" {line.tree.fallback} read fewer agencies together.",
            err=True,
        )
        raise SystemExit(1)
    try:
        out.mkdir(parents=True, exist_ok=True)
        for name, body in files.items():
            write_whole(out / name, body)
            click.echo(f"{out / name}: {len(body)} bytes")
    except OSError as error:
        click.echo(f"{out} can't be written ({error.strerror}); name another --out.", err=True)
        raise SystemExit(1) from None


def documents(line: Line, speaking: Mapping[str, Voice]) -> Iterator[tuple[str, bytes]]:
    """Each file's name and bytes: one a language, and the tree's own under the name of an index.

    They ask nothing of any server: no key is awaited and nothing is fetched after them.
    """
    for language in line.scripts:
        body = _document(line, language, speaking)
        yield f"{language}.xml", body
        if language == line.tree.language:
            yield INDEX, body


def _document(line: Line, language: str, speaking: Mapping[str, Voice]) -> bytes:
    response = VoiceResponse()
    for say in says(last_resort(line, language), speaking):
        response.append(say)
    response.hangup()
    return str(response).encode()


def _chosen() -> dict[str, str]:
    """The voices that VOICES names, as for calls."""
    pairs = (pair.split("=", 1) for pair in os.environ.get("VOICES", "").split(",") if "=" in pair)
    return {language.strip(): voice.strip() for language, voice in pairs}
