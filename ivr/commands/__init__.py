"""The `ivr` command: one file a subcommand."""

import click

from ivr.commands.call import call
from ivr.commands.check import check
from ivr.commands.schema import schema


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """A telephone line that tells people in trouble which agency can help."""


main.add_command(call)
main.add_command(check)
main.add_command(schema)
