"""Golden calls: what a caller presses, and all that is heard and texted. `--update` rewrites them.

Each file in tests/calls holds calls as stories; what stands under `then` was seen once and read by
a person. A change of words shows as a difference there, line by line.
"""

import logging
import re
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from ivr.engine import Line
from ivr.engine.tree import Refer
from ivr.simulator import CallRecord, Event
from tests.support.signed import MOBILE
from tests.support.telephone import telephone

FILES = sorted((Path(__file__).parent / "calls").glob("**/*.yaml"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}/{file.stem}")
def test_a_call_goes_as_it_went(
    file: Path, tmp_path: Path, update: bool, caplog: pytest.LogCaptureFixture
) -> None:
    stories = yaml.safe_load(file.read_text(encoding="utf-8"))
    changed = False
    for number, story in enumerate(stories):
        folder = tmp_path / str(number)
        folder.mkdir()
        seen = [_told(event) for event in _call(story, folder).events if _told(event)]
        if update and story.get("then") != seen:
            story["then"] = seen
            changed = True
        assert story.get("then") == seen, f"{file.name}: {story['story']}"
    assert not [record for record in caplog.records if record.levelno >= logging.ERROR]
    if changed:
        file.write_text(_written(stories), encoding="utf-8")


@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_referral_has_a_golden_call_in_every_language(line: Line, language: str) -> None:
    referrals = {name for name, node in line.tree.nodes.items() if isinstance(node, Refer)}
    written = {file.stem for file in FILES if file.parent.name == language}
    assert referrals <= written


def _call(story: dict[str, Any], folder: Path) -> CallRecord:
    at = datetime.fromisoformat(story["at"])
    with telephone(at, folder) as phone:
        record = phone.call(str(story["keys"]), from_=story.get("from", MOBILE))
    assert not record.errors, record
    return record


def _told(event: Event) -> dict[str, Any] | None:
    match event.event:
        case "heard":
            return {"heard": _by_sentence(event.text or "")}
        case "pressed":
            return {"pressed": event.keys}
        case "silence":
            return {"silence": event.seconds}
        case "texted":
            return {"texted": event.body, "to": event.to, "segments": event.segments}
        case "hangup":
            return {"hangup": event.by}
    return None


def _by_sentence(text: str) -> str:
    return re.sub(r"(?<=。)(?=.)|(?<=[.?!]) ", "\n", text).replace("\n ", "\n")


class _Readable(yaml.SafeDumper):
    """Long texts as blocks, so that a difference shows by line."""


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    style = "|" if "\n" in text else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Readable.add_representer(str, _text)


def _written(stories: list[dict[str, Any]]) -> str:
    return yaml.dump(stories, Dumper=_Readable, allow_unicode=True, sort_keys=False, width=100)
