"""Segments of generated texts, against a packing that is written here from the standard's rules."""

from hypothesis import given
from hypothesis import strategies as st

from ringback import count_segments

# GSM 03.38, written out apart from the code under test: letters, digits and some others suffice.
BASIC = "abcxyzABCXYZ0189 \n@£$¥èéùÇØΔΦΩÆß!?.,:;-+()äöñüà§¿¡"
EXTENSION = "^{}\\[~]|€\f"
OUTSIDE = "あ漢ç、ｶ👩𠮷😀\u200d"

gsm_texts = st.text(alphabet=BASIC + EXTENSION, max_size=400)
ucs2_texts = st.builds(
    lambda before, char, after: before + char + after,
    st.text(alphabet=BASIC + OUTSIDE, max_size=120),
    st.sampled_from(OUTSIDE),
    st.text(alphabet=BASIC + OUTSIDE, max_size=120),
)


def packed(text: str, size_of: dict[str, int], alone: int, each: int) -> list[str]:
    """The text in segments: one if it fits alone, else each as full as whole characters allow."""
    if sum(size_of[char] for char in text) <= alone:
        return [text]
    segments = [""]
    for char in text:
        if sum(size_of[one] for one in segments[-1] + char) > each:
            segments.append("")
        segments[-1] += char
    return segments


def septets(text: str) -> int:
    """Septets in GSM-7: an extension character is an escape and a second septet."""
    return sum(2 if char in EXTENSION else 1 for char in text)


def units(text: str) -> int:
    """UTF-16 code units; a character beyond the first plane is a surrogate pair."""
    return len(text.encode("utf-16-be")) // 2


@given(gsm_texts)
def test_gsm_7_fills_segments_of_160_or_153_septets(text: str) -> None:
    segments = packed(text, {char: septets(char) for char in text}, 160, 153)
    assert "".join(segments) == text
    assert all(septets(one) <= (160 if len(segments) == 1 else 153) for one in segments)
    assert count_segments(text) == len(segments)


@given(ucs2_texts)
def test_one_character_outside_gsm_7_makes_segments_of_70_or_67_units(text: str) -> None:
    segments = packed(text, {char: units(char) for char in text}, 70, 67)
    assert "".join(segments) == text
    assert all(units(one) <= (70 if len(segments) == 1 else 67) for one in segments)
    assert count_segments(text) == len(segments)


@given(st.sampled_from("€[𠮷😀"), st.integers(0, 3), st.integers(0, 200))
def test_a_pair_at_a_boundary_goes_to_the_next_segment_whole(
    pair: str, full: int, rest: int
) -> None:
    filler, each = ("a", 153) if pair in EXTENSION else ("あ", 67)
    before = filler * (each * (full + 1) - 1)  # one place is left in the last segment
    whole = count_segments(before + pair + filler * (each + rest))
    assert whole == full + 2 + (2 + rest + each - 1) // each


@given(gsm_texts, ucs2_texts)
def test_more_text_never_takes_fewer_segments(first: str, second: str) -> None:
    assert count_segments(second + first) >= count_segments(second)
    assert 1 <= count_segments(first) <= count_segments(first + second)
