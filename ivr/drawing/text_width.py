"""How wide words are when they are drawn, and where a line of them may be broken."""

import re
import unicodedata
from collections.abc import Iterable, Iterator

_BOLD = 1.07  # how much wider bold letters are
_EM_WIDE = 1.0
# Shares of an em, a little more than Helvetica's and Noto's own, so that another sans serif fits.
_WIDTHS = {
    **dict.fromkeys("iljI|!.,:;'", 0.31),
    **dict.fromkeys('ftr()[]/-"` ', 0.40),
    **dict.fromkeys("mMW@%", 0.95),
    **dict.fromkeys("wABCDEFGHJKLNOPQRSTUVXYZ&#", 0.75),
}
_LETTER = 0.60
_SHORTEST = 0.35  # of the room: a line that ends sooner looks forgotten
_NO_START = frozenset(
    "、。，．・：；？！）」』】〕〉》ーぁぃぅぇぉっゃゅょァィゥェォッャュョ,.:;?!)]}…"
)
_NO_END = frozenset("（「『【〔〈《([{")
_PHRASES = re.compile(r".+?(?:[、。，！？]+|[,.;:!?](?=\s)|$)", re.DOTALL)
_UNITS = re.compile(r"[A-Za-z0-9#'’.,:;!?()\[\]{}&@%*+=_~\"-]+/?|\s+|.", re.DOTALL)


def width(text: str, size: float, bold: bool = False) -> float:
    """The width of a run of text in pixels at a font size in pixels.

    Full-width and ambiguous signs are an em wide (Unicode Standard Annex #11), as a Japanese font
    draws them; marks that combine are none.
    """
    return sum(_em(sign) for sign in text) * size * (_BOLD if bold else 1.0)


def wrap(text: str, size: float, most: float, bold: bool = False) -> list[str]:
    """The text in lines of at most `most` pixels, as few as it needs.

    Lines end after a comma or full stop where that costs no further line, and are else about
    equally long. A word that is longer than a line is cut. No line begins with a full stop or
    closing bracket, nor ends with an opening one (JIS X 4051).
    """
    lines = _filled(_units(text, size, most, bold), size, most, bold)
    phrases = _PHRASES.findall(text)
    if all(width(phrase.strip(), size, bold) <= most for phrase in phrases):
        by_phrase = _filled(phrases, size, most, bold)
        fair = all(width(line, size, bold) > most * _SHORTEST for line in by_phrase[:-1])
        if fair and len(by_phrase) <= len(lines):
            return by_phrase
    narrower = most - size / 2
    while len(lines) > 1 and narrower > most / 2:
        again = _filled(_units(text, size, narrower, bold), size, narrower, bold)
        if len(again) > len(lines):
            break
        lines, narrower = again, narrower - size / 2
    return lines


def _filled(units: Iterable[str], size: float, most: float, bold: bool) -> list[str]:
    """The units in lines that are each as full as can be."""
    lines, line = [], ""
    for unit in units:
        if line and width((line + unit).rstrip(), size, bold) > most:
            kept, carried = _fair_break(line, unit)
            lines.append(kept.rstrip())
            line = (carried + unit).lstrip()
        else:
            line += unit
    return [*lines, line.rstrip()] if line.strip() else lines


def _fair_break(line: str, following: str) -> tuple[str, str]:
    """What stays on the line and what goes down with the following sign."""
    cut = len(line)
    while cut > 1 and ((line[cut:] + following)[0] in _NO_START or line[cut - 1] in _NO_END):
        cut -= 1
    return (line[:cut], line[cut:]) if cut > 1 else (line, "")


def _units(text: str, size: float, most: float, bold: bool) -> Iterator[str]:
    """What a line may not be broken inside of: words of letters, and single wide signs."""
    for unit in _UNITS.findall(text):
        if width(unit, size, bold) <= most:
            yield unit
        else:
            yield from unit


def _em(sign: str) -> float:
    if unicodedata.combining(sign):
        return 0.0
    if unicodedata.east_asian_width(sign) in "FWA":
        return _EM_WIDE
    return _WIDTHS.get(sign, _LETTER)
