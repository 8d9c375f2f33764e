"""Options that several commands have: each says what it expected when it got something else."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit

import click

from ringback.callers.scripted import ScriptedPhone, ScriptError
from ringback.commands.shared.account import CALLER, LINE
from ringback.commands.shared.recorded_calls import read_calls
from ringback.numbers.number import is_e164
from ringback.transcript.golden import StoriesRefused

F = TypeVar("F", bound=Callable[..., Any])
_WITHHELD = re.compile(r"[a-z]+")


class _Keys(click.ParamType):
    name = "keys"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        try:
            ScriptedPhone(value)
        except ScriptError as error:
            self.fail(str(error), param, ctx)
        return value


class _Number(click.ParamType):
    name = "number"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        # Twilio reports a withheld number as a word: https://www.twilio.com/docs/voice/twiml
        if not is_e164(value) and not _WITHHELD.fullmatch(value):
            self.fail(
                f"{value!r} is not a telephone number: expected + and 7 to 15 digits with the"
                " country's code, such as +819012345678, or the word anonymous.",
                param,
                ctx,
            )
        return value


class _Url(click.ParamType):
    name = "url"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        parts = urlsplit(value)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            self.fail(
                f"{value!r} is not a web address: expected http:// or https:// and a host, such as"
                " http://127.0.0.1:5000/voice.",
                param,
                ctx,
            )
        return value


class _Wav(click.ParamType):
    name = "file"

    def convert(
        self, value: str | Path, param: click.Parameter | None, ctx: click.Context | None
    ) -> Path:
        # Through links, so that the file they point at is replaced and not the link.
        path = Path(value).resolve()
        if not path.parent.is_dir():
            self.fail(
                f"there is no folder {path.parent} to write {path.name!r} into; make it, or name"
                " another place.",
                param,
                ctx,
            )
        if path.exists() and not path.is_file():
            self.fail(f"{path} is not a file; name one to write, such as call.wav.", param, ctx)
        return path


class _Recorded(_Wav):
    def convert(
        self, value: str | Path, param: click.Parameter | None, ctx: click.Context | None
    ) -> Path:
        path = super().convert(value, param, ctx)
        if path.suffix not in (".yaml", ".yml"):
            self.fail(f"{path} is not a YAML file; name one, such as call.yaml.", param, ctx)
        if path.exists():
            try:
                read_calls(path)
            except StoriesRefused as refused:
                self.fail(f"it holds no calls that a call could be added to: {refused}", param, ctx)
        return path


KEYS, NUMBER, URL, WAV, RECORDED = _Keys(), _Number(), _Url(), _Wav(), _Recorded()

FROM = click.option(
    "--from",
    "from_",
    type=NUMBER,
    default=CALLER,
    show_default=True,
    help="Whose telephone it is: a number, or anonymous.",
)
JSON = click.option(
    "--json", is_flag=True, help="One JSON object a line for everything that happens."
)


def to_option(what: str) -> Callable[[F], F]:
    """`--to`, the number that is called or texted; `what` says which of the two."""
    return click.option("--to", type=NUMBER, default=LINE, show_default=True, help=what)


def url_option(what: str, *, required: bool = False) -> Callable[[F], F]:
    """`--url`, an app's webhook; `what` says in the help what is done with it."""
    return click.option(
        "--url",
        type=URL,
        required=required,
        help=f"{what}, signed with TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN from the environment.",
    )


def together(*options: Callable[[F], F]) -> Callable[[F], F]:
    """Several options as one decorator; the help shows them in this order."""

    def decorate(command: F) -> F:
        for option in reversed(options):
            command = option(command)
        return command

    return decorate
