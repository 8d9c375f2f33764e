"""The check as a whole, whatever its files hold and whatever is installed."""

import re
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivr.check.countries import Country, country_of
from ivr.check.inspection import Files, inspect
from ivr.files.yaml_source import SourceText
from ivr.settings import Folders
from tests.support.damages import with_text

COUNTRIES = sorted((Path(__file__).resolve().parents[2] / "ivr/check/countries").glob("*.yaml"))
TODAY = date(2026, 11, 24)
SHIPPED = Files.of(Folders())
HERE = Path(__file__).resolve().parents[1] / "lines" / "town"
SMALL = {"IVR_DATA": str(HERE / "data"), "IVR_PROMPTS": str(HERE / "prompts")}
TOWN = Files.of(Folders.from_environ(SMALL))
WITH_MORE = replace(TOWN, beside=SHIPPED.beside)  # the town has no wording, lexicon or record
texts = st.text(max_size=60) | st.sampled_from(
    ["- a", "a: b", "forbidden: [{words: 1}]", "a: {b: [1]}", "unit: moras", "0: 0\n1: 1"]
)


def test_without_the_speech_extra_the_rest_is_checked_and_a_note_says_so(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "pyopenjtalk", None)
    report = inspect(SHIPPED, TODAY)
    assert report.problems == ()
    [note] = report.notes
    assert "pip install 'madoguchi[speech]'" in note


@given(which=st.integers(0, len(WITH_MORE.sources) - 1), text=texts)
def test_any_text_in_any_file_gives_problems_and_no_crash(which: int, text: str) -> None:
    inspect(with_text(WITH_MORE, WITH_MORE.sources[which], text), TODAY)


@given(text=texts)
def test_any_record_of_a_translation_is_compared_without_a_crash(text: str) -> None:
    records = {"en": SourceText("en.yaml", text)}
    inspect(replace(TOWN, beside=replace(TOWN.beside, translated=records)), TODAY)


def test_where_there_are_errors_no_warning_is_looked_for_and_a_note_says_so() -> None:
    source = SHIPPED.line.tree
    broken = with_text(SHIPPED, source, source.text.replace("start: top", "start: topp"))
    report = inspect(broken, TODAY)
    assert [problem.code for problem in report.problems] == ["missing-target"]
    assert report.notes == ("warnings are looked for once the errors are fixed",)


@pytest.mark.parametrize("file", COUNTRIES, ids=lambda file: file.stem)
def test_what_is_known_of_a_country_is_numbers_one_can_dial(file: Path) -> None:
    country = country_of(file.stem)
    assert country.emergency
    for number in (*country.emergency, *country.services, *country.costs):
        assert re.fullmatch(r"#?[0-9]{3,6}", number)


def test_of_most_countries_only_the_numbering_plan_is_known() -> None:
    assert country_of("FR") == Country()
