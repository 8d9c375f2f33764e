"""Written words and how they are spoken."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivr.files.problems import LineRefused
from ivr.files.yaml_source import SourceText
from ivr.speech import Lexicon, load_lexicon
from ivr.speech.lexicon import LexiconPiece


def lexicon(text: str) -> Lexicon:
    return load_lexicon(SourceText("prompts/lexicon/ja.yaml", text))


def test_the_longest_respelling_wins_and_none_applies_inside_another() -> None:
    known = lexicon("人権110番: 人権ヒャクトーバン\n110番: ヒャクトーバン\nヒャク: ハク\n")
    assert known.spoken("人権110番です。110番へ。") == "人権ヒャクトーバンです。ヒャクトーバンへ。"


def test_a_voice_can_be_told_piece_by_piece() -> None:
    known = lexicon('"#9110": シャープ\n')
    assert known.pieces("警察、#9110です") == (
        LexiconPiece("警察、"), LexiconPiece("#9110", "シャープ"), LexiconPiece("です"),
    )  # fmt: skip
    assert Lexicon().pieces("はい") == (LexiconPiece("はい"),)


@given(st.text(max_size=30), st.dictionaries(st.text(min_size=1, max_size=3), st.text(min_size=1)))
def test_the_pieces_are_the_text(text: str, words: dict[str, str]) -> None:
    assert "".join(piece.written for piece in Lexicon(words).pieces(text)) == text


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("a: b\nc:\n", "ja.yaml:2: error: lexicon: `c` has no words to be spoken"),
        ("a: b\nc: c\n", "ja.yaml:2: error: lexicon: `c` is spoken as it is written; remove"),
        ("a: [b]\n", "ja.yaml:1: error: lexicon: `a` has no words"),
        ("a: b\n\na: c\n", "ja.yaml:3: error: duplicate-key: `a` stands here again"),
        ("- a\n", "ja.yaml:1: error: not-a-lexicon: expected lines of the form `written: spoken`"),
        ("a: 'b\n", "ja.yaml:"),
        ("", "ja.yaml:1: error: empty-file"),
    ],
)
def test_a_wrong_lexicon_names_file_and_line(text: str, problem: str) -> None:
    with pytest.raises(LineRefused) as refused:
        lexicon(text)
    assert problem in str(refused.value)
