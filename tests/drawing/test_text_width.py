"""Words on paper: how wide they are, and where they may be broken."""

from hypothesis import given
from hypothesis import strategies as st

from ivr.drawing.text_width import width, wrap

LONG = "急ぐときは、110番へ。この電話の履歴は、あなたの電話に残ります。"


def test_a_full_width_sign_is_an_em_and_a_letter_less() -> None:
    assert width("電話", 14) == 28
    assert width("。", 10) == width("ー", 10) == width("ア", 10) == 10
    assert width("il", 10) < width("no", 10) < width("電話", 10)
    assert width("が", 10) == width("が", 10) == 10  # a mark that combines takes no room


def test_lines_end_after_a_comma_or_full_stop_where_that_costs_nothing() -> None:
    assert wrap(LONG, 10, 240) == [
        "急ぐときは、110番へ。この電話の履歴は、",
        "あなたの電話に残ります。",
    ]
    assert wrap("In danger? Hang up, and call.", 10, 140) == ["In danger? Hang up,", "and call."]


def test_no_line_begins_with_a_full_stop_nor_ends_with_an_opening_bracket() -> None:
    assert wrap("ああああ。", 10, 40) == ["あああ", "あ。"]
    assert wrap("ああああ（い）", 10, 50) == ["ああああ", "（い）"]


def test_words_stay_whole_and_links_break_after_a_stroke() -> None:
    assert wrap("human rights line", 10, 50) == ["human", "rights", "line"]
    assert wrap("www.npa.go.jp/bureau/cyber", 10, 110) == ["www.npa.go.jp/", "bureau/cyber"]


def test_nothing_is_nothing() -> None:
    assert wrap("", 10, 100) == []


@given(
    text=st.text(alphabet="あ漢、。（）ー abcWm.,-/…é", max_size=60),
    most=st.integers(30, 200),
    bold=st.booleans(),
)
def test_whatever_is_written_is_kept_and_fits(text: str, most: int, bold: bool) -> None:
    lines = wrap(text, 14, most, bold)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(width(line, 14, bold) <= most for line in lines)
