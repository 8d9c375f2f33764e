"""Apps that are not ours: whatever Twilio would run, the carrier runs."""

import httpx
from flask import Flask, Response, make_response, request, url_for
from twilio.twiml.voice_response import Gather, VoiceResponse

from ivr.simulator import CallRecord, Carrier, ScriptedPhone
from tests.simulator.booth import CALLER, LINE, START, told


def ring(app: Flask, keys: str, method: str = "POST") -> CallRecord:
    carrier = Carrier(start=START, transport=httpx.WSGITransport(app))
    return carrier.call(
        url="https://shop.test/answer",
        method=method,
        from_=CALLER,
        to=LINE,
        phone=ScriptedPhone(keys),
    )


def tutorial() -> Flask:
    """In the manner of a first tutorial: the library's builder, Flask's own text/html."""
    app = Flask("tutorial")

    @app.route("/answer", methods=["GET", "POST"])
    def answer() -> str:
        response = VoiceResponse()
        if "Digits" in request.values:
            if request.values["Digits"] == "1":
                response.say("You selected sales. Good for you!")
                return str(response)
            response.say("Sorry, I do not understand that choice.")
        gather = Gather(num_digits=1)
        gather.say("For sales, press 1. For support, press 2.")
        response.append(gather)
        response.redirect("/answer")
        return str(response)

    return app


def test_a_tutorials_app_that_posts_to_itself() -> None:
    record = ring(tutorial(), "- 9 1")
    menu = "heard For sales, press 1. For support, press 2."
    assert told(record) == [
        menu,
        "silence 5",
        menu,
        "pressed 9",
        "heard Sorry, I do not understand that choice.",
        menu,
        "pressed 1",
        "heard You selected sales. Good for you!",
        "hangup line",
    ]
    assert record.went_well


def old_school() -> Flask:
    """Relative URLs in folders, GET everywhere, and a cookie for memory."""
    app = Flask("old school")

    @app.get("/answer")
    def answer() -> Response:
        page = xml('<Gather method="GET" action="bank/pin" finishOnKey="*"><Say>PIN</Say></Gather>')
        page.set_cookie("caller", request.args["From"])
        return page

    @app.get("/bank/pin")
    def pin() -> Response:
        return xml(
            f"<Say>{len(request.args['Digits'])} digits</Say>"
            f'<Redirect method="GET">../{url_for("farewell")[1:]}?mood=good</Redirect>'
        )

    @app.get("/farewell")
    def farewell() -> Response:
        name, mood = request.cookies.get("caller"), request.args["mood"]
        return xml(f"<Say>A {mood} day, {name}</Say><Hangup/>")

    return app


def xml(verbs: str) -> Response:
    page = make_response(f"<Response>{verbs}</Response>")
    page.content_type = "application/xml"
    return page


def test_an_app_with_relative_urls_get_and_cookies() -> None:
    record = ring(old_school(), "12#4*", method="GET")
    assert told(record) == [
        "heard PIN",
        "pressed 12#4*",
        "heard 4 digits",
        f"heard A good day, {CALLER}",
        "hangup line",
    ]
    assert record.went_well
