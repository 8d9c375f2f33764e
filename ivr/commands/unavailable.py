"""Commands whose packages are not installed: a deployed line needs fewer than its authors do."""

import click

SIMULATOR = "the simulator ringback: pip install './simulator[cli,load]'"
_AUTHORS = "packages for authors: pip install 'madoguchi[authors]'"
_SIMULATES = frozenset({"call", "load", "prove", "replay", "serve", "text", "timing"})
# What a deployed line has not; anything else that cannot be imported is a defect, and shows as one.
_OPTIONAL = frozenset(
    {"aiohttp", "defusedxml", "greenlet", "httpx", "prompt_toolkit", "rich", "ringback", "yarl"}
)


def unavailable(name: str, missing: ModuleNotFoundError) -> click.Command:
    """A command in place of `name`: whatever it is given, it says in one line what to install, and
    its exit status is 2. Raises `missing` itself where a deployed line has what is missing."""
    if (missing.name or "").partition(".")[0] not in _OPTIONAL:
        raise missing
    needed = SIMULATOR if name in _SIMULATES else _AUTHORS

    def say() -> None:
        click.echo(f"ivr {name} needs {needed}", err=True)
        raise SystemExit(2)

    return click.Command(
        name,
        callback=say,
        help=f"(needs {needed})",
        add_help_option=False,
        context_settings={"ignore_unknown_options": True, "allow_extra_args": True},
    )
