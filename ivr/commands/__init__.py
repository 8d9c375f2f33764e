"""The `ivr` command: one file a subcommand, read only when it is called."""

import gc
from importlib import import_module
from typing import Any

import click

from ivr.commands.unavailable import not_installed, unavailable

COMMANDS = (
    "call",
    "check",
    "fallback",
    "load",
    "migrate",
    "prompts",
    "prove",
    "replay",
    "schema",
    "serve",
    "sms",
    "text",
    "timing",
    "tree",
    "worker",
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


@click.group(cls=_OneFileEach, context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """A telephone line that tells people in trouble which agency can help."""
