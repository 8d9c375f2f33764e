"""The `ivr` command: one file a subcommand, read only when it is called."""

from importlib import import_module

import click

from ivr.commands.unavailable import unavailable

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

    def list_commands(self, _ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, _ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        try:
            found = getattr(import_module(f"ivr.commands.{cmd_name}"), cmd_name)
        except ModuleNotFoundError as missing:
            return unavailable(cmd_name, missing)
        return found if isinstance(found, click.Command) else None


@click.group(cls=_OneFileEach, context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """A telephone line that tells people in trouble which agency can help."""
