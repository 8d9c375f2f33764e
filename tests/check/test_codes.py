"""Every code is one thing, is explained, and nothing is explained that is no code."""

import re
from pathlib import Path

import pytest

from ivr.check import registry
from ivr.check.inspection import CODES
from ivr.check.live import links_alive
from ivr.check.rules import lengths, readings
from tests.check.test_loading import IN_A_NODE, MISTAKES

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "checks.md").read_text(encoding="utf-8")
SECTIONS = dict(re.findall(r"^### (\S+)\n(.*?)(?=^##|\Z)", PAGE, re.MULTILINE | re.DOTALL))
SOURCES = Path(__file__).resolve().parents[2] / "ivr"


def test_every_code_has_a_section_and_every_section_a_code() -> None:
    assert set(SECTIONS) == set(CODES)
    assert PAGE.count("\n### ") == len(CODES)


@pytest.mark.parametrize("code", CODES)
def test_a_section_says_what_it_means_why_and_how_to_fix_it(code: str) -> None:
    kind = CODES[code].severity.capitalize()
    section = SECTIONS[code]
    assert f"**{kind}**: {CODES[code].means}." in section
    assert "\n- Why: " in section
    assert "\n- Fix: " in section
    assert re.search(rf"^\S+:[0-9]+: {CODES[code].severity}: {code}: \S", section, re.MULTILINE)


def test_no_two_families_have_a_code_of_one_name() -> None:
    more = (*readings.CODES, *lengths.CODES, *links_alive.CODES)
    assert len(registry.CODES) + len(more) == len(CODES)


def test_every_code_that_is_reported_is_listed() -> None:
    """Also those that are reported while a file is read, where a code is only a word."""
    reported = {code for *_, code, _ in MISTAKES.values()} | {"unknown-key"}
    assert IN_A_NODE
    for file in SOURCES.rglob("*.py"):
        text = file.read_text(encoding="utf-8")
        reported |= set(re.findall(r'problem\([^"\n]*"([a-z0-9-]+)",', text))
        reported |= set(re.findall(r'Problem\([^"\n]*"([a-z0-9-]+)",', text))
    assert len(reported) > 20
    assert reported <= set(CODES)
