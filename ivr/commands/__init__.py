"""The `ivr` command: one file a subcommand, imported only when it is called."""

import gc
from collections.abc import Mapping
from importlib import import_module
from types import MappingProxyType
from typing import Any

import click

from ivr.commands.unavailable import not_installed, unavailable

# Each command with the first sentence of its own help: `ivr --help` imports none of them.
COMMANDS: Mapping[str, str] = MappingProxyType(
    {
        "call": "Places a telephone call on this machine and shows what is heard and texted.",
        "check": "Checks the line's YAML files and exits 1 if there are errors.",
        "fallback": "Writes static TwiML that reads out staffed numbers, for a fallback URL.",
        "load": "Makes many calls at once and reports how they went.",
        "migrate": "Brings the tables of DATABASE_URL up to date.",
        "prompts": "Renders the line's speech in advance, before any call.",
        "prove": "Proves that no caller can be lost: explores all that any call can come to.",
        "replay": "Runs the calls in FILES (YAML, or folders of it), "
        "as `ivr call --record` writes them.",
        "schema": "Writes the JSON Schemas beside the YAML files they describe.",
        "serve": "Serves a telephone on a web page that rings the line, for development.",
        "sms": "Shows the texts of the line.",
        "text": "Texts MESSAGES to the line one after the other and shows its answers.",
        "timing": "Times calls on rendered speech; exits 1 if one takes longer than the design"
        " allows.",
        "tree": "Draws the tree: what is asked, which key leads where, and where callers are"
        " referred to.",
        "troubles": "Shows who is named for each trouble in data/troubles.yaml; exits 1 where it is"
        " another.",
        "worker": "Sends texts that wait in the outbox, until it is stopped (Ctrl-C, or SIGTERM).",
    }
)


class _OneFileEach(click.Group):
    """A command is the object of its own name in the module of its own name."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except ModuleNotFoundError as missing:  # of a package that only some options need
            raise not_installed(ctx.invoked_subcommand or "", missing) from None

    def list_commands(self, _ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, _ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        gc.disable()  # imports leave nothing to collect; looking for it is a tenth of their time
        try:
            found = getattr(import_module(f"ivr.commands.{cmd_name}"), cmd_name)
        except ModuleNotFoundError as missing:
            return unavailable(cmd_name, missing)
        finally:
            gc.enable()
        return found if isinstance(found, click.Command) else None

    def format_commands(self, _ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=_OneFileEach, context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """A telephone line that tells people in trouble which agency can help."""
