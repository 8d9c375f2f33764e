"""The pytest plugin in another project: calls, and what a failing test prints."""

import pytest

STORY = """
def test_a_call(phone):
    phone.dials().hears("Press 1").presses("1").received_text("9-5")
    phone.hears("Goodbye").is_hung_up_on()
"""


def test_an_app_in_process_is_called_and_texts(project: pytest.Pytester) -> None:
    project.makepyfile(STORY)
    project.runpytest().assert_outcomes(passed=1)


def test_the_same_test_runs_over_http(project: pytest.Pytester) -> None:
    project.makeconftest(
        """
        import pytest
        from threading import Thread
        from werkzeug.serving import make_server

        @pytest.fixture
        def twilio_app():
            from shop import app
            server = make_server("127.0.0.1", 0, app)
            Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
            yield f"http://127.0.0.1:{server.server_port}/voice"
            server.shutdown()
            server.server_close()
        """
    )
    project.makepyfile(STORY)
    project.runpytest().assert_outcomes(passed=1)


def test_a_failure_shows_the_call_and_the_line_of_the_test(project: pytest.Pytester) -> None:
    project.makepyfile(
        """
        def test_a_call(phone):
            phone.dials().hears("Press 2 for a text")
        """
    )
    result = project.runpytest()
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(
        [
            '>*phone.dials().hears("Press 2 for a text")',
            "E*expected to hear 'Press 2 for a text'",
            "E*nearest heard: 'Press 1 for a text.' at 0.0 s",
            "E*The call from +819012345678 to +15005550006:",
            "E*0.0 s  line    Press 1 for a text.",
        ]
    )
    result.stdout.no_fnmatch_line("*handset.py*")


def test_without_an_app_it_is_said_what_to_write(pytester: pytest.Pytester) -> None:
    pytester.makepyfile("def test_a_call(phone): phone.dials()")
    result = pytester.runpytest()
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["*In conftest.py write a fixture twilio_app*"])


def test_what_is_no_app_is_reported(project: pytest.Pytester) -> None:
    project.makepyfile(
        """
        import pytest

        @pytest.fixture
        def twilio_app():
            return 5000

        def test_a_call(phone):
            phone.dials()
        """
    )
    result = project.runpytest()
    result.stdout.fnmatch_lines(["*twilio_app gave 5000: expected a WSGI application, or the URL*"])


def test_a_call_that_a_test_leaves_open_is_hung_up(project: pytest.Pytester) -> None:
    project.makepyfile(
        """
        import pytest

        calls = []

        @pytest.fixture
        def watched(carrier):
            place = carrier.call
            carrier.call = lambda **how: calls.append(place(**how))

        def test_left_open(watched, phone):
            phone.dials().hears("Press 1")

        def test_failing(watched, phone):
            phone.dials().hears("Press 2")

        def test_both_have_ended():
            assert [call.ended_by for call in calls] == ["caller", "caller"]
        """
    )
    project.runpytest().assert_outcomes(passed=2, failed=1)
