"""Numbers as they are read to somebody with a pen."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivr.engine import Digits, Line, Pause, Speech, Words
from ivr.engine.number_speech import read_number, read_twice
from tests.support.calls import numbers


def groups(speech: Speech) -> list[str]:
    (digits,) = speech
    assert isinstance(digits, Digits)
    return ["".join(group) for group in digits.groups]


@pytest.mark.parametrize(
    ("printed", "heard"),
    [
        ("0570-003-110", "ゼロゴーナナゼロ ゼロゼロサン イチイチゼロ"),
        ("0120-0-78310", "ゼロイチニーゼロ ゼロ ナナハチサンイチゼロ"),
        ("03-6745-5600", "ゼロサン ロクナナヨンゴー ゴーロクゼロゼロ"),
        ("050-3754-5430", "ゼロゴーゼロ サンナナゴーヨン ゴーヨンサンゼロ"),
        ("0570-078374", "ゼロゴーナナゼロ ゼロナナハチ サンナナヨン"),
        ("0120-99-7777", "ゼロイチニーゼロ キュウキュウ ナナナナナナナナ"),
        ("119", "イチイチキュウ"),
        ("188", "イチハチハチ"),
        ("#8008", "シャープ ハチゼロゼロハチ"),
        ("#8103", "シャープ ハチイチゼロサン"),
        ("#9110", "シャープ キュウイチイチゼロ"),
    ],
)
def test_a_number_is_read_in_its_printed_groups(town: Line, printed: str, heard: str) -> None:
    """Caller rules E1, E3, E7: fixed digits, the hyphen is a gap, # is シャープ."""
    assert groups(read_number(printed, town.scripts["ja"].prompts)) == heard.split()


def test_a_number_with_a_name_is_called_by_it_and_then_read(line: Line) -> None:
    """Caller rule E7: 110 is ひゃくとおばん, and then its digits."""
    name, pause, digits = read_number("110", line.scripts["ja"].prompts)
    assert name == Words("ひゃくとおばん。", "ja")
    assert isinstance(pause, Pause)
    assert digits == Digits((("イチ", "イチ", "ゼロ"),), "ja")
    assert read_number("110", line.scripts["en"].prompts) == (
        Digits((("one", "one", "zero"),), "en"),
    )


def test_every_number_is_read_twice_at_one_pace(town: Line) -> None:
    """Caller rules E2, E4: the same again after 1.5 to 2 seconds."""
    first, pause, second = read_twice("0570-003-110", town.scripts["ja"].prompts)
    assert first == second
    assert isinstance(pause, Pause)
    assert 1.5 <= pause.seconds <= 2


def test_japanese_digits_have_one_form_each(line: Line) -> None:
    """Caller rule E1: ゼロ イチ ニー サン ヨン ゴー ロク ナナ ハチ キュウ, all of two morae."""
    prompts = line.scripts["ja"].prompts
    spoken = " ".join(prompts.key(digit) for digit in "0123456789")
    assert spoken == "ゼロ イチ ニー サン ヨン ゴー ロク ナナ ハチ キュウ"


@pytest.mark.parametrize("banned", ["レイ", "マル", "シチ", "シ", "ク"])
def test_digits_that_are_misheard_are_never_said(line: Line, banned: str) -> None:
    """Caller rule E1: シ is heard as シチ and ク as ロク; no word of a number is one of these."""
    prompts = line.scripts["ja"].prompts
    assert banned not in prompts.digits.values()
    printed = {p.number for a in line.directory.agencies.values() for p in a.phones}
    for number in printed:
        *_, read = read_number(number, prompts)
        assert isinstance(read, Digits)
        assert banned not in [word for group in read.groups for word in group]


printed_numbers = st.from_regex(r"#?[0-9]{1,11}(-[0-9]{1,11}){0,3}", fullmatch=True)


@given(printed=printed_numbers, language=st.sampled_from(["ja", "en"]))
def test_no_digit_is_lost_or_changed(town: Line, printed: str, language: str) -> None:
    """Caller rules E3, E8: what is heard is what is printed, in groups of five at most."""
    prompts = town.scripts[language].prompts
    speech = read_number(printed, prompts)
    (heard,) = numbers(town, speech)
    assert heard.replace("-", "") == printed.replace("-", "")
    *_, digits = speech
    assert isinstance(digits, Digits)
    assert all(1 <= len(group) <= 5 for group in digits.groups)
