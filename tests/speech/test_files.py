"""Clips as files: mu-law, WAV and MP3."""

import wave
from array import array
from io import BytesIO
from struct import unpack_from

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivr.speech import mp3
from ivr.speech.detection import dtmf, keys_in
from ivr.speech.mulaw import MULAW_SILENCE, decode_mulaw, encode_mulaw
from ivr.speech.samples import Samples, joined, silence
from ivr.speech.wav import NotAClip, read_wav, wav_seconds, write_wav
from tests.speech.voices import hum, needs_lameenc, needs_miniaudio


def test_every_code_of_g711_survives_a_round_trip() -> None:
    codes = bytes(code for code in range(256) if code != 0x7F)  # 0x7F is minus zero
    assert encode_mulaw(decode_mulaw(codes)) == codes


def test_silence_is_silence() -> None:
    assert encode_mulaw(array("f", [0.0])) == MULAW_SILENCE
    assert decode_mulaw(MULAW_SILENCE)[0] == 0.0


@given(st.floats(-1, 1))
def test_a_sample_keeps_its_size_within_a_step(value: float) -> None:
    kept = decode_mulaw(encode_mulaw(array("f", [value])))[0]
    assert abs(kept - value) <= max(abs(value) / 16, 2 / 8192)


def test_too_loud_is_clipped_not_turned_over() -> None:
    kept = decode_mulaw(encode_mulaw(array("f", [1.7, -1.7])))
    assert kept[0] > 0.97
    assert kept[1] < -0.97


def test_a_clip_is_a_mulaw_wav_with_a_fact_chunk() -> None:
    file = write_wav(bytes(801))
    assert (file[:4], file[8:16]) == (b"RIFF", b"WAVEfmt ")
    assert unpack_from("<I", file, 4)[0] == len(file) - 8
    form = unpack_from("<IHHIIHHH", file, 16)  # size, kind, channels, rate, bytes, align, bits, …
    assert form == (18, 7, 1, 8000, 8000, 1, 8, 0)
    assert file[38:42] == b"fact"
    assert unpack_from("<I", file, 46)[0] == 801
    assert len(file) % 2 == 0  # chunks stand on even bytes


def test_a_clip_tells_its_seconds_and_its_sound() -> None:
    file = write_wav(encode_mulaw(dtmf("7").values))
    assert wav_seconds(file) == 0.2
    assert read_wav(file).hertz == 8000
    assert keys_in(read_wav(file)) == "7"


@given(st.binary(max_size=300))
def test_what_was_written_is_read(data: bytes) -> None:
    assert encode_mulaw(read_wav(write_wav(data)).values) == data.replace(b"\x7f", b"\xff")


@given(st.integers(0, 457), st.binary(max_size=8))
def test_a_clip_that_is_cut_off_or_garbled_is_refused_clearly(kept: int, rest: bytes) -> None:
    file = write_wav(bytes(400))
    with pytest.raises(NotAClip):
        read_wav(file[: min(kept, len(file) - 1)])
    with pytest.raises(NotAClip):
        read_wav(rest + b"no sound here")


def test_a_wav_of_two_channels_is_refused() -> None:
    file = BytesIO()
    with wave.open(file, "wb") as opened:
        opened.setnchannels(2)
        opened.setsampwidth(2)
        opened.setframerate(8000)
        opened.writeframes(bytes(400))
    with pytest.raises(NotAClip, match="expected one channel; it has 2"):
        read_wav(file.getvalue())


def test_sounds_of_different_rates_are_not_joined() -> None:
    assert joined([silence(0.1), silence(0.2)]).seconds == pytest.approx(0.3)
    with pytest.raises(ValueError, match=r"\[8000, 24000\]"):
        joined([silence(1), silence(1, 24000)])


FRAME = bytes([0xFF, 0xF3, 0x44, 0xC0]) + bytes(92)  # 24 ms of silence at 24 kHz, 32 kbit/s


def test_an_mp3_is_whole_only_if_its_last_frame_is() -> None:
    mp3.check_whole(FRAME * 3)
    mp3.check_whole(b"ID3\x04\0\0\0\0\0\x05" + bytes(5) + FRAME)
    mp3.check_whole(FRAME + b"TAG" + bytes(125))
    with pytest.raises(mp3.NotWhole, match="0 bytes"):
        mp3.check_whole(b"")
    with pytest.raises(mp3.NotWhole, match="it begins with 3c 68 74 6d"):
        mp3.check_whole(b"<html>no</html>")
    with pytest.raises(mp3.NotWhole, match="the last frame lacks 10 bytes"):
        mp3.check_whole((FRAME * 3)[:-10])
    with pytest.raises(mp3.NotWhole, match="no MP3 frame at byte 96 of 100"):
        mp3.check_whole(FRAME + b"oops")


@needs_miniaudio
def test_an_mp3_is_decoded_at_its_own_rate() -> None:
    sound = mp3.decode_mp3(FRAME * 50)
    assert sound.hertz == 24000
    assert sound.seconds == pytest.approx(50 * 0.024, abs=0.05)


@needs_miniaudio
@needs_lameenc
def test_a_clip_written_as_mp3_sounds_the_same() -> None:
    sound = mp3.decode_mp3(mp3.encode_mp3(dtmf("147*")))
    assert keys_in(sound) == "147*"


def test_stereo_becomes_one_channel() -> None:
    mono = mp3.mixed(array("h", [16384, 0, -16384, -16384]), 2, 8000)
    assert list(mono.values) == [0.25, -0.5]
    assert isinstance(hum(0.1), Samples)
