"""Speech rendered without a network, measured in its samples: pace, digits, loudness, identity."""

from math import sqrt

import pytest

from ivr.engine import Digits, Line, Words
from ivr.engine.number_speech import read_number
from ivr.files.yaml_source import SourceText
from ivr.speech import (
    NORMAL,
    SLOW,
    AudioLibrary,
    MissingExtra,
    Pace,
    Samples,
    Speaker,
    SynthesisFailed,
    Utterance,
    load_lexicon,
)
from ivr.speech.detection import keys_in, onsets, recognised
from ivr.speech.espeak import ESpeak
from ivr.speech.extra import need
from ivr.speech.openjtalk import OpenJTalk
from ivr.speech.readings import morae, reading, seconds_to_say
from ivr.speech.shaping import decibels, frame_levels, speaking_seconds
from ivr.speech.wav import read_wav
from tests.speech.voices import LEXICON, needs_espeak, needs_openjtalk

PROMPTS = (
    "おどされている、警察に話すには",
    "つらい気持ちを話すには",
    "書き込みや画像を消すには",
    "書いた人にお金を求めるには",
    "どうするか、相談するには",
    "番号を押してください。",
    "いま、開いています。",
    "警察に相談する、専用の電話です。",
    "悩みを聞く、よりそいホットラインです。",
    "この電話の履歴は、あなたの電話に残ります。",
)


@pytest.fixture(scope="module")
def speaker() -> Speaker:
    lexicon = load_lexicon(SourceText(str(LEXICON), LEXICON.read_text(encoding="utf-8")))
    return Speaker(OpenJTalk(), lexicon)


@pytest.fixture(scope="module")
def clips(speaker: Speaker, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Samples]:
    """The prompts above, rendered."""
    library = AudioLibrary(tmp_path_factory.mktemp("audio"))
    library.build([Utterance(Words(text, "ja")) for text in PROMPTS], {"ja": speaker})
    return {
        entry.text: read_wav(library.path(entry).read_bytes()) for entry in library.entries.values()
    }


@needs_openjtalk
def test_japanese_is_spoken_at_five_and_a_half_to_seven_morae_a_second(
    speaker: Speaker, clips: dict[str, Samples]
) -> None:
    rates = {
        text: morae(reading((Words(text, "ja"),), speaker.lexicon)) / speaking_seconds(sound)
        for text, sound in clips.items()
    }
    assert 5.8 <= sum(rates.values()) / len(rates) <= 6.8
    assert {text: rate for text, rate in rates.items() if not 5.3 <= rate <= 7.3} == {}


@needs_openjtalk
def test_an_estimate_from_kana_is_within_fifteen_percent(
    speaker: Speaker, clips: dict[str, Samples]
) -> None:
    for text, sound in clips.items():
        estimate = seconds_to_say(reading((Words(text, "ja"),), speaker.lexicon))
        assert estimate == pytest.approx(sound.seconds, rel=0.15), text


@needs_openjtalk
def test_clips_are_equally_loud_and_begin_at_once(clips: dict[str, Samples]) -> None:
    for text, sound in clips.items():
        levels = frame_levels(sound)
        spoken = [level for level in levels if level > max(levels) / 100]
        loudness = decibels(sqrt(sum(level * level for level in spoken) / len(spoken)))
        assert loudness == pytest.approx(-20, abs=3.5), text
        assert decibels(max(map(abs, sound.values))) < -2.5
        assert onsets(sound)[0][0] < 0.15


@needs_openjtalk
def test_each_prompt_is_told_from_all_others_and_presses_no_key(clips: dict[str, Samples]) -> None:
    for text, sound in clips.items():
        name, alike = recognised(sound, clips)
        assert (name, round(alike, 2)) == (text, 1.0)
        assert keys_in(sound) == ""


@needs_openjtalk
@pytest.mark.parametrize("pace", [NORMAL, SLOW], ids=lambda pace: pace.name)
@pytest.mark.parametrize("number", ["0120-279-338", "0120-0-78310", "03-6745-5600", "0570-078374"])
def test_in_a_rendered_number_every_digit_stands_where_the_rules_want_it(
    number: str, pace: Pace, line: Line, speaker: Speaker, tmp_path_factory: pytest.TempPathFactory
) -> None:
    (digits,) = read_number(number, line.scripts["ja"].prompts, slow=pace is SLOW)
    assert isinstance(digits, Digits)
    library = AudioLibrary(tmp_path_factory.mktemp("audio"))
    utterance = Utterance(digits)
    library.build([utterance], {"ja": speaker})
    entry = library.find(utterance)
    assert entry is not None
    heard = onsets(read_wav(library.path(entry).read_bytes()))
    groups = [len(group) for group in digits.groups]
    assert len(heard) == sum(groups)
    place = 0
    for size in groups:
        for one, other in zip(heard[place : place + size - 1], heard[place + 1 :], strict=False):
            assert other[0] - one[0] == pytest.approx(pace.digit, abs=0.011)  # rule E2
        place += size
        if place < len(heard):
            assert heard[place][0] - heard[place - 1][1] == pytest.approx(pace.group, abs=0.011)


@needs_openjtalk
def test_open_jtalk_speaks_japanese_only_and_not_nothing() -> None:
    with pytest.raises(SynthesisFailed, match="speaks Japanese, not `en`"):
        OpenJTalk().speak("Hello", "en")
    with pytest.raises(SynthesisFailed, match="nothing to say"):
        OpenJTalk().speak("。", "ja")


@needs_espeak
def test_other_languages_can_be_previewed() -> None:
    voice = ESpeak()
    one, two = voice.speak("Please press a number.", "en"), voice.speak("請按號碼。", "zh")
    assert one.hertz == two.hertz == 22050
    assert 0.8 < one.seconds < 3
    assert max(map(abs, one.values)) > 0.05
    with pytest.raises(SynthesisFailed, match="no voice for `tl`"):
        voice.speak("Kumusta", "tl")


def test_a_missing_package_is_told_in_one_line_with_what_to_install() -> None:
    with pytest.raises(MissingExtra) as missing:
        need("no_such_package", "rendering Japanese offline")
    assert str(missing.value) == (
        "rendering Japanese offline needs the package no_such_package; "
        "install it with: pip install 'madoguchi[speech]'"
    )
