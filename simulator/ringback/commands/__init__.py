"""The `ringback` command: one file a subcommand, read only when it is called."""

from importlib import import_module

import click

COMMANDS = ("call", "load", "replay", "serve", "text")
# What a command may lack, by the package that cannot be imported, and the extra that brings it.
_EXTRAS = {
    "aiohttp": "load",
    "yarl": "load",
    "yaml": "cli",
    "prompt_toolkit": "cli",
    "rich": "cli",
}


class _OneFileEach(click.Group):
    """A command is the object of its own name in the module of its own name."""

    def list_commands(self, _ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, _ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        try:
            found = getattr(import_module(f"ringback.commands.{cmd_name}"), cmd_name)
        except ModuleNotFoundError as missing:
            extra = _EXTRAS.get((missing.name or "").partition(".")[0])
            if extra is None:
                raise
            return _unavailable(cmd_name, f"pip install 'ringback[{extra}]'")
        return found if isinstance(found, click.Command) else None


def _unavailable(name: str, install: str) -> click.Command:
    """A command in place of one whose packages are missing: whatever it is given, it says in one
    line what to install, with exit status 2."""

    def say() -> None:
        click.echo(f"ringback {name} needs packages that are not here: {install}", err=True)
        raise SystemExit(2)

    return click.Command(
        name,
        callback=say,
        help=f"(needs: {install})",
        add_help_option=False,
        context_settings={"ignore_unknown_options": True, "allow_extra_args": True},
    )


@click.group(cls=_OneFileEach, context_settings={"help_option_names": ["-h", "--help"]})
def cli() -> None:
    """A telephone company on this machine: calls and texts any Twilio app without an account."""
