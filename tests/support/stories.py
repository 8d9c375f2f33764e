"""Golden stories as YAML that people read: long texts as blocks, so that a change shows by line."""

from typing import Any

import yaml


class _Readable(yaml.SafeDumper):
    """Texts of several lines as blocks."""


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    style = "|" if "\n" in text else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Readable.add_representer(str, _text)


def written(stories: list[dict[str, Any]]) -> str:
    """The stories, to be read again as they are."""
    return yaml.dump(stories, Dumper=_Readable, allow_unicode=True, sort_keys=False, width=100)
