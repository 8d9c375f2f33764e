"""Packages that only some of the work with sound needs, asked for when that work begins."""

from contextlib import redirect_stderr, redirect_stdout
from importlib import import_module
from io import StringIO
from types import ModuleType


class MissingExtra(RuntimeError):
    """A package is not installed; the message is one line that ends with what to install."""


def need(module: str, work: str, install: str = "'madoguchi[speech]'") -> ModuleType:
    """The module, imported; `work` says in a few words what it is needed for.

    What a module prints while it is imported is swallowed: a command's output is its own.
    Raises MissingExtra.
    """
    try:
        with redirect_stdout(StringIO()), redirect_stderr(StringIO()):
            return import_module(module)
    except ImportError as error:
        raise MissingExtra(
            f"{work} needs the package {error.name or module}; "
            f"install it with: pip install {install}"
        ) from None


def have(module: str) -> bool:
    """Whether the module can be imported here."""
    try:
        need(module, module)
    except MissingExtra:
        return False
    return True
