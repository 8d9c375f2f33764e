"""Whether a caller got what people call for: a telephone number or a web address.

Digits are said as digits, or one by one in words; nobody says "0120279338" as a number.
"""

import re
from typing import Protocol

_JAPANESE = (
    "ゼロ|レイ|マル|イチ|ニー?|サン|ヨン|ゴー?|ロク|ナナ|シチ|ハチ|キュウ|キュー"
    "|[〇零一二三四五六七八九]"
)
_ENGLISH = "zero|oh|one|two|three|four|five|six|seven|eight|nine"
_BETWEEN = r"[\s、,・･\-‐…]"


class Reached(Protocol):
    """Judges what a caller has heard since the last key."""

    def __call__(self, words: str, clips: str) -> bool:
        """`words` as they are heard and as they are written; `clips`, the addresses of sounds whose
        words nobody knows."""


def number_or_address(words: str, clips: str) -> bool:
    """The default: a number, or where to look on the web; sounds without words do not count."""
    del clips
    return _SAID.search(words) is not None


def matching(wanted: re.Pattern[str]) -> Reached:
    """Judges by a pattern, which may match the words or a sound's address."""

    def judge(words: str, clips: str) -> bool:
        return wanted.search(words) is not None or wanted.search(clips) is not None

    return judge


_SAID = re.compile(
    "|".join(
        (
            r"[#＃]\d{3,5}(?!\d)",  # #9110
            r"(?<![\d.:])[19]\d\d(?![\d:%]|\.\d)(?!\s*(?:年|日|円|件|人|yen))",  # 110, 188, 911
            r"\d(?:[\s()（）、,・\-‐‑–ー.…]{0,2}\d){6,}",  # a number with its hyphens or spaces
            rf"(?:{_JAPANESE})(?:{_BETWEEN}+(?:{_JAPANESE})){{2,}}",
            rf"\b(?:{_ENGLISH})(?:{_BETWEEN}+(?:{_ENGLISH})){{2,}}\b",
            r"https?://|\bwww\.",
            r"[a-z\d-]\.(?:com|org|net|info|edu|gov|jp|kr|cn|tw|uk|de|fr|eu|us|ca|au|io)\b",
            r"\bdot\s+(?:com|org|net|info|edu|gov|go|or|co|ne|j\s*p|uk|io)\b",
            r"ドット\s*(?:コム|ネット|ジェーピー|オルグ|ジー)",
            r"[」』]\s*(?:と|を|で)、?\s*(?:さが|探|検索)",  # 「…」と、さがしてください
            r"\bsearch\s+(?:the\s+(?:web|internet)\s+)?for\s+\w",
        )
    ),
    re.IGNORECASE,
)
