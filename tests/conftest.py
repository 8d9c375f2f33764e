"""Fixtures that any test may use, and how hypothesis looks for trouble.

`make test` tries the same examples on every run; others are looked for by
`make test ARGS=--hypothesis-profile=explore`.
"""

import os
from pathlib import Path

import pytest
from hypothesis import settings

from ivr.check.loading import open_line
from ivr.engine import Line
from ivr.speech.studio import Studio
from tests.support.rendered import locked, rendered

ROOT = Path(__file__).resolve().parents[1]
TOWN = ROOT / "tests" / "lines" / "town"

settings.register_profile("steady", deadline=None, derandomize=True, max_examples=60)
settings.register_profile("explore", deadline=None, max_examples=2000)
settings.load_profile("steady")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update", action="store_true", help="write golden calls anew from what is heard"
    )


@pytest.fixture
def update(request: pytest.FixtureRequest) -> bool:
    """Whether golden files are to be written anew."""
    return bool(request.config.getoption("--update"))


@pytest.fixture(scope="session")
def line() -> Line:
    """The shipped line."""
    return open_line(ROOT / "data", ROOT / "prompts")


@pytest.fixture(scope="session")
def town() -> Line:
    """A small line with every kind of node and agency, whose facts the tests know."""
    return open_line(TOWN / "data", TOWN / "prompts")


@pytest.fixture(scope="session")
def studio(tmp_path_factory: pytest.TempPathFactory) -> Studio:
    """Every clip of the shipped line, rendered offline; built once, whatever runs in parallel."""
    shared = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent
    folder = shared / "rendered"
    folder.mkdir(exist_ok=True)
    with locked(folder):
        return rendered(folder / "audio")
