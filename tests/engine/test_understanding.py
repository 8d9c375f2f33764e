"""What people write is understood however they write it, and danger is heard first."""

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from ivr.engine import Line
from ivr.engine.danger import phrases_of
from ivr.engine.folding import folded
from ivr.engine.tree import Danger
from ivr.engine.understanding import Meaning, Offer, Understanding, Word

_HERE = Path(__file__).parent
HARMLESS = yaml.safe_load((_HERE / "harmless.yaml").read_text(encoding="utf-8"))
IN_DANGER = yaml.safe_load((_HERE / "in_danger.yaml").read_text(encoding="utf-8"))

ZERO_WIDTH = ["\u200b", "\u200c", "\u200d", "\u2060", "\ufeff", "\ufe0f", "\u20e3", "\u00ad"]
SPACES = [" ", "\u3000", "\n", "\r\n", "\t", "\u00a0", "\u2009"]
AROUND = ["。", "！", "…", "「", "」", "!", "?", " ", "\n", "😢", "、", "(", ")", '"', "*"]


@pytest.fixture(scope="module")
def understanding(line: Line) -> Understanding:
    return Understanding(line)


@pytest.mark.parametrize(
    ("language", "kind", "said"),
    [
        (language, kind, said)
        for language, kinds in IN_DANGER.items()
        for kind, sentences in kinds.items()
        for said in sentences
    ],
)
def test_danger_is_heard_by_its_kind_in_the_language_of_the_message(
    understanding: Understanding, language: str, kind: str, said: str
) -> None:
    meaning = understanding.of(said)
    assert meaning.danger == Danger(kind)
    assert meaning.spoken in (language, "")


@pytest.mark.parametrize("said", [said for sentences in HARMLESS.values() for said in sentences])
def test_no_danger_is_heard_where_there_is_none(understanding: Understanding, said: str) -> None:
    assert understanding.of(said).danger is None


def test_what_the_line_itself_names_is_no_danger(line: Line, understanding: Understanding) -> None:
    """Somebody may ask about it, and a machine may quote it."""
    for script in line.scripts.values():
        named = [script.prompts.chat.emergency, *(words.name for words in script.agencies.values())]
        assert [words for words in named if understanding.of(words).danger] == []


def test_to_vanish_is_danger_and_to_have_removed_is_not(understanding: Understanding) -> None:
    """消えたい and 消したい differ by one sound."""
    assert understanding.of("消えたい").danger is Danger.WANTS_TO_DIE
    assert understanding.of("消したい") == Meaning()


def _phrases(line: Line) -> list[tuple[str, Danger]]:
    return [
        (words, phrase.kind)
        for language, script in line.scripts.items()
        for _, _, words, phrase in phrases_of(script.prompts.chat.words.danger, language)
        if phrase.kind
    ]


def test_each_phrase_alone_is_heard_as_its_own_kind(
    line: Line, understanding: Understanding
) -> None:
    heard = {words: understanding.of(words).danger for words, _ in _phrases(line)}
    assert heard == dict(_phrases(line))


def _katakana(text: str) -> str:
    return "".join(chr(ord(c) + 0x60) if "ぁ" <= c <= "ゖ" else c for c in text)


def _wide(text: str) -> str:
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)


@given(data=st.data())
def test_however_a_phrase_of_danger_is_written_its_kind_is_the_same(
    line: Line, understanding: Understanding, data: st.DataObject
) -> None:
    """Each is drawn with any sequence of disguises, one at a time and one upon another."""
    words, kind = data.draw(st.sampled_from(_phrases(line)))
    for _ in range(data.draw(st.integers(0, 6))):
        words = data.draw(st.sampled_from(_DISGUISES))(words, data)
    assert understanding.of(words).danger is kind, repr(words)


def _in_another_case(words: str, data: st.DataObject) -> str:
    return data.draw(st.sampled_from([str.upper, str.title, _katakana, _wide]))(words)


def _with_invisible_signs(words: str, data: st.DataObject) -> str:
    return _put_in(words, data.draw(st.sampled_from(ZERO_WIDTH)), data, words)


def _with_white_space(words: str, data: st.DataObject) -> str:
    """Anywhere in Japanese; between words of letters, where there is some already."""
    space = data.draw(st.sampled_from(SPACES))
    if words.isascii() or " " in words:
        return words.replace(" ", f" {space}")
    return _put_in(words, space, data, words) if not _has_letters(words) else words


def _with_signs_around(words: str, data: st.DataObject) -> str:
    sign = st.sampled_from(AROUND)
    return data.draw(sign) + words + data.draw(sign)


def _with_a_curly_apostrophe(words: str, _: st.DataObject) -> str:
    return words.replace("'", "\u2019")


def _put_in(words: str, sign: str, data: st.DataObject, whole: str) -> str:
    at = data.draw(st.integers(0, len(whole)))
    return words[:at] + sign + words[at:]


def _has_letters(words: str) -> bool:
    return any(char.isascii() and char.isalpha() for char in folded(words))


_DISGUISES = [
    _in_another_case,
    _with_invisible_signs,
    _with_white_space,
    _with_signs_around,
    _with_a_curly_apostrophe,
]


@given(text=st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert folded(folded(text)) == folded(text)


@given(body=st.text(alphabet=st.characters(max_codepoint=0x30FF), max_size=30))
def test_letters_within_a_longer_word_are_no_danger(
    understanding: Understanding, body: str
) -> None:
    """But for what stands beside them: `skill myself` is not `kill myself`."""
    assert understanding.of("skill myself").danger is None
    around = "".join(char for char in folded(body) if char.isascii() and char.isalpha())
    assert understanding.of(f"{around}xkill myselfx{around}").danger is None


@pytest.mark.parametrize(
    "written",
    [
        *(
            "3",
            "３",
            " 3 ",
            "3。",
            "③",
            "❸",
            "3️⃣",
            "３番",
            "3番",
            "3ばん",
            "3番です",
            "サン",
            "さん",
            "三",
        ),
        *("三番", "三", "みっつ", "press 3", "#3", "three", "Three.", "press three", "no. 3"),
        *("number 3 please", "3をお願いします", "「3」", "㊂", "Option 3", "3\u200b", "٣", "3 番"),
    ],
)
def test_a_number_is_a_key_however_it_is_written(
    understanding: Understanding, written: str
) -> None:
    assert understanding.of(written).key == "3"


@pytest.mark.parametrize("digit", "123456789")
def test_each_digit_is_a_key_by_all_its_names(
    line: Line, understanding: Understanding, digit: str
) -> None:
    """As a number, in words, in signs, and with what people put around it."""
    names = {digit, chr(0x2460 + int(digit) - 1), f"{digit}\ufe0f\u20e3", f"#{digit}"}
    for script in line.scripts.values():
        names |= {script.prompts.digits[digit]}  # type: ignore[index]
        names |= set(script.prompts.chat.words.digits[digit])  # type: ignore[index]
    for name in names:
        for written in (name, f"{name}番", f"{name}番です", f"press {name}", f"{name}, please"):
            assert understanding.of(written).key == digit, written


@pytest.mark.parametrize("written", ["12", "1 2", "3つの質問", "三人", "1.5", "section 3", "-", ""])
def test_what_only_holds_a_number_is_not_guessed(
    understanding: Understanding, written: str
) -> None:
    assert understanding.of(written) == Meaning()


@pytest.mark.parametrize(
    ("written", "word"),
    [
        ("もどる", Word.BACK),
        ("　戻る。", Word.BACK),
        ("「もどる」", Word.BACK),
        ("モドル", Word.BACK),
        ("ＢＡＣＫ", Word.BACK),
        ("back please", Word.BACK),
        ("はじめ", Word.START),
        ("停止", Word.STOP),
        ("STOP", Word.STOP),
        ("再開", Word.RESUME),
        ("ヘルプ", Word.HELP),
        ("ﾍﾙﾌﾟ", Word.HELP),
        ("help", Word.HELP),
        ("＃", Word.AGAIN),
        ("#️⃣", Word.AGAIN),
        ("＊", Word.START),
        ("*️⃣", Word.START),
        ("０", Word.PERSON),
        ("0️⃣", Word.PERSON),
        ("⓪", Word.PERSON),
        ("ゼロ", Word.PERSON),
        ("人", Word.PERSON),
        ("人です", Word.PERSON),
        ("人が出る電話番号は", Word.PERSON),
        ("人と話す", Word.PERSON),
        ("For the number of people who answer", Word.PERSON),
    ],
)
def test_a_word_is_understood_however_it_is_written(
    understanding: Understanding, written: str, word: Word
) -> None:
    meaning = understanding.of(written)
    assert (meaning.word, meaning.key, meaning.danger) == (word, "", None)


@pytest.mark.parametrize(
    ("written", "language"),
    [
        *(("Nihongo", "ja"), ("nihongo", "ja"), ("日本語", "ja"), ("日本語は", "ja")),
        *(("English", "en"), ("For English,", "en"), ("9", "en"), ("９番", "en"), ("nine", "en")),
    ],
)
def test_a_language_is_asked_for_as_the_line_offers_it(
    understanding: Understanding, written: str, language: str
) -> None:
    assert understanding.of(written).language == language


def test_an_option_is_chosen_by_its_own_words_where_it_is_offered(
    understanding: Understanding,
) -> None:
    offers = [
        Offer("3", "書き込みや画像を消すには", "ja"),
        Offer("3", "書き込みや画像を消す", "ja"),
    ]
    for written in (
        "書き込みや画像を消す",
        "3 書き込みや画像を消す",
        "書き込みや 画像を消すには。",
    ):
        assert understanding.of(written, offers).key == "3"
        assert understanding.of(written) == Meaning()


def test_the_carriers_words_come_before_danger_and_danger_before_all_else(
    understanding: Understanding,
) -> None:
    offers = [Offer("2", "死にたい気持ちを話す", "ja")]
    assert understanding.of("stop").word is Word.STOP
    assert understanding.of("stop, I want to die").danger is Danger.WANTS_TO_DIE
    assert understanding.of("死にたい気持ちを話す", offers).danger is Danger.WANTS_TO_DIE


def test_words_of_several_languages_are_of_none(understanding: Understanding) -> None:
    assert understanding.of("sos").spoken == ""
    assert understanding.of("3").spoken == ""
    assert understanding.of("three").spoken == "en"
