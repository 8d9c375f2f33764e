"""Where the `ringback` command begins: `python -m ringback` is the same."""

import sys


def main() -> None:
    """Runs the command, or says in one line what it needs, with exit status 2."""
    try:
        from ringback.commands import cli
    except ModuleNotFoundError as missing:
        if missing.name != "click":
            raise
        print("the command ringback needs more: pip install 'ringback[cli]'", file=sys.stderr)
        raise SystemExit(2) from None
    cli(prog_name="ringback")


if __name__ == "__main__":
    main()
