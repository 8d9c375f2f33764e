"""`ivr prompts`: what an operator does to give the line its own voice."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from ivr.commands.prompts import prompts
from ivr.speech.studio import Studio
from tests.support.rendered import ENGINES


@pytest.fixture
def built(studio: Studio, monkeypatch: pytest.MonkeyPatch) -> Studio:
    monkeypatch.setenv("IVR_AUDIO", str(studio.audio.folder))
    return studio


def run(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(prompts, list(arguments))
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.output


def test_a_second_build_has_nothing_to_do(built: Studio) -> None:
    code, said = run("build", "--engine", ENGINES)
    assert code == 0
    assert said.startswith(f"all {len(built.utterances)} clips are there")


def test_one_language_can_be_built_alone_and_the_others_are_named(built: Studio) -> None:
    """What no engine speaks is told, with its number; the rest is built."""
    japanese = sum(one.language == "ja" for one in built.utterances)
    code, said = run("build", "--engine", "openjtalk")
    assert code == 0
    assert f"all {japanese} clips are there" in said
    assert "utterances in `en` have no engine" in said


def test_the_list_shows_every_utterance_with_its_reading(
    built: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    code, said = run("list", "--readings", "--engine", ENGINES)
    assert code == 0
    assert "イノチガアブナイトキワ" in said
    assert f"{len(built.utterances)} utterances, {len(built.utterances)} with a clip" in said


def test_pruning_keeps_all_that_is_said(built: Studio) -> None:
    code, said = run("prune")
    assert code == 0
    assert said.startswith("removed 0 of")


def test_a_sentence_can_be_tried(built: Studio, tmp_path: Path) -> None:
    out = tmp_path / "try.wav"
    code, _ = run("say", "人権110番です。", "--engine", ENGINES, "--out", str(out))
    assert code == 0
    assert out.read_bytes()[:4] == b"RIFF"


def test_an_engine_that_there_is_not_is_told_in_one_line(built: Studio) -> None:
    code, said = run("build", "--engine", "openjtlak")
    assert code == 1
    assert "did you mean `openjtalk`?" in said
    assert "Traceback" not in said
