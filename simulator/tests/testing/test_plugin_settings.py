"""The pytest plugin's settings: as ini options and fixtures, and which hosts are requested."""

import pytest


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
