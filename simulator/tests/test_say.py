"""Say: voices, languages, lengths and SSML. https://www.twilio.com/docs/voice/twiml/say"""

import pytest

from simulator.tests.booth import Booth, summary


def say(attributes: str, words: str = "Hello") -> list[str]:
    page = f"<Say {attributes}>{words}</Say><Say>After</Say>"
    return summary(Booth({"/voice": page}).ring(), "error", "heard")


@pytest.mark.parametrize(
    "attributes",
    [
        "",
        'voice="man"',
        'voice="alice" language="ja-JP"',
        'language="ja-JP"',
        'voice="Polly.Mizuki"',
        'voice="Polly.Takumi" language="ja-JP"',
        'voice="Polly.Takumi-Neural" language="ja-jp"',
        'voice="Polly.Joanna-Neural" language="en-US"',
        'voice="Google.ja-JP-Wavenet-B" language="ja-JP"',
        'voice="Google.en-US-Chirp3-HD-Aoede"',
    ],
)
def test_voices_that_are_taken(attributes: str) -> None:
    assert say(attributes) == ["heard Hello", "heard After"]


@pytest.mark.parametrize(
    "attributes",
    [
        'voice="Polly.Mizuki" language="en-US"',
        'voice="Google.ja-JP-Wavenet-B" language="en-US"',
        'voice="Polly.Mizuki-Neural"',
        'voice="Polly.Kazuha"',
        'voice="robot"',
        'voice="Polly."',
        'voice=""',
    ],
)
def test_a_voice_that_does_not_exist_or_not_in_that_language_skips_the_say(attributes) -> None:
    """The Say is skipped with an error, https://www.twilio.com/docs/api/errors/13511"""
    assert say(attributes) == ["error 13511", "heard After"]


def test_a_language_that_is_none_is_a_warning_and_the_default_holds() -> None:
    """https://www.twilio.com/docs/api/errors/13512"""
    assert say('language="ja_JP!"') == ["error 13512", "heard Hello", "heard After"]


def test_the_language_is_the_voices_own_unless_given() -> None:
    for attributes, language in (
        ('voice="Polly.Mizuki"', "ja-JP"),
        ('voice="Google.ko-KR-Standard-A"', "ko-KR"),
        ('voice="Polly.Joanna"', "en-US"),
        ('language="de-DE"', "de-DE"),
    ):
        record = Booth({"/voice": f"<Say {attributes}>Hello</Say>"}).ring()
        assert record.of("heard")[0].language == language


@pytest.mark.parametrize(
    ("attributes", "words", "fits"),
    [
        ("", "a" * 4_096, True),
        ("", "a" * 4_097, False),
        ('voice="Polly.Joanna"', "a" * 3_000, True),
        ('voice="Polly.Joanna"', "a" * 3_001, False),
        # Polly does not count SSML, Google does, and counts bytes.
        ('voice="Polly.Joanna"', "<s>" + "a" * 2_999 + "</s>", True),
        ('voice="Google.en-US-Standard-A"', "a" * 4_400, True),
        ('voice="Google.en-US-Standard-A"', '<break time="1s"/>' * 300 + "a", False),
        # Whatever the voice, 4,500 characters URL-encoded; a kana is nine of them.
        ('language="ja-JP"', "あ" * 500, True),
        ('language="ja-JP"', "あ" * 501, False),
        ("", "%" * 1_501, False),
    ],
)
def test_the_stricter_limit_of_length_holds(attributes: str, words: str, fits: bool) -> None:
    """https://www.twilio.com/docs/api/errors/13521; that only this Say is skipped is [INF]."""
    assert (say(attributes, words)[0] != "error 13521") is fits


def test_a_rate_that_is_none_is_a_warning_and_the_normal_one_holds() -> None:
    """https://www.twilio.com/docs/api/errors/13513"""
    said = say("", '<prosody rate="breakneck">Hello</prosody>')
    assert said == ["error 13513", "heard Hello", "heard After"]


def test_a_loop_that_is_none_is_a_warning() -> None:
    """https://www.twilio.com/docs/api/errors/13510"""
    assert say('loop="often"') == ["error 13510", "heard Hello", "heard After"]
