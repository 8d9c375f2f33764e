"""`ivr call --record` and `ivr replay`: a call is kept as a file and run again as a test."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from threading import Thread

import pytest
from click.testing import CliRunner, Result
from flask import Flask, Response, request
from werkzeug.serving import make_server

from ivr.commands import main
from ringback import Event
from ringback.commands.shared.account import CALLER
from ringback.commands.shared.fictional_numbers import is_nobodys, somebodys
from ringback.transcript.golden import read_stories

ACCOUNT = {"TWILIO_ACCOUNT_SID": "AC" + "1" * 32, "TWILIO_AUTH_TOKEN": "a-token"}


def ivr(*arguments: object) -> Result:
    return CliRunner(mix_stderr=False).invoke(main, [str(word) for word in arguments], env=ACCOUNT)


@dataclass
class Shop:
    """An app that is not ours, on real HTTP; its words may change."""

    url: str = ""
    words: dict[str, str] = field(
        default_factory=lambda: {"": "Welcome. Press a key.", "1": "You chose one."}
    )


@pytest.fixture
def shop() -> Iterator[Shop]:
    app, it = Flask("shop"), Shop()

    @app.post("/voice")
    def voice() -> Response:
        said = it.words.get(request.form.get("Digits", ""), "Thank you.")
        gather = f"<Gather finishOnKey='#'><Say>{said}</Say></Gather>"
        return Response(f"<Response>{gather}</Response>", content_type="text/xml")

    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    it.url = f"http://127.0.0.1:{server.server_port}/voice"
    yield it
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "calls.yaml"


def test_a_call_to_the_line_is_kept_and_goes_the_same_way_again(file: Path) -> None:
    recorded = ivr("call", "--keys", "3 1 .", "--at", "2026-11-24T12:00", "--record", file)
    assert recorded.exit_code == 0, recorded.output
    assert f"The call is in {file}" in recorded.stderr
    text = file.read_text(encoding="utf-8")
    assert text.startswith("- story: Presses 3 1 .\n  at: '2026-11-24T12:00:00+09:00'\n")
    assert "    t: 33.5\n" in text
    replayed = ivr("replay", file)
    assert (replayed.exit_code, replayed.stdout) == (0, "1 file: no calls went another way\n")


def test_calls_are_added_to_a_file(shop: Shop, file: Path) -> None:
    for keys in ("1# .", "."):
        assert ivr("call", "--url", shop.url, "--keys", keys, "--record", file).exit_code == 0
    assert file.read_text(encoding="utf-8").count("- story: ") == 2
    assert " at: " not in file.read_text(encoding="utf-8")  # the app has a clock of its own
    assert ivr("replay", file, "--url", shop.url).exit_code == 0


@pytest.mark.parametrize(
    ("before", "titles"),
    [
        ("# Read by Hanako\n- story: Chooses\n  keys: '1'", ["Chooses", "Presses ."]),
        ("[{story: Chooses, keys: '1'}]\n", ["Chooses", "Presses ."]),
        ("[]\n", ["Presses ."]),
        ("", ["Presses ."]),
    ],
)
def test_a_call_is_added_however_the_others_are_written(
    before: str, titles: list[str], shop: Shop, file: Path
) -> None:
    file.write_text(before, encoding="utf-8")
    recorded = ivr("call", "--url", shop.url, "--keys", ".", "--record", file)
    assert recorded.exit_code == 0, recorded.stderr
    text = file.read_text(encoding="utf-8")
    assert [story.title for story in read_stories("calls.yaml", text)] == titles
    assert text.startswith("# Read by Hanako") == before.startswith("# Read by Hanako")


def test_a_file_that_holds_something_else_is_refused_before_the_call(file: Path) -> None:
    file.write_text("name: somebody's notes\n", encoding="utf-8")
    result = ivr("call", "--keys", ".", "--record", file)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "it holds no calls" in " ".join(result.stderr.split())
    assert ivr("call", "--keys", ".", "--record", file.with_suffix(".txt")).exit_code == 2


def test_a_change_is_shown_with_its_second_and_key_and_all_files_are_run(
    shop: Shop, tmp_path: Path
) -> None:
    for name in ("a.yaml", "b.yaml"):
        ivr("call", "--url", shop.url, "--keys", "1# .", "--record", tmp_path / name)
    shop.words["1"] = "You chose the first."
    result = ivr("replay", tmp_path, "--url", shop.url)
    assert result.exit_code == 1
    difference = [
        "  @@ at 3.1 s, after the keys 1#",
        "     Press a key.",
        "   pressed: 1#",
        "  -heard: You chose one.",
        "  +heard: You chose the first.",
        "   hangup: caller",
    ]
    assert result.stdout.splitlines() == [
        f"{tmp_path}/a.yaml:1: Presses 1# .",
        *difference,
        f"{tmp_path}/b.yaml:1: Presses 1# .",
        *difference,
        "2 files: 2 calls went another way",
    ]


def test_update_writes_the_file_as_the_call_goes_now(shop: Shop, file: Path) -> None:
    ivr("call", "--url", shop.url, "--keys", "1# .", "--record", file)
    shop.words["1"] = "You chose the first."
    assert ivr("replay", file, "--url", shop.url, "--update").exit_code == 0
    assert "You chose the first." in file.read_text(encoding="utf-8")
    assert ivr("replay", file, "--url", shop.url).exit_code == 0


def test_a_call_that_nobody_has_seen_yet_may_be_written_by_hand(shop: Shop, file: Path) -> None:
    file.write_text("- story: Chooses one\n  keys: '1# .'\n", encoding="utf-8")
    first = ivr("replay", file, "--url", shop.url)
    assert first.exit_code == 1
    assert "has no `then` yet: --update writes what is heard" in first.stdout
    assert ivr("replay", file, "--url", shop.url, "--update").exit_code == 0
    assert ivr("replay", file, "--url", shop.url).exit_code == 0


def test_files_that_cannot_be_read_do_not_stop_the_others(shop: Shop, tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("- keys: 3\n", encoding="utf-8")
    (tmp_path / "b.yaml").write_bytes(b"\xff\xfe")
    ivr("call", "--url", shop.url, "--keys", ".", "--record", tmp_path / "c.yaml")
    result = ivr("replay", tmp_path, "--url", shop.url, "--update")
    assert result.exit_code == 1
    assert f"{tmp_path}/a.yaml:1: a call needs `story`" in result.stderr
    assert f"{tmp_path}/b.yaml: cannot be read" in result.stderr
    assert result.stdout == "3 files: no calls went another way, 2 could not be read\n"


def test_a_folder_without_calls_is_told(tmp_path: Path) -> None:
    result = ivr("replay", tmp_path)
    assert result.exit_code == 2
    assert "there is no .yaml file in" in result.stderr


def test_no_callers_number_is_recorded(file: Path) -> None:
    result = ivr("call", "--keys", ".", "--from", "+819055551234", "--record", file)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "may be somebody's" in result.stderr
    assert not file.exists()


@pytest.mark.parametrize("number", ["+15005550006", "+819012345679"])
def test_numbers_that_look_like_ours_are_not_ours(number: str) -> None:
    assert not is_nobodys(number)


@pytest.mark.parametrize("number", ["+12025550123", "+447700900999", "anonymous", CALLER])
def test_numbers_of_nobody(number: str) -> None:
    assert is_nobodys(number)


def test_a_call_in_which_a_number_was_keyed_in_is_not_written(shop: Shop, file: Path) -> None:
    result = ivr("call", "--url", shop.url, "--keys", "09055551234# .", "--record", file)
    assert result.exit_code == 1
    assert f"{file} was not written: 09055551234# may be somebody's number" in result.stderr
    assert not file.exists()
    ours = ivr("call", "--url", shop.url, "--keys", "09012345678# .", "--record", file)
    assert ours.exit_code == 0, ours.stderr


def test_a_text_to_somebody_is_not_written() -> None:
    sent = [Event(t=1, event="texted", to=to, body="x") for to in (CALLER, "+819055551234")]
    assert somebodys(sent) == ["+819055551234"]


def test_keys_that_are_no_number_are_nobodys() -> None:
    keys = ["3", "33333333333333", "0000", "12345678901234567890", "#", "110"]
    assert somebodys(Event(t=1, event="pressed", keys=key) for key in keys) == []
