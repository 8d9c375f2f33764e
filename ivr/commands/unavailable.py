"""What is said in place of a command whose packages are not installed.

A deployed line needs fewer packages than its authors do; pyproject.toml has the extras.
"""

import click

SIMULATOR = "the simulator ringback: pip install './simulator[cli,load]'"
_AUTHORS = "packages for authors: pip install 'madoguchi[authors]'"
_SIMULATES = frozenset({"call", "load", "prove", "replay", "serve", "text", "timing"})
# What a deployed line has not; anything else that cannot be imported is a defect, and shows as one.
_OPTIONAL = frozenset(
    {"aiohttp", "defusedxml", "greenlet", "httpx", "prompt_toolkit", "rich", "ringback", "yarl"}
)


class NotInstalled(click.ClickException):
    """A command cannot run here: one line on standard error, exit status 2."""

    exit_code = 2


def not_installed(name: str, missing: ModuleNotFoundError) -> NotInstalled:
    """What the command `name` needs. Raises `missing` itself where a deployed line has that."""
    if (missing.name or "").partition(".")[0] not in _OPTIONAL:
        raise missing
    return NotInstalled(f"ivr {name} needs {SIMULATOR if name in _SIMULATES else _AUTHORS}")


def unavailable(name: str, missing: ModuleNotFoundError) -> click.Command:
    """A command in place of `name`, which raises NotInstalled whatever it is given."""
    refusal = not_installed(name, missing)

    def refuse() -> None:
        raise refusal

    return click.Command(
        name,
        callback=refuse,
        help=f"({refusal.message})",
        add_help_option=False,
        context_settings={"ignore_unknown_options": True, "allow_extra_args": True},
    )
