"""How long words take: the estimate, by its parts."""

import pytest

from ringback import seconds_to_say

MORA = 1 / 6.5


@pytest.mark.parametrize(
    ("text", "morae"),
    [
        ("まどぐち", 4),
        ("しゃしん", 3),  # ゃ belongs to the kana before it
        ("きって", 3),
        ("センター", 4),
        ("窓口", 4),
        ("人々", 4),
        ("", 0),
    ],
)
def test_japanese_counts_morae(text: str, morae: int) -> None:
    assert seconds_to_say(text, "ja-JP") == pytest.approx(morae * MORA)


def test_commas_and_full_stops_rest() -> None:
    assert seconds_to_say("あ、い。", "ja-JP") == pytest.approx(2 * MORA + 0.35 + 0.6)


def test_a_full_stop_inside_a_name_is_read() -> None:
    assert seconds_to_say("ihaho.jp", "ja-JP") < seconds_to_say("ihaho. jp", "ja-JP")


def test_kana_are_japanese_whatever_the_language_says() -> None:
    assert seconds_to_say("窓口です", "en-US") == seconds_to_say("窓口です", "ja-JP")


@pytest.mark.parametrize(
    ("text", "language", "least", "most"),
    [
        ("Press one to speak to the police about threats.", "en-US", 2, 5),
        ("请按一，联系警察。", "zh-CN", 2, 4),
        ("경찰과 통화하려면 일번을 누르세요.", "ko-KR", 2, 5),
        ("Nhấn phím một để gặp cảnh sát.", "vi-VN", 1.5, 4),
        ("命が危ないときは、電話を切って、110番へ。", "ja-JP", 4, 7),
    ],
)
def test_a_sentence_takes_about_as_long_as_a_person(
    text: str, language: str, least: float, most: float
) -> None:
    assert least < seconds_to_say(text, language) < most
