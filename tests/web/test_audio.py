"""SPEECH=play: the line's own voice, clip by clip, and Say where a clip is missing."""

import shutil
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from flask import Flask

from ivr.settings import Settings
from ivr.speech.studio import Studio
from ivr.web import create_app
from tests.support.signed import ENVIRON, PUBLIC, Heard, SignedClient

NOON = datetime(2026, 11, 30, 3, 0, tzinfo=UTC)


def playing(audio: Path, folder: Path, **environ: str) -> Flask:
    settings = Settings.from_environ(
        {
            **ENVIRON,
            "SPEECH": "play",
            "IVR_AUDIO": str(audio),
            "DATABASE_URL": f"sqlite:///{folder}/texts.sqlite3",
            **environ,
        }
    )
    return create_app(settings, clock=lambda: NOON)


def played(heard: Heard) -> list[str]:
    return [play.text or "" for play in heard.xml.iter("Play")]


def test_every_turn_is_played_and_nothing_is_said(studio: Studio, tmp_path: Path) -> None:
    line = SignedClient(playing(studio.audio.folder, tmp_path))
    for keys in ([], ["3"], ["3", "2"], ["1", None], ["9", "4"], [None, None], ["8"], ["0", "7"]):
        heard = line.call(*keys)
        assert played(heard)
        assert heard.xml.find(".//Say") is None
        assert all(url.startswith(f"{PUBLIC}/audio/") for url in played(heard))


def test_a_clip_may_be_kept_for_ever(studio: Studio, tmp_path: Path) -> None:
    """https://www.twilio.com/docs/voice/twiml/play: proxies keep what Cache-Control lets them."""
    app = playing(studio.audio.folder, tmp_path)
    url = played(SignedClient(app).call())[0]
    answer = app.test_client().get(urlsplit(url).path.removeprefix("/phone"))
    assert answer.status_code == 200
    assert answer.content_type == "audio/wav"
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer.data[:4] == b"RIFF"


@pytest.mark.parametrize("name", ["manifest.json", "..%2F..%2Fpyproject.toml", "none.wav", ".wav"])
def test_nothing_but_clips_is_given_away(studio: Studio, tmp_path: Path, name: str) -> None:
    app = playing(studio.audio.folder, tmp_path)
    assert app.test_client().get(f"/audio/{name}").status_code == 404


def test_clips_may_be_served_from_elsewhere(studio: Studio, tmp_path: Path) -> None:
    app = playing(studio.audio.folder, tmp_path, AUDIO_URL="https://cdn.example.jp/voice")
    assert all(
        u.startswith("https://cdn.example.jp/voice/") for u in played(SignedClient(app).call())
    )


def test_what_has_no_clip_is_said_in_its_place(studio: Studio, tmp_path: Path) -> None:
    """Clip by clip: one lost file of a menu does not silence the menu."""
    some = tmp_path / "some"
    some.mkdir()
    for file in studio.audio.folder.iterdir():
        if file.is_file():
            (some / file.name).write_bytes(file.read_bytes())
    studio_of_some = type(studio.audio)(some)
    lost = next(e for e in studio_of_some.entries.values() if e.text == "つらい気持ちを話すには")
    manifest = (some / "manifest.json").read_text(encoding="utf-8")
    (some / "manifest.json").write_text(
        manifest.replace("つらい気持ちを話すには", "だれも言わないことば"), encoding="utf-8"
    )
    heard = SignedClient(playing(some, tmp_path)).call()
    assert heard.text == lost.text
    gather = heard.xml.find("Gather")
    assert gather is not None
    tags = [child.tag for child in gather]
    assert tags.count("Say") == 1
    assert 0 < tags.index("Say") < len(tags) - 1


def test_a_lost_file_is_said_though_the_list_still_names_it(
    studio: Studio, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """The carrier would play nothing at all there, and the caller would miss a key."""
    some = tmp_path / "some"
    shutil.copytree(studio.audio.folder, some)
    lost = [e for e in studio.audio.entries.values() if e.text == "つらい気持ちを話すには"]
    for entry in lost:
        (some / entry.file).unlink()
    heard = SignedClient(playing(some, tmp_path)).call()
    assert heard.text == "つらい気持ちを話すには"
    assert "what is missing is said" in caplog.text


def test_without_any_clips_all_is_said(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    heard = SignedClient(playing(tmp_path / "nothing", tmp_path)).call()
    assert heard.text.startswith("命が危ないときは")
    assert "ivr prompts build" in caplog.text


def test_words_that_a_voice_would_misread_are_respelt_for_say(tmp_path: Path) -> None:
    """The lexicon serves the carrier's voice too, as SSML sub."""
    settings = Settings.from_environ(
        {**ENVIRON, "DATABASE_URL": f"sqlite:///{tmp_path}/texts.sqlite3"}
    )
    line = SignedClient(create_app(settings, clock=lambda: NOON))
    [sub] = line.call("3", "2").xml.findall(".//sub[@alias='人権ヒャクトーバン']")
    assert sub.text == "人権110番"
