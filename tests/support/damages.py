"""Damages of the shipped line (`tests/check/mutations.yaml`), made in memory."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import yaml

from ivr.check.inspection import Files
from ivr.files.folders import Beside, LineTexts
from ivr.files.yaml_source import SourceText

_FILE = Path(__file__).parent.parent / "check" / "mutations.yaml"
MUTATIONS: list[dict[str, Any]] = yaml.safe_load(_FILE.read_text(encoding="utf-8"))


def changed(files: Files, changes: list[dict[str, str]]) -> Files:
    for change in changes:
        name, old, new = change["file"], change["old"], change["new"]
        [source] = [one for one in files.sources if one.name.endswith(name)]
        assert source.text.count(old) == 1, (
            f"`{old}` stands {source.text.count(old)} times in {name}"
        )
        files = with_text(files, source, source.text.replace(old, new))
    return files


def with_text(files: Files, source: SourceText, text: str) -> Files:
    def one(held: SourceText) -> SourceText:
        return replace(held, text=text) if held.name == source.name else held

    line, beside = files.line, files.beside
    prompts = {language: one(held) for language, held in line.prompts.items()}
    lexicons = {language: one(held) for language, held in beside.lexicons.items()}
    wording = {language: one(held) for language, held in beside.wording.items()}
    return replace(
        files,
        line=LineTexts(one(line.tree), one(line.agencies), prompts),
        beside=Beside(lexicons, wording, beside.translated),
    )
