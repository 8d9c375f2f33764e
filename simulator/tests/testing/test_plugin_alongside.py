"""The pytest plugin in projects that have other things to do, and names of their own."""

import subprocess
import sys

import pytest

HEAVY = ("httpx", "httpcore", "flask", "werkzeug", "phonenumbers", "greenlet", "defusedxml")
APP = """
import pytest

@pytest.fixture
def twilio_app():
    from flask import Flask
    app = Flask("app")
    said = "<Response><Say>Hello.</Say></Response>"
    app.add_url_rule("/voice", "voice", lambda: said, methods=["POST"])
    return app
"""


@pytest.fixture
def project(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> pytest.Pytester:
    monkeypatch.setenv("PYTEST_ADDOPTS", "-p no:hypothesispytest")  # slow to start, and not used
    return pytester


def test_a_run_that_makes_no_call_loads_nothing_that_calls_need() -> None:
    script = (
        "import sys; before = set(sys.modules); import ringback.testing.plugin;"
        f"print(sorted({set(HEAVY)!r} & (set(sys.modules) - before)))"
    )
    completed = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert completed.stdout == "[]\n"


def test_the_short_names_are_the_same_telephones(project: pytest.Pytester) -> None:
    project.makeconftest(APP)
    project.makepyfile(
        """
        def test_names(carrier, phone, twilio_carrier, twilio_phone):
            assert carrier is twilio_carrier
            assert phone is twilio_phone
            phone.dials().hears("Hello.")
        """
    )
    project.runpytest().assert_outcomes(passed=1)


THEIRS = """
@pytest.fixture
def carrier():
    return "the post office"

@pytest.fixture
def phone():
    return "555-0100"
"""
USES_BOTH = """
def test_theirs(carrier, phone, twilio_phone):
    assert (carrier, phone) == ("the post office", "555-0100")
    twilio_phone.dials().hears("Hello.").is_hung_up_on()
"""


def test_a_conftests_own_fixtures_stay_and_twilios_still_work(project: pytest.Pytester) -> None:
    project.makeconftest(APP + THEIRS)
    project.makepyfile(USES_BOTH)
    project.runpytest().assert_outcomes(passed=1)


def test_a_test_files_own_fixtures_stay(project: pytest.Pytester) -> None:
    project.makeconftest(APP)
    project.makepyfile("import pytest\n" + THEIRS + USES_BOTH)
    project.runpytest().assert_outcomes(passed=1)


def test_a_projects_own_plugin_keeps_its_fixtures(project: pytest.Pytester) -> None:
    project.makepyfile(their_fixtures="import pytest\n" + THEIRS)
    project.makeconftest("pytest_plugins = ['their_fixtures']\n" + APP)
    project.makepyfile(USES_BOTH)
    project.syspathinsert()
    project.runpytest().assert_outcomes(passed=1)


def test_a_project_may_build_its_own_on_ours(project: pytest.Pytester) -> None:
    project.makeconftest(
        APP
        + """
@pytest.fixture
def phone(phone):
    return phone.dials().hears("Hello.")
"""
    )
    project.makepyfile("def test_a_call(phone): phone.is_hung_up_on()")
    project.runpytest().assert_outcomes(passed=1)
