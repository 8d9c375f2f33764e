"""The pytest plugin in another project: fixtures, settings, and what a failing test prints."""

import pytest

SHOP = """
from flask import Flask, request
from twilio.rest import Client

app = Flask(__name__)

@app.post("/voice")
def voice():
    if request.form.get("Digits") == "1":
        Client().messages.create(to=request.form["From"], from_=request.form["To"], body="Open 9-5")
        return "<Response><Say>It is on its way. Goodbye.</Say></Response>"
    return "<Response><Gather numDigits='1'><Say>Press 1 for a text.</Say></Gather></Response>"
"""
CONFTEST = """
import pytest

@pytest.fixture
def twilio_app():
    from shop import app
    return app
"""
STORY = """
def test_a_call(phone):
    phone.dials().hears("Press 1").presses("1").received_text("9-5")
    phone.hears("Goodbye").is_hung_up_on()
"""


@pytest.fixture
def project(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> pytest.Pytester:
    """A project with the app of a shop, and no account anywhere."""
    monkeypatch.delenv("TWILIO_ACCOUNT_SID", raising=False)
    monkeypatch.delenv("TWILIO_AUTH_TOKEN", raising=False)
    monkeypatch.setenv("PYTEST_ADDOPTS", "-p no:hypothesispytest")  # slow to start, and not used
    pytester.makepyfile(shop=SHOP)
    pytester.makeconftest(CONFTEST)
    pytester.syspathinsert()
    return pytester


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


def test_texts_that_did_not_come_are_reported(project: pytest.Pytester) -> None:
    project.makepyfile(
        """
        def test_no_text(phone):
            phone.dials().presses("1").received_no_text()

        def test_other_words(phone):
            phone.dials().received_no_text().presses("1").received_text("10-6")

        def test_another_telephone(phone):
            phone.dials().presses("1").received_text("9-5", to="+819000000000")

        def test_none(phone):
            phone.dials().received_text("9-5")
        """
    )
    result = project.runpytest()
    result.assert_outcomes(failed=4)
    result.stdout.fnmatch_lines(
        [
            "E*expected +819012345678 to receive no text",
            "E*received: 'Open 9-5'",
            "E*expected +819012345678 to receive a text with '10-6'",
            "E*received: 'Open 9-5'",
            "E*expected +819000000000 to receive a text with '9-5'",
            "E*no text was received",
            "E*a text went to +819012345678 instead",
            "E*no text was received",
        ]
    )


TEXTING = """
import pytest
from flask import Flask, request
from twilio.rest import Client

@pytest.fixture
def twilio_app():
    app = Flask("texts")

    @app.post("/sms")
    def sms():
        if request.form["Body"] == "broken":
            return "no", 500
        if request.form["Body"] == "nothing":
            return "<Response/>"
        return f"<Response><Message>You wrote {request.form['Body']}</Message></Response>"

    @app.post("/voice")
    def voice():
        Client().messages.create(to=request.form["From"], from_=request.form["To"], body="Hello")
        return "<Response><Pause length='60'/></Response>"

    return app
"""


def test_an_app_is_texted_and_answers(project: pytest.Pytester) -> None:
    project.makeconftest(TEXTING)
    project.makepyfile(
        """
        def test_a_text(phone):
            phone.texts("one").received_text("You wrote one")
            phone.texts("two").received_text("You wrote two")
            phone.texts("nothing").received_no_text()
        """
    )
    project.runpytest().assert_outcomes(passed=1)


def test_an_answer_that_did_not_come_is_reported_with_what_went_wrong(
    project: pytest.Pytester,
) -> None:
    project.makeconftest(TEXTING)
    project.makepyfile(
        """
        def test_an_old_answer(phone):
            phone.texts("one").texts("two").received_text("You wrote one")

        def test_a_broken_app(phone):
            phone.texts("broken").received_text("You wrote")
        """
    )
    result = project.runpytest()
    result.assert_outcomes(failed=2)
    result.stdout.fnmatch_lines(
        [
            "E*received: 'You wrote two'",
            "E*The text from +819012345678 to +15005550006, 'two':",
            "E*0.0 s  text    to +819012345678: You wrote two",
            "E*no text was received",
            "E*The text from +819012345678 to +15005550006, 'broken':",
            "E*carrier error 11200: the app answered 500*",
        ]
    )


def test_a_text_that_cannot_be_delivered_was_not_received(project: pytest.Pytester) -> None:
    project.makeconftest(TEXTING)
    project.makepyfile(
        """
        from ringback import Delivery

        def test_out_of_reach(carrier, phone):
            carrier.deliveries = lambda message: Delivery.undelivered()
            phone.dials().received_text("Hello").waits(5).received_no_text()
            phone.hangs_up().waits(5).received_text("Hello")
        """
    )
    result = project.runpytest()
    result.stdout.fnmatch_lines(["E*no text was received", "E*undelivered: 'Hello'"])


def test_requests_are_signed_with_the_projects_token(project: pytest.Pytester) -> None:
    project.makeini(
        """
        [pytest]
        twilio_url = https://shop.example/answer?greeting=1
        twilio_auth_token = a-token-of-theirs
        twilio_numbers = +815031234567 +15005550006
        twilio_caller = anonymous
        """
    )
    project.makeconftest(
        """
        import pytest
        from flask import Flask, request
        from twilio.request_validator import RequestValidator

        @pytest.fixture
        def twilio_app():
            app = Flask("strict")

            @app.post("/answer")
            def answer():
                given, form = request.headers["X-Twilio-Signature"], request.form
                if not RequestValidator("a-token-of-theirs").validate(request.url, form, given):
                    return "forbidden", 403
                return f"<Response><Say>{form['From']} {form['To']}</Say></Response>"

            return app
        """
    )
    project.makepyfile(
        """
        def test_a_call(phone):
            phone.dials().hears("anonymous +815031234567").is_hung_up_on()
        """
    )
    project.runpytest().assert_outcomes(passed=1)


def test_every_setting_can_be_a_fixture(project: pytest.Pytester) -> None:
    project.makepyfile(
        """
        import os
        from datetime import UTC, datetime
        import pytest

        NOW = datetime(2030, 1, 1, tzinfo=UTC)

        @pytest.fixture
        def twilio_now():
            return NOW

        @pytest.fixture
        def twilio_account_sid():
            return "AC" + "7" * 32

        @pytest.fixture
        def twilio_auth_token():
            return "of the fixture"

        def test_a_call(carrier, phone):
            assert carrier.now() == NOW
            assert os.environ["TWILIO_ACCOUNT_SID"] == carrier.account_sid == "AC" + "7" * 32
            assert os.environ["TWILIO_AUTH_TOKEN"] == carrier.auth_token == "of the fixture"
            phone.dials().hears("Press 1")
        """
    )
    project.runpytest().assert_outcomes(passed=1)


def test_the_app_may_be_built_with_the_carrier(project: pytest.Pytester) -> None:
    """Its clock is the carrier's: what it says depends on the virtual time."""
    project.makeconftest(
        """
        import pytest
        from flask import Flask

        @pytest.fixture
        def twilio_app(carrier):
            app = Flask("clock")

            @app.post("/voice")
            def voice():
                wait = '<Pause length="90"/><Redirect/>'
                return f"<Response><Say>It is {carrier.now():%H:%M}</Say>{wait}</Response>"

            return app
        """
    )
    project.makepyfile(
        """
        def test_a_call(phone):
            phone.dials().hears("It is 01:00").waits(91).hears("It is 01:01")
        """
    )
    project.runpytest().assert_outcomes(passed=1)


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


def test_no_request_leaves_for_another_host(project: pytest.Pytester) -> None:
    project.makeconftest(
        """
        import pytest
        from flask import Flask
        from twilio.rest import Client

        @pytest.fixture
        def twilio_app():
            app = Flask("abroad")

            @app.post("/voice")
            def voice():
                return "<Response><Play>https://sounds.example/hello.mp3</Play></Response>"

            return app
        """
    )
    project.makepyfile(
        """
        import pytest
        from twilio.base.exceptions import TwilioRestException
        from twilio.rest import Client

        def test_a_sound(phone):
            phone.dials().hears("application error")
            [error] = [event for event in phone.events if event.event == "error"]
            assert "sounds.example is not the host of the app under test, app.test" in error.text

        def test_another_api(carrier):
            with pytest.raises(TwilioRestException) as refused:
                Client().verify.v2.services("VA1").fetch()
            assert refused.value.status == 404
        """
    )
    project.runpytest().assert_outcomes(passed=2)


def test_sounds_on_other_hosts_are_fetched_where_that_is_wanted(project: pytest.Pytester) -> None:
    project.makeini("[pytest]\ntwilio_network = true\ntwilio_method = get\n")
    project.makeconftest(
        """
        import pytest
        from threading import Thread
        from flask import Flask, Response
        from werkzeug.serving import make_server

        @pytest.fixture
        def sounds():
            app = Flask("sounds")
            hello = lambda: Response(b"x" * 8000, mimetype="audio/mpeg")
            app.add_url_rule("/hello.mp3", "hello", hello)
            server = make_server("127.0.0.1", 0, app)
            Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
            yield f"http://127.0.0.1:{server.server_port}"
            server.shutdown()
            server.server_close()

        @pytest.fixture
        def twilio_app(sounds):
            app = Flask("player")
            play = f"<Response><Play>{sounds}/hello.mp3</Play></Response>"
            app.add_url_rule("/voice", "voice", lambda: play, methods=["GET"])
            return app
        """
    )
    project.makepyfile(
        """
        def test_a_sound(phone):
            phone.dials().hears("hello.mp3").is_hung_up_on()
            assert phone.seconds == 1
        """
    )
    project.runpytest().assert_outcomes(passed=1)


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
