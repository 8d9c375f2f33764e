"""Say, Play and Pause. https://www.twilio.com/docs/voice/twiml/say, …/play, …/pause"""

import io
import wave

import pytest
from flask import Response

from ringback import Press, Stay
from ringback.media.audio_length import HEAD_BYTES, seconds_of_audio
from simulator.tests.booth import Booth, summary


def test_say_is_heard_with_its_language() -> None:
    """language: default en-US."""
    record = Booth(
        {
            "/voice": '<Say language="ja-JP">もしもし</Say><Say>Hello</Say>'
            '<Say voice="Polly.Takumi-Neural">はい</Say>'
            '<Say voice="Google.ko-KR-Standard-A">네</Say>',
        }
    ).ring()
    assert [event.language for event in record.of("heard")] == ["ja-JP", "en-US", "ja-JP", "ko-KR"]


def test_say_repeats_as_often_as_loop_says() -> None:
    """loop, default 1."""
    record = Booth({"/voice": '<Say loop="3">Again</Say>'}).ring()
    assert record.heard.split("\n") == ["Again"] * 3


def test_loop_zero_is_a_thousand_times() -> None:
    """loop="0": "until the call is hung up or 1,000 iterations"."""
    assert len(Booth({"/voice": '<Say loop="0">A</Say>'}).ring().of("heard")) == 1_000


def test_an_empty_say_is_a_warning() -> None:
    assert summary(Booth({"/voice": "<Say> </Say>"}).ring()) == ["error 13520", "hangup line"]


@pytest.mark.parametrize("words", ["a" * 4097, "あ" * 501])
def test_a_say_that_is_too_long_is_left_out(words: str) -> None:
    """4,096 characters, 4,500 URL-encoded: https://www.twilio.com/docs/api/errors/13521"""
    record = Booth({"/voice": f"<Say>{words}</Say><Say>After</Say>"}).ring()
    assert summary(record) == ["error 13521", "heard After", "hangup line"]


def test_a_break_takes_exactly_its_time_and_sounds_like_a_space() -> None:
    """https://www.twilio.com/docs/voice/twiml/say/text-speech#break"""

    def seconds(inside: str) -> float:
        return Booth({"/voice": f"<Say>one{inside}two</Say>"}).ring().seconds

    assert seconds('<break time="1500ms"/>') - seconds(" ") == pytest.approx(1.5)
    assert seconds('<break time="2s"/>') - seconds(" ") == pytest.approx(2)
    assert Booth({"/voice": '<Say>one<break time="1s"/>two</Say>'}).ring().heard == "one two"


def test_a_rest_of_more_than_a_second_is_seen_between_words() -> None:
    """A number that is read twice must not look like one long number."""

    def heard(inside: str) -> str:
        return Booth({"/voice": f"<Say>{inside}</Say>"}).ring().heard

    assert heard('1 1 0<break time="1.8s"/>1 1 0') == "1 1 0 … 1 1 0"
    assert heard('1 1 0<break time="600ms"/> <break time="600ms"/>1 1 0') == "1 1 0 … 1 1 0"
    assert heard('1<break time="600ms"/>1<break time="600ms"/>0') == "1 1 0"
    assert heard('<break time="3s"/>Ready?<break time="3s"/>') == "Ready?"
    sub = '<sub alias="one ten">110</sub>'
    record = Booth({"/voice": f'<Say>{sub}<break time="2s"/>{sub}</Say>'}).ring()
    assert record.of("heard")[0].written == "110 … 110"


def test_a_rest_only_is_nothing_to_say() -> None:
    page = '<Say><break time="3s"/></Say>'
    assert summary(Booth({"/voice": page}).ring()) == ["error 13520", "hangup line"]


def test_prosody_changes_the_pace_of_its_words_only() -> None:
    """https://docs.aws.amazon.com/polly/latest/dg/supportedtags.html"""

    def seconds(inside: str) -> float:
        return Booth({"/voice": f'<Say language="ja-JP">{inside}</Say>'}).ring().seconds

    assert seconds('<prosody rate="50%">あいう</prosody>') == pytest.approx(2 * seconds("あいう"))
    assert seconds('<prosody rate="fast">あ</prosody>') == pytest.approx(seconds("あ") / 1.25)


def test_sub_is_heard_as_its_alias_and_kept_as_written() -> None:
    page = '<Say language="ja-JP"><sub alias="いはほ">違法</sub>です</Say>'
    heard = Booth({"/voice": page}).ring().of("heard")[0]
    assert (heard.text, heard.written) == ("いはほです", "違法です")


def test_a_pause_is_one_second_unless_given() -> None:
    assert Booth({"/voice": "<Pause/>"}).ring().seconds == 1
    assert Booth({"/voice": '<Pause length="7"/>'}).ring().seconds == 7


def test_a_wav_takes_its_own_length() -> None:
    """https://www.twilio.com/docs/voice/twiml/play: fetched by GET, without call parameters."""
    booth = Booth(
        {
            "/voice": "<Play>/tone.wav</Play>",
            "/tone.wav": lambda: Response(_wav(seconds=2.5), content_type="audio/wav"),
        }
    )
    record = booth.ring()
    heard = record.of("heard")[0]
    assert (heard.seconds, heard.url) == (2.5, "http://app.test/tone.wav")
    assert (booth.asked[1].method, booth.asked[1].fields) == ("GET", {})
    assert booth.asked[1].signed


def test_a_wav_that_lies_about_its_size_is_as_long_as_its_bytes() -> None:
    cut = _wav(seconds=2)[:-8000]
    page = "<Play>/x</Play>"
    booth = Booth({"/voice": page, "/x": lambda: Response(cut, content_type="audio/wav")})
    assert booth.ring().seconds == pytest.approx(1.5)


def test_other_audio_is_estimated_from_its_size() -> None:
    booth = Booth(
        {
            "/voice": '<Play loop="2">/a.mp3</Play>',
            "/a.mp3": lambda: Response(b"\xff" * 24_000, content_type="audio/mpeg"),
        }
    )
    assert booth.ring().seconds == pytest.approx(6)


def test_play_of_what_is_no_audio_is_an_application_error() -> None:
    """https://www.twilio.com/docs/api/errors/13420"""
    booth = Booth({"/voice": "<Play>/a</Play>", "/a": "<Say>Not audio</Say>"})
    record = booth.ring()
    assert (record.errors[0].code, record.ended_by) == (13420, "carrier")


def test_tones_take_their_waits() -> None:
    """digits: w is half a second, W one."""
    assert Booth({"/voice": '<Play digits="wW"/>'}).ring().seconds == 1.5


def test_tones_are_not_allowed_inside_gather() -> None:
    record = Booth({"/voice": '<Gather><Play digits="1"/></Gather>'}).ring("-")
    assert summary(record) == ["error 12200", "silence 5", "hangup line"]


def test_a_play_that_cannot_be_is_a_warning() -> None:
    """https://www.twilio.com/docs/api/errors/13410 and 13430"""
    for page, code in (
        ('<Play digits="call me"/>', 13430),
        ("<Play/>", 12200),
        ('<Pause length="0"/>', 13910),
    ):
        record = Booth({"/voice": f"{page}<Say>After</Say>"}).ring()
        assert summary(record, "error", "heard") == [f"error {code}", "heard After"]
    page = '<Play loop="often">/a.wav</Play>'
    sound = Response(b"", content_type="audio/wav")
    record = Booth({"/voice": page, "/a.wav": lambda: sound}).ring()
    assert summary(record, "error", "heard") == ["error 13410", "heard "]


@pytest.mark.parametrize(
    "kind",
    ["mpeg", "wav", "wave", "x-wav", "aiff", "x-aifc", "x-aiff", "x-gsm", "gsm", "ulaw"],
)
def test_every_type_that_twilio_plays_is_played(kind: str) -> None:
    """https://www.twilio.com/docs/voice/twiml/play#supported-audio-file-types"""
    sound = Response(b"\0" * 8_000, content_type=f"audio/{kind}")
    booth = Booth({"/voice": '<Play loop="3">/a</Play>', "/a": lambda: sound})
    record = booth.ring()
    assert (len(record.of("heard")), booth.paths.count("/a")) == (3, 1)


def test_a_key_pressed_while_no_gather_listens_is_lost() -> None:
    """Keys before the Gather do not reach it, hence Twilio's advice to nest the Say:
    https://support.twilio.com/hc/en-us/articles/223180068"""
    page = '<Say>Press one, please.</Say><Gather action="/done"/>'
    record = Booth({"/voice": page}).ring(phone=_Once("1", 0.2))
    assert summary(record) == [
        "pressed 1 (lost)",
        "heard Press one, please.",
        "silence 5",
        "hangup line",
    ]


class _Once:
    """Presses one key at one moment, whoever listens."""

    def __init__(self, key: str, at: float) -> None:
        self._press: Press | None = Press(key, at)

    def listen(self, listening):
        press, self._press = self._press, None
        return press or Stay()


def _wav(seconds: float) -> bytes:
    file = io.BytesIO()
    with wave.open(file, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(8_000)
        sound.writeframes(b"\0\0" * round(8_000 * seconds))
    return file.getvalue()


@pytest.mark.parametrize("kilobits", [32, 64, 128])
def test_an_mp3_lasts_as_long_as_it_sounds_at_every_bit_rate(kilobits: int) -> None:
    """Of a long file only the head is fetched: the rest goes on at the same rate."""
    lameenc = pytest.importorskip("lameenc")
    pytest.importorskip("miniaudio")
    encoder = lameenc.Encoder()
    encoder.set_bit_rate(kilobits)
    encoder.set_in_sample_rate(24_000)
    encoder.set_channels(1)
    encoder.silence()
    file = bytes(encoder.encode(bytes(2 * 24_000 * 20)) + encoder.flush())
    for head in (file, file[: HEAD_BYTES // 4]):
        assert seconds_of_audio(head, len(file)) == pytest.approx(20, abs=0.3)
