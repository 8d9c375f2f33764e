"""Golden conversations by text: what is texted, and what comes back. `--update` rewrites them.

Each file in tests/texts holds conversations as stories, the same as the calls in tests/calls.
"""

import logging
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from ivr.engine import Line
from ivr.engine.tree import Refer
from ringback import TextRecord
from tests.support.signed import MOBILE, PUBLIC
from tests.support.stories import written
from tests.support.telephone import SENDER, telephone

FILES = sorted((Path(__file__).parent / "texts").glob("**/*.yaml"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}/{file.stem}")
def test_a_conversation_goes_as_it_went(
    file: Path, tmp_path: Path, update: bool, caplog: pytest.LogCaptureFixture
) -> None:
    stories = yaml.safe_load(file.read_text(encoding="utf-8"))
    changed = False
    for number, story in enumerate(stories):
        folder = tmp_path / str(number)
        folder.mkdir()
        seen = [_told(said, record) for said, record in _conversation(story, folder)]
        if update and story.get("then") != seen:
            story["then"] = seen
            changed = True
        assert story.get("then") == seen, f"{file.name}: {story['story']}"
    assert not [record for record in caplog.records if record.levelno >= logging.ERROR]
    if changed:
        file.write_text(written(stories), encoding="utf-8")


@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_referral_has_a_golden_conversation_in_every_language(
    line: Line, language: str
) -> None:
    """Named in the file by the name that it has in that language."""
    told = "\n".join(
        file.read_text(encoding="utf-8") for file in FILES if file.parent.name == language
    )
    for node in line.tree.nodes.values():
        if isinstance(node, Refer):
            assert line.scripts[language].agencies[node.refer[0]].name in told


def _conversation(story: dict[str, Any], folder: Path) -> list[tuple[Any, TextRecord]]:
    """Each message and what came of it; `wait` lets hours pass, `optout` is the carrier's word."""
    at = datetime.fromisoformat(story["at"])
    with telephone(at, folder) as phone:
        found = []
        for said in story["says"]:
            what = said if isinstance(said, dict) else {"body": said}
            if "wait" in what:
                phone.carrier.pass_time(3600.0 * what["wait"])
            record = phone.carrier.text(
                url=f"{PUBLIC}/sms",
                from_=story.get("from", MOBILE),
                to=SENDER,
                body=str(what["body"]),
                opt_out_type=what.get("optout"),
            )
            assert not record.errors, record
            found.append((what["body"], record))
    return found


def _told(said: str, record: TextRecord) -> dict[str, Any]:
    replies = [{"reply": reply.body, "segments": reply.segments} for reply in record.replies]
    return {"texted": str(said), "comes": replies[0] if len(replies) == 1 else replies}
