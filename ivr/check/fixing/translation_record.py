"""Writes down what a translation was made from, for `engine.checks.records` to compare."""

from collections.abc import Mapping

import yaml

from ivr.check.rules.records import name_of, sources
from ivr.engine import Line

_HEAD = """\
# What each text's source said when a person last looked at its translation into `{language}`.
# Written by `ivr check --translated {language}`; `ivr check` compares it with the source of today.

"""


def translation_record(line: Line, language: str, known: Mapping[str, str] | None = None) -> str:
    """The record as a file's text: each source as it is today, or as `known` has it already."""
    known = known or {}
    today = {name_of(path): text for path, text in sources(line, language)}
    held = {name: known.get(name, text) for name, text in today.items()}
    dumped = yaml.safe_dump(held, allow_unicode=True, sort_keys=False, width=10_000)
    return _HEAD.format(language=language) + dumped
