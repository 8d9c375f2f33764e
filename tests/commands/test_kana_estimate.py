"""Readings of Japanese are looked up once, and kept for the next command."""

from pathlib import Path

import pytest

from ivr.commands.calling import kana_estimate
from ivr.commands.calling.kana_estimate import by_kana
from ivr.speech import MissingExtra
from ivr.speech.readings import seconds_in_speech

SENTENCE = "国の、人権の窓口です。"
READING = "クニノ、ジンケンノマドグチデス。"


class Dictionary:
    """Open JTalk's dictionary, which counts how often it is asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def __call__(self, text: str) -> str:
        self.asked.append(text)
        return READING


@pytest.fixture
def dictionary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Dictionary:
    """A dictionary of version 1 in a virtual environment of its own."""
    found = Dictionary()
    monkeypatch.setattr(kana_estimate, "kana", found)
    monkeypatch.setattr(kana_estimate, "_version", lambda: "1")
    monkeypatch.setattr("sys.prefix", str(tmp_path))
    return found


def test_a_sentence_is_looked_up_once(dictionary: Dictionary) -> None:
    seconds = {by_kana(SENTENCE, "ja-JP") for _ in range(3)}
    assert seconds == {seconds_in_speech(READING)}
    assert dictionary.asked == [SENTENCE]


def test_another_version_of_the_dictionary_is_asked_again(
    dictionary: Dictionary, monkeypatch: pytest.MonkeyPatch
) -> None:
    by_kana(SENTENCE, "ja-JP")
    monkeypatch.setattr(kana_estimate, "_version", lambda: "2")
    by_kana(SENTENCE, "ja-JP")
    assert dictionary.asked == [SENTENCE, SENTENCE]


def test_where_nothing_can_be_kept_the_seconds_are_the_same(
    dictionary: Dictionary, tmp_path: Path
) -> None:
    (tmp_path / "var").write_text("a file where a folder should be")
    assert by_kana(SENTENCE, "ja-JP") == by_kana(SENTENCE, "ja-JP") == seconds_in_speech(READING)
    assert len(dictionary.asked) == 2


def test_a_file_that_is_no_text_is_looked_up_again(dictionary: Dictionary, tmp_path: Path) -> None:
    by_kana(SENTENCE, "ja-JP")
    [kept] = (tmp_path / "var" / "kana").iterdir()
    kept.write_bytes(b"\xff")
    assert by_kana(SENTENCE, "ja-JP") == seconds_in_speech(READING)


def test_a_systems_own_folders_are_left_alone(
    dictionary: Dictionary, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.base_prefix", str(tmp_path))
    by_kana(SENTENCE, "ja-JP")
    assert list(tmp_path.iterdir()) == []
    assert dictionary.asked == [SENTENCE]


def test_other_languages_and_lines_without_the_extra_have_no_estimate(
    dictionary: Dictionary, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(_text: str) -> str:
        raise MissingExtra("reading Japanese needs the package pyopenjtalk")

    assert by_kana("Hello", "en-US") is None
    monkeypatch.setattr(kana_estimate, "kana", gone)
    assert by_kana(SENTENCE, "ja-JP") is None
    monkeypatch.setattr(kana_estimate, "_version", lambda: None)
    assert by_kana(SENTENCE, "ja-JP") is None
    assert dictionary.asked == []
