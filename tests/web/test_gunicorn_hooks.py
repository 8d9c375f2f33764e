"""The line as it is deployed: the Procfile's gunicorn, real HTTP, real signatures."""

import subprocess
from collections import deque
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from threading import Event

import pytest

from ivr.engine import Line
from ivr.engine.number_speech import read_number
from ivr.engine.speech import Digits
from ivr.engine.tree import Ask, Refer
from ringback import Carrier, ScriptedPhone, usual_delivery
from tests.support.served import READY_SECONDS, free_port, served, start
from tests.support.signed import ENVIRON, MOBILE

BOXES = [f"C{number}" for number in range(1, 13)]


@pytest.fixture(scope="module")
def carrier() -> Carrier:
    return Carrier(
        start=datetime(2026, 11, 24, 3, tzinfo=UTC),
        numbers=["+15005550006"],
        account_sid=ENVIRON["TWILIO_ACCOUNT_SID"],
        auth_token=ENVIRON["TWILIO_AUTH_TOKEN"],
    )


@pytest.fixture(scope="module")
def address(carrier: Carrier, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder, port = tmp_path_factory.mktemp("served"), free_port()
    with carrier.rest_api() as rest:
        environ = {
            **ENVIRON,
            "PUBLIC_URL": f"http://127.0.0.1:{port}",
            "TWILIO_API_URL": rest.url,
            "DATABASE_URL": f"sqlite:///{folder}/texts.sqlite3",
        }
        with served(environ, port) as url:
            yield url


def way_to(line: Line, box: str) -> tuple[str, Refer]:
    """The fewest keys from the first question to the referral that stands for a box."""
    ways = deque([("", line.tree.start)])
    while ways:
        keys, name = ways.popleft()
        node = line.node(name)
        if isinstance(node, Refer) and box in node.covers:
            return keys.strip(), node
        if isinstance(node, Ask):
            ways.extend((f"{keys} {key}", choice.go) for key, choice in node.choices.items())
    raise AssertionError(f"no way leads to {box}")


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("box", BOXES)
def test_every_box_of_the_chart_is_two_keys_away(
    carrier: Carrier, address: str, line: Line, box: str, language: str
) -> None:
    """chart.md C1 to C12; caller rule B1: two decisions at most."""
    keys, referral = way_to(line, box)
    assert len(keys.split()) <= 2
    others = " 2" * (len(referral.refer) - 1)
    choose = "9 " if language == "en" else ""
    # The silence hears the number of one that is closed, too.
    phone = ScriptedPhone(f"{choose}{keys} -{others} .", barge_in=False)
    call = carrier.call(url=f"{address}/voice", from_=MOBILE, to="+815031234567", phone=phone)
    assert call.went_well, call
    heard = "\n".join(event.written or event.text or "" for event in call.of("heard"))
    for agency in _understood(line, referral, language):
        assert line.scripts[language].agencies[agency].heard in heard, agency
        assert _contact(line, agency, language) in heard, agency


def _understood(line: Line, referral: Refer, language: str) -> list[str]:
    return [
        name
        for name in referral.refer
        if line.speaks(name, language) or line.speaks(name, line.tree.language)
    ]


def _contact(line: Line, agency: str, language: str) -> str:
    """What must be heard of it: the number twice, else the words to search for."""
    known = line.agency(agency)
    numbers = [phone.number for phone in known.phones if phone.speakable]
    script = line.scripts[language]
    if not numbers:
        return script.agencies[agency].searched if known.link else script.prompts.referral.desk
    *_, read = read_number(numbers[0], script.prompts)
    assert isinstance(read, Digits)
    once = " ".join(digit for group in read.groups for digit in group)
    return f"{once} … {once}"


def test_a_text_goes_out_once_though_two_workers_serve_the_repeats(
    carrier: Carrier, address: str
) -> None:
    """The web process's own worker sends it, in its own time."""
    before, taken = len(carrier.messages), Event()
    carrier.deliveries = lambda message: taken.set() or usual_delivery(message)
    phone = ScriptedPhone("3 1 1 1 1 .")
    call = carrier.call(url=f"{address}/voice", from_=MOBILE, to="+815031234567", phone=phone)
    assert call.went_well, call
    assert taken.wait(READY_SECONDS)
    assert len(carrier.messages) == before + 1
    assert "https://www.ihaho.jp/" in carrier.messages[-1].body


@pytest.mark.parametrize(
    ("missing", "said"),
    [
        ("TWILIO_AUTH_TOKEN", "TWILIO_AUTH_TOKEN is missing"),
        ("PUBLIC_URL", "PUBLIC_URL is missing"),
        ("TWILIO_ACCOUNT_SID", "TWILIO_ACCOUNT_SID is missing"),
    ],
)
def test_without_what_it_needs_the_line_refuses_to_start_in_one_clear_line(
    missing: str, said: str
) -> None:
    environ = {name: value for name, value in ENVIRON.items() if name != missing}
    code, stderr = _exit(environ)
    assert code != 0
    assert said in stderr
    assert "Traceback" not in stderr


def test_with_a_broken_tree_the_server_refuses_to_start_and_names_every_problem(
    tmp_path: Path, line: Line
) -> None:
    data = tmp_path / "data"
    data.mkdir()
    shipped = Path(__file__).parents[2] / "data"
    agencies = (shipped / "agencies.yaml").read_text().replace("trust: V,", "trust: W,", 1)
    tree = (shipped / "tree.yaml").read_text().replace("go: danger", "go: dangr")
    (data / "agencies.yaml").write_text(agencies)
    (data / "tree.yaml").write_text(tree)
    code, stderr = _exit({**ENVIRON, "IVR_DATA": str(data)})
    assert code != 0
    assert "missing-target: no node `dangr`; did you mean `danger`?" in stderr
    assert "agencies.yaml:" in stderr
    assert "Traceback" not in stderr


def _exit(environ: dict[str, str]) -> tuple[int, str]:
    process: subprocess.Popen[str] = start(free_port(), environ)
    _, stderr = process.communicate(timeout=60)
    return process.returncode, stderr
