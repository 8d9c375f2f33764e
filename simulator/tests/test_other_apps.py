"""Apps that are not ours: whatever Twilio would run, the carrier runs."""

import httpx
from flask import Flask, Response, make_response, request, url_for
from twilio.twiml.voice_response import Dial, Gather, VoiceResponse

from ringback import Callee, CallRecord, Carrier, ScriptedPhone
from simulator.tests.booth import CALLER, LINE, START, summary


def ring(app: Flask, keys: str, method: str = "POST", callee: Callee | None = None) -> CallRecord:
    carrier = Carrier(start=START, transport=httpx.WSGITransport(app))
    return carrier.call(
        url="https://shop.test/answer",
        method=method,
        from_=CALLER,
        to=LINE,
        phone=ScriptedPhone(keys),
        callee=callee,
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
    assert summary(record) == [
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
    assert summary(record) == [
        "heard PIN",
        "pressed 12#4*",
        "heard 4 digits",
        f"heard A good day, {CALLER}",
        "hangup line",
    ]
    assert record.went_well


SALES = "+81312345678"
GREETING = "heard Which department? Press 1 or say sales, or say what it is about."


def reception() -> Flask:
    """A receptionist: speech or keys, no Redirect for silence, a Dial and a voicemail."""
    app = Flask("reception")

    @app.post("/answer")
    def answer() -> str:
        response = VoiceResponse()
        gather = Gather(
            input="dtmf speech",
            num_digits=1,
            action=url_for("department"),
            speech_timeout="auto",
            hints="sales, support",
        )
        gather.say("Which department? Press 1 or say sales, or say what it is about.")
        response.append(gather)
        response.say("We did not hear you. Goodbye!")
        return str(response)

    @app.post("/department")
    def department() -> str:
        response = VoiceResponse()
        words = request.form.get("SpeechResult", "").lower()
        if request.form.get("Digits") == "1" or "sales" in words:
            response.say("One moment.")
            dial = Dial(action=url_for("ended"), timeout=20, caller_id=LINE)
            dial.number(SALES)
            response.append(dial)
        else:
            response.say(f"Nobody here knows about {words or 'that key'}. Leave a message.")
            response.record(action=url_for("recorded"), max_length=30, finish_on_key="#")
            response.say("There was no message.")
        return str(response)

    @app.post("/ended")
    def ended() -> str:
        response = VoiceResponse()
        if request.form["DialCallStatus"] != "completed":
            response.say("Nobody is in. Try again tomorrow.")
        return str(response)

    @app.post("/recorded")
    def recorded() -> str:
        response = VoiceResponse()
        response.say(f"Thank you for {request.form['RecordingDuration']} seconds.")
        response.hangup()
        return str(response)

    return app


def test_an_app_with_speech_is_called_by_words_and_connects() -> None:
    callee = Callee(status="completed", rings_for=5, talks_for=60)
    record = ring(reception(), '"Sales please"', callee=callee)
    assert summary(record) == [
        GREETING,
        "spoke Sales please",
        "heard One moment.",
        f"dialed {SALES}",
        "hangup line",
    ]
    assert record.of("dialed")[0].from_ == LINE
    assert record.went_well


def test_and_by_a_key_where_nobody_is_in() -> None:
    record = ring(reception(), "1", callee=Callee(status="no-answer"))
    assert summary(record)[-2:] == ["heard Nobody is in. Try again tomorrow.", "hangup line"]
    assert record.went_well


def test_and_takes_a_message() -> None:
    record = ring(reception(), '"My order" "It has been a week, where is it"#')
    assert summary(record) == [
        GREETING,
        "spoke My order",
        "heard Nobody here knows about my order. Leave a message.",
        "unsimulated Record",
        "spoke It has been a week, where is it",
        "recorded 2",
        "heard Thank you for 2 seconds.",
        "hangup line",
    ]


def test_and_hears_nothing() -> None:
    record = ring(reception(), "-")
    assert summary(record)[1:] == [
        "silence 5",
        "heard We did not hear you. Goodbye!",
        "hangup line",
    ]


def test_and_gets_no_message_either() -> None:
    record = ring(reception(), "9 -")
    assert "heard Nobody here knows about that key. Leave a message." in summary(record)
    assert summary(record)[-2:] == ["heard There was no message.", "hangup line"]
