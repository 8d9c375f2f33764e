"""Written words in the one form in which they are compared: width, kana, case, spaces, signs."""

import re
import unicodedata
from functools import lru_cache

_APOSTROPHES = re.compile("['\u2018\u2019\u201b\u02bc\u00b4\u0060\uff07\uff40]")
# Invisible: zero-width signs, joiners, marks of direction (all Cf), variation selectors, and the
# marks that put a digit on a keycap or into a circle (Me).
_VARIATION_SELECTORS = re.compile("[\u034f\u180b-\u180f\ufe00-\ufe0f\U000e0100-\U000e01ef]")
_INVISIBLE = {"Cf", "Me", "Cc", "Cs", "Co"}
_LINE_ENDS = "\t\n\v\f\r\x1c\x1d\x1e\x1f\x85"  # of category Cc, and white space

# Scripts that put no space between words: white space within them says nothing.
_UNSPACED = (
    "\u3005-\u3007"  # 々〆〇
    "\u3040-\u30ff\u31f0-\u31ff"  # kana
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"  # Han
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"  # Thai, Lao, Burmese, Khmer
)
_SPACE = re.compile(f"(?<=[{_UNSPACED}]) | (?=[{_UNSPACED}])")
# Accents of letters, which many leave out: í is i. Voicing marks of kana are none of them.
_ACCENTS = re.compile("[\u0300-\u036f]")
_IS_UNSPACED = re.compile(f"[{_UNSPACED}]")

# Katakana as hiragana; small kana as large (たぃ is たい), and no long vowels (たーい is たい).
_KANA = {code: code - 0x60 for code in (*range(0x30A1, 0x30F7), 0x30FD, 0x30FE)}
_LARGE = str.maketrans("ぁぃぅぇぉっゃゅょゎゕゖ", "あいうえおつやゆよわかけ", "ー")


def folded(text: str) -> str:
    """The text as it is compared: two texts that a reader takes for the same fold to the same.

    What is left are small letters, digits, hiragana and characters of other scripts; punctuation,
    symbols and white space are one space between words of letters, and nothing in Japanese.
    Folding twice is folding once.
    """
    small = plain(_APOSTROPHES.sub("", text)).casefold()
    bare = _ACCENTS.sub("", unicodedata.normalize("NFKD", small))
    words = "".join(map(_letter, unicodedata.normalize("NFKC", bare)))
    joined = _SPACE.sub("", " ".join(words.split()))
    # A voicing mark that stood apart from its kana is now beside it.
    return unicodedata.normalize("NFKC", joined).translate(_LARGE)


def plain(text: str) -> str:
    """The text in its usual width, without what cannot be seen and white space around it."""
    shown = "".join(char for char in text if _is_visible(char))
    return unicodedata.normalize("NFKC", shown).strip()


def is_word_at(text: str, start: int, end: int) -> bool:
    """Whether `text[start:end]` of a folded text is not the middle of a longer word.

    In scripts without spaces everything is.
    """
    return _is_edge(text, start) and _is_edge(text, end)


def _is_edge(text: str, place: int) -> bool:
    """Whether a word of letters can end or begin at this place: not between two letters."""
    around = text[max(place - 1, 0) : place + 1] if 0 < place < len(text) else ""
    return not around or " " in around or _IS_UNSPACED.search(around) is not None


@lru_cache(4096)  # of single characters; whole messages are kept nowhere
def _is_visible(char: str) -> bool:
    if char in _LINE_ENDS:
        return True
    return unicodedata.category(char) not in _INVISIBLE and not _VARIATION_SELECTORS.match(char)


@lru_cache(4096)
def _letter(char: str) -> str:
    """One character, folded by itself."""
    digit = unicodedata.digit(char, None)  # ❶ and other scripts' digits, which NFKC leaves
    if digit is not None:
        return str(digit)
    if unicodedata.category(char)[0] in "PSZC":
        return " "
    return char.translate(_KANA)
