"""How long words take to say: an estimate by script, for a calm synthetic voice."""

import unicodedata

MORAE_A_SECOND = 6.5
_MORA = 1 / MORAE_A_SECOND
_COMMA, _STOP = 0.35, 0.6
_SMALL_KANA = frozenset("ゃゅょャュョぁぃぅぇぉァィゥェォゎヮ")
_COMMAS, _STOPS = frozenset("、，,；;：:"), frozenset("。．.！？!?")
_HAN_SECONDS = {"ja": 2 * _MORA, "zh": 0.24}
_HANGUL_SECONDS = 0.17
_DIGIT_SECONDS = {"ja": 2 * _MORA}
_OTHER_DIGIT = 0.35
_CAPITAL_IN_JAPANESE = 2 * _MORA
_LETTER = 1 / 15


def seconds_to_say(text: str, language: str = "en-US") -> float:
    """Seconds for `text` at a normal rate.

    Japanese counts morae: a kana is one (ん っ ー too), a small ゃゅょ none, a kanji about two.
    Other scripts go by characters. 、 rests 0.35 s and 。 0.6 s. A full stop or comma with a letter
    right after it (example.jp) is read, not rested on. Kana in the text make it Japanese whatever
    the language says, for an app may have left Twilio's default, en-US.
    """
    tongue = "ja" if any(_is_kana(char) for char in text) else language.partition("-")[0].lower()
    followers = (*text[1:], " ") if text else ()
    return sum(
        _seconds(char, follower, tongue) for char, follower in zip(text, followers, strict=True)
    )


def _seconds(char: str, follower: str, tongue: str) -> float:
    if char in _SMALL_KANA or char.isspace():
        return 0.0
    if char in _COMMAS or char in _STOPS:
        if char in ".,:" and not follower.isspace() and follower.isascii():
            return _LETTER * 3
        return _STOP if char in _STOPS else _COMMA
    if _is_kana(char):
        return _MORA
    return _letter(char, tongue)


def _letter(char: str, tongue: str) -> float:
    category = unicodedata.category(char)
    if category.startswith("N"):
        return _DIGIT_SECONDS.get(tongue, _OTHER_DIGIT)
    if "一" <= char <= "鿿" or char == "々":
        return _HAN_SECONDS.get(tongue, _HAN_SECONDS["zh"])
    if "가" <= char <= "힣":
        return _HANGUL_SECONDS
    if tongue == "ja" and category == "Lu":
        return _CAPITAL_IN_JAPANESE
    return _LETTER if category.startswith("L") else 0.0


def _is_kana(char: str) -> bool:
    return "ぁ" <= char <= "ゖ" or "ァ" <= char <= "ヺ" or char == "ー"
