"""From what the engine says to the files that are played."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivr.engine import Digits, Pause, Speech, Words
from ivr.speech import (
    UnknownEngine,
    Utterance,
    choose,
    every_utterance,
    parse_engines,
    playlist,
)
from ivr.speech.phrases import sentences, within

MENU = (Words("警察に話すには", "ja"), Pause(0.3), Words("イチを。", "ja"), Pause(0.5))
NUMBER = Digits((("ゼロ", "サン"), ("イチ", "イチ")), "ja")

parts = st.one_of(
    st.builds(Words, st.text("あいう", min_size=1, max_size=3), st.sampled_from(["ja", "en"])),
    st.builds(Pause, st.sampled_from([0.3, 0.5, 1.8])),
    st.just(NUMBER),
)


def test_a_pause_is_the_tail_of_the_words_before_it() -> None:
    first, second = playlist(MENU)
    assert (first.text, first.pause) == ("警察に話すには", 0.3)
    assert (second.text, second.pause) == ("イチを。", 0.0)  # the wait for a key begins at once


def test_a_number_is_one_file_and_its_pace_makes_it_another() -> None:
    said: Speech = (NUMBER, Pause(1.8), NUMBER)
    slowly = replace(NUMBER, slow=True)
    normal, slow = playlist(said), playlist((slowly, Pause(1.8), slowly))
    assert [one.text for one in normal] == ["ゼロ サン, イチ イチ"] * 2
    assert [one.pause for one in normal] == [1.8, 0.0]
    assert not {one.key for one in normal} & {one.key for one in slow}


def test_silence_before_the_first_word_is_a_file_of_its_own() -> None:
    silent, words = playlist((Pause(1.0), Pause(0.5), Words("はい", "ja")))
    assert (silent.said, silent.pause) == (None, 1.5)
    assert words.text == "はい"
    assert playlist((Pause(3.0),)) == ()


@given(st.lists(parts, max_size=8).map(tuple))
def test_nothing_is_lost_but_the_last_pause(speech: Speech) -> None:
    played = tuple(part for utterance in playlist(speech) for part in utterance.parts)
    assert [p for p in played if not isinstance(p, Pause)] == [
        p for p in speech if not isinstance(p, Pause)
    ]
    words = [place for place, part in enumerate(speech) if not isinstance(part, Pause)]
    kept = speech[: words[-1]] if words else ()
    assert sum(p.seconds for p in played if isinstance(p, Pause)) == pytest.approx(
        sum(p.seconds for p in kept if isinstance(p, Pause))
    )


def test_what_any_call_can_say_is_listed_once() -> None:
    again = every_utterance([MENU, MENU, (NUMBER,)])
    assert [one.text for one in again] == ["警察に話すには", "イチを。", "ゼロ サン, イチ イチ"]
    assert Utterance(NUMBER, 0.3).key == Utterance(NUMBER, 0.1 + 0.2).key


def test_sentences_keep_their_marks() -> None:
    assert sentences("送りました。いま、送ります。") == ("送りました。", "いま、送ります。")
    assert sentences("See example.jp now. Is it open?") == ("See example.jp now.", "Is it open?")
    assert sentences("ほかの窓口は") == ("ほかの窓口は",)
    assert sentences("。、") == ()


@given(st.text("あ、 ", max_size=60), st.integers(3, 20))
def test_a_long_text_is_cut_and_kept(text: str, most: int) -> None:
    pieces = list(within(text, most))
    assert all(0 < len(piece) <= most for piece in pieces)
    assert "".join(pieces).replace(" ", "") == text.replace(" ", "")


def test_engines_are_named_by_language_or_all_at_once() -> None:
    assert parse_engines("ja=openjtalk, en=espeak") == {"ja": "openjtalk", "en": "espeak"}
    assert parse_engines("gtts,ja=openjtalk") == {"*": "gtts", "ja": "openjtalk"}
    chosen = choose(parse_engines("openjtalk"), ["ja", "en"])
    assert list(chosen) == ["ja"]  # a bare name speaks what it can


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("ja=openjtak", "there is no speech engine `openjtak`; did you mean `openjtalk`?"),
        ("ja=gtts,ja=espeak", "`ja` has two speech engines"),
        ("", "no speech engine is named; expected, say, ja=openjtalk,en=espeak"),
    ],
)
def test_a_wrong_setting_is_told_in_one_line(text: str, why: str) -> None:
    with pytest.raises(UnknownEngine, match=why.replace("?", r"\?")):
        parse_engines(text)


def test_a_language_that_an_engine_does_not_speak_is_told() -> None:
    with pytest.raises(UnknownEngine, match="openjtalk does not speak `en`; it speaks ja"):
        choose({"en": "openjtalk"}, ["en"])
