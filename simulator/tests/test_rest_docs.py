"""simulator/docs/rest.md: its example runs and prints what it says, its curl works."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from ringback import Carrier
from simulator.tests.booth import START

ROOT = Path(__file__).resolve().parents[1]
PAGE = (ROOT / "docs" / "rest.md").read_text(encoding="utf-8")


def block(language: str) -> str:
    found = re.search(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)
    assert found
    return found[1]


def test_the_example_prints_what_the_page_says() -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}
    ran = subprocess.run(
        [sys.executable, "-c", block("python")],
        env=environment,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
    )
    assert ran.stderr == ""
    assert ran.stdout == block("text")


def test_curl_works_as_written(tmp_path: Path) -> None:
    carrier = Carrier(start=START, numbers=["+815031234567"])
    with carrier.rest_api() as api:
        environment = {
            **os.environ,
            "API": api.url,
            "SID": carrier.account_sid,
            "TOKEN": carrier.auth_token,
            "NO_PROXY": "127.0.0.1",
            "no_proxy": "127.0.0.1",
        }
        command = block("console").removeprefix("$ ")
        try:
            subprocess.run(["curl", "--version"], capture_output=True, timeout=60)
        except FileNotFoundError:
            pytest.skip("there is no curl here")
        ran = subprocess.run(
            ["bash", "-c", command], env=environment, capture_output=True, timeout=60
        )
    assert json.loads(ran.stdout)["status"] == "queued"
    assert [kept.body for kept in carrier.messages] == ["相談窓口です。"]


def test_the_page_names_the_codes_that_the_simulator_gives() -> None:
    """Those of a fault are for whoever asked for it."""
    given: set[str] = set()
    for file in (ROOT / "ringback" / "rest").glob("*.py"):
        if file.name not in ("fault_injection.py", "fault.py", "fault_rules.py"):
            given |= set(re.findall(r"\b\d{5}\b", file.read_text(encoding="utf-8")))
    assert given
    assert given <= set(re.findall(r"\b\d{5}\b", PAGE))
