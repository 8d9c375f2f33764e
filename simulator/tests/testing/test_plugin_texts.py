"""The pytest plugin in another project: texts, their answers, and what a failing test prints."""

import pytest


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
