"""Who is ringing: it decides who may be texted and which numbers work from there."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ivr.engine import Caller, CallerKind, Numbering

JAPAN = Numbering("JP")
MOBILE = re.compile(r"\+81(60|70|80|90)\d{8}", re.ASCII)


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        ("+819012345678", CallerKind.MOBILE),
        ("+818012345678", CallerKind.MOBILE),
        ("+817012345678", CallerKind.MOBILE),
        ("+816012345678", CallerKind.MOBILE),  # 060 opened in 2026
        ("+815036550279", CallerKind.IP_PHONE),
        ("+81367455600", CallerKind.LANDLINE),
        ("+81120279338", CallerKind.LANDLINE),
        ("+812012345678", CallerKind.LANDLINE),  # 020 is a pager or a machine
        ("+442079460000", CallerKind.FOREIGN),
        ("+8613800138000", CallerKind.FOREIGN),
        ("+12025550123", CallerKind.FOREIGN),
    ],
)
def test_the_kind_of_line_is_told_from_the_number(number: str, kind: CallerKind) -> None:
    assert JAPAN.kind(number) is kind


@pytest.mark.parametrize(
    "number",
    [
        "",
        "anonymous",
        "Anonymous",
        "unknown",
        "Restricted",
        "sip:anna@example.com",
        "client:anna",
        "+266696687",  # ANONYMOUS
        "+7378742833",  # RESTRICTED
        "+2562533",  # BLOCKED
        "+8656696",  # UNKNOWN
        "+86282452253",  # UNAVAILABLE
        "+811045000",
        "+8190123",
        "09012345678",
        "+",
        "+00000000000",
    ],
)
def test_who_hides_the_number_is_not_guessed(number: str) -> None:
    """A withheld number is no number, and neither is ANONYMOUS spelt on a keypad."""
    assert JAPAN.kind(number) is CallerKind.WITHHELD


@example("+819012345678\n")
@example("+8190１２３４５６７８")
@example("+81 90-1234-5678")
@given(st.from_regex(r"\+81[0-9]{8,11}", fullmatch=True) | st.text(max_size=20))
def test_a_japanese_mobile_is_exactly_what_the_design_says(number: str) -> None:
    """Caller rule K6: ^+81(60|70|80|90) and eight digits may be texted; nothing else."""
    assert (JAPAN.kind(number) is CallerKind.MOBILE) == bool(MOBILE.fullmatch(number))


@pytest.mark.parametrize("kind", list(CallerKind))
def test_only_a_mobile_is_ever_offered_a_text(kind: CallerKind) -> None:
    """Caller rule K6; and nobody, where the line has no sender."""
    assert Caller(kind).takes_texts == (kind is CallerKind.MOBILE)
    assert not Caller(kind, line_texts=False).takes_texts


def test_a_line_elsewhere_knows_its_own_mobiles() -> None:
    britain = Numbering("GB")
    assert britain.kind("+447911123456") is CallerKind.MOBILE
    assert britain.kind("+442079460000") is CallerKind.LANDLINE
    assert britain.kind("+819012345678") is CallerKind.FOREIGN
