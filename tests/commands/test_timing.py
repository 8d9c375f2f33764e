"""The design's figures for seconds, held against rendered speech."""

from pathlib import Path
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner

from ivr.commands.timing import LIMITS, TimingReport, measure_timing, timing
from ivr.settings import Folders
from ivr.speech.studio import Studio


@pytest.fixture(scope="module")
def measured(studio: Studio) -> TimingReport:
    return measure_timing(Folders.from_environ({"IVR_AUDIO": str(studio.audio.folder)}))


def test_no_figure_of_the_design_is_missed(measured: TimingReport) -> None:
    """Caller rules A2, A4, F1: seconds of rendered audio, not of intentions."""
    assert measured.missed == ()
    for one in measured.opened:
        assert 0 < one.emergency_ends <= 8
        assert one.emergency_ends < one.first_option <= 10
        assert one.no_key <= 65


def test_every_referral_with_a_number_is_timed_in_both_languages(measured: TimingReport) -> None:
    assert {way.language for way in measured.timed} == {"ja", "en"}
    spoken = {(way.node, way.language) for way in measured.timed if way.eager is not None}
    for node in ("danger", "talk", "compensation", "rights", "person"):
        assert {(node, "ja"), (node, "en")} <= spoken
    for way in measured.timed:
        if way.eager is not None and way.patient is not None:
            assert way.eager <= way.patient + 0.01  # one from the answer, one from the key on


def test_a_missed_figure_is_named(measured: TimingReport) -> None:
    slow = measured.opened[0].__class__(
        "ja", LIMITS.emergency_ends + 1, LIMITS.first_option, 30.0, LIMITS.no_key + 0.1
    )
    missed = TimingReport((slow,), ()).missed
    assert len(missed) == 2
    assert "emergency ends at 9.0 s; 8 s at most" in missed[0]


def test_the_command_writes_a_page_and_a_plot(
    studio: Studio, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("IVR_AUDIO", str(studio.audio.folder))
    result = CliRunner().invoke(timing, ["--write", str(tmp_path)])
    assert result.exit_code == 0, result.output
    assert "| danger | ja | 1 |" in (tmp_path / "timing.md").read_text(encoding="utf-8")
    assert ElementTree.parse(tmp_path / "timing.svg").getroot().tag.endswith("svg")


def test_without_clips_it_says_how_to_make_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("IVR_AUDIO", str(tmp_path))
    result = CliRunner().invoke(timing, [])
    assert result.exit_code == 1
    assert "ivr prompts build" in result.output
