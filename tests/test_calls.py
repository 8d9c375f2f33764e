"""Golden calls: what a caller presses, and all that is heard and texted. `--update` rewrites them.

Each file in tests/calls holds calls as stories; what stands under `then` was seen once and read by
a person. A change of words shows as a difference there, line by line. `ivr replay tests/calls` does
the same without pytest.
"""

import logging
from pathlib import Path

import pytest

from ivr.commands.replay import as_recorded
from ivr.engine import Line
from ivr.engine.tree import Refer
from ringback.commands.shared.recorded_calls import difference_of, rewrite, run_again

FILES = sorted((Path(__file__).parent / "calls").glob("**/*.yaml"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}/{file.stem}")
def test_a_call_goes_as_it_went(file: Path, update: bool, caplog: pytest.LogCaptureFixture) -> None:
    replayed = run_again(file, as_recorded(None, {}))
    changed = [call for call in replayed if call.difference]
    if changed and update:
        rewrite(file, replayed)
    elif changed:
        pytest.fail("\n".join(difference_of(file, call) for call in changed), pytrace=False)
    assert not [record for record in caplog.records if record.levelno >= logging.ERROR]


@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_referral_has_a_golden_call_in_every_language(line: Line, language: str) -> None:
    referrals = {name for name, node in line.tree.nodes.items() if isinstance(node, Refer)}
    written = {file.stem for file in FILES if file.parent.name == language}
    assert referrals <= written
