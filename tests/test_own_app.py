"""The example of docs/testing-your-own-app.md, run as it stands there."""

from pathlib import Path

import pytest

from ivr.simulator.testing import Handset
from ivr.simulator.testing.plugin import SETTINGS
from tests.support.pages import examples

PAGE = Path(__file__).resolve().parents[1] / "docs" / "testing-your-own-app.md"
TEXT = PAGE.read_text(encoding="utf-8")


@pytest.fixture
def project(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> pytest.Pytester:
    """A folder with the files of the page and nothing else."""
    monkeypatch.delenv("TWILIO_ACCOUNT_SID", raising=False)
    monkeypatch.delenv("TWILIO_AUTH_TOKEN", raising=False)
    pytester.syspathinsert()
    for name, text in examples(PAGE).items():
        (pytester.path / name).write_text(text, encoding="utf-8")
    return pytester


def test_the_example_passes(project: pytest.Pytester) -> None:
    assert sorted(examples(PAGE)) == ["conftest.py", "shop.py", "test_shop.py"]
    project.runpytest().assert_outcomes(passed=2)


def test_the_example_is_short() -> None:
    assert sum(text.count("\n") for text in examples(PAGE).values()) < 30


def test_the_failure_on_the_page_is_the_one_that_is_printed(project: pytest.Pytester) -> None:
    story = project.path / "test_shop.py"
    story.write_text(story.read_text().replace('hears("press 1")', 'hears("press 2")'))
    printed = [line.removeprefix("E").strip() for line in project.runpytest().outlines]
    printed[:] = [line.rpartition("CallFailed: ")[2] for line in printed]
    [shown] = [block for block in TEXT.split("```") if "expected to hear 'press 2'" in block]
    for line in filter(None, map(str.strip, shown.splitlines())):
        assert line in printed


def test_every_step_is_on_the_page() -> None:
    for name in vars(Handset):
        if not name.startswith("_") and name != "close":
            assert f"`{name}(" in TEXT or f"phone.{name}" in TEXT, name


def test_every_setting_is_on_the_page() -> None:
    for name in SETTINGS:
        assert f"`{name}`" in TEXT, name
