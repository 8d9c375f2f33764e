"""A crowd of virtual callers: all are served, every failure is reported, every bound kept."""

import asyncio
from threading import Event as Gate

import pytest
from flask import Response

from ringback.load import Load, LoadPlan, Report, matching
from simulator.tests.booth import twiml
from simulator.tests.crowd import MENU, NUMBER, PAGES, broken, crowd, hall, plan
from simulator.tests.sounds import babble, mulaw_file, served


def why(report: Report) -> list[tuple[int | None, str]]:
    return [(one.code, one.text) for one in report.tally.troubles.values()]


@pytest.mark.parametrize("keep_alive", [True, False])
def test_everybody_who_rings_reaches_a_number(keep_alive: bool) -> None:
    with hall() as app:
        report = crowd(app.url, keep_alive=keep_alive)
    tally = report.tally
    assert report.went_well, why(report)
    assert len(tally.satisfied) == 20
    assert tally.endings == {"reached": tally.placed}
    assert tally.latencies.count == len(app.asked) == 2 * tally.placed
    assert app.unsigned == 0


def test_never_more_callers_at_once_than_were_asked_for() -> None:
    with hall() as app:
        report = crowd(app.url, callers=7)
    assert report.tally.most_at_once == 7
    assert app.most_at_once <= 7
    assert report.tally.at_once == 0


def test_each_call_has_a_caller_and_a_sid_of_its_own() -> None:
    with hall() as app:
        report = crowd(app.url, scripts=("",))
    calls = {(asked["CallSid"], asked["From"]) for asked in app.asked}
    assert len(calls) == report.tally.placed == len(app.asked)


def test_a_second_load_is_not_taken_for_the_same_calls() -> None:
    with hall() as app:
        for seed in (1, 2):
            asyncio.run(Load(plan(app.url, callers=3, scripts=("",)), seed=seed).run())
    assert len({asked["CallSid"] for asked in app.asked}) == len(app.asked)


def test_callers_take_the_keys_in_turn() -> None:
    pressed = {"/voice": MENU, "/number": NUMBER}
    with hall(pressed) as app:
        crowd(app.url, scripts=("3", "4", "5"))
    assert {asked["Digits"] for asked in app.asked if "Digits" in asked} == {"3", "4", "5"}


def test_an_app_that_breaks_fails_its_callers_with_twilios_code() -> None:
    with hall({"/voice": MENU, "/number": broken}) as app:
        report = crowd(app.url)
    assert not report.went_well
    assert report.tally.endings == {"failed": report.tally.placed}
    [(code, text)] = why(report)
    assert code == 11200
    assert "the app answered 500" in text


def test_a_call_that_ends_by_itself_without_a_number_failed_its_caller() -> None:
    with hall({"/voice": MENU, "/number": "<Say>Goodbye</Say>"}) as app:
        report = crowd(app.url)
    assert not report.went_well
    assert why(report) == [(None, "the call ended by itself, and no number was heard")]


def test_a_number_in_the_greeting_is_not_the_answer_to_a_key() -> None:
    greeting = f"<Say>In danger, ring 110.</Say>{MENU}"
    with hall({"/voice": greeting, "/number": "<Say>Goodbye</Say>"}) as app:
        assert not crowd(app.url).went_well
        assert crowd(app.url, scripts=("",)).went_well


def test_who_hangs_up_by_the_script_was_not_failed() -> None:
    with hall({"/voice": MENU}) as app:
        tally = crowd(app.url, scripts=(".",)).tally
    assert tally.endings == {"gave_up": tally.placed}


def test_nobody_at_the_address_is_reported_as_by_twilio() -> None:
    with hall() as app:
        gone = app.url
    report = crowd(gone)
    assert {code for code, _ in why(report)} == {11205}


def test_a_document_cannot_send_the_load_to_another_machine() -> None:
    with hall({"/voice": "<Redirect>http://line.example/voice</Redirect>"}) as app:
        report = crowd(app.url)
    [(code, text)] = why(report)
    assert code == 11205
    assert "line.example is not the server under load" in text


def test_a_clip_is_fetched_once_and_is_no_webhook_request() -> None:
    def clip() -> Response:
        return served(mulaw_file(babble(1.0)))

    verbs = "<Play>/clip.wav</Play>"
    with hall({"/voice": verbs, "/clip.wav": clip}) as app:
        report = crowd(app.url, scripts=("",), captions=lambda url: "0120-279-338")
        assert report.went_well, why(report)
        assert app.paths.count("/clip.wav") == 1
        assert report.tally.latencies.count == app.paths.count("/voice")


def test_a_clip_whose_words_nobody_knows_is_known_by_its_address() -> None:
    import re

    def clip() -> Response:
        return served(mulaw_file(babble(0.2)))

    with hall({"/voice": "<Play>/number.wav</Play>", "/number.wav": clip}) as app:
        assert not crowd(app.url, scripts=("",)).went_well
        wanted = matching(re.compile(r"/number\.wav"))
        assert crowd(app.url, scripts=("",), reached=wanted).went_well


def test_time_is_a_bound_even_where_the_app_never_answers() -> None:
    gate = Gate()

    def waits() -> Response:
        gate.wait(60)
        return twiml(NUMBER)

    with hall({"/voice": waits}) as app:
        report = crowd(app.url, callers=5, seconds=0.1, drain=0.1)
        gate.set()
    assert report.tally.endings == {"unfinished": 5}
    assert not report.went_well
    assert not report.interrupted


def test_who_interrupts_hears_what_is_known_so_far() -> None:
    async def interrupted(url: str) -> Report:
        load = Load(plan(url, callers=3, seconds=60.0))
        loop = asyncio.get_running_loop()
        stopping.append(lambda: loop.call_soon_threadsafe(load.stop))
        return await load.run()

    stopping: list[object] = []
    numbers = iter(range(100))

    def number() -> Response:
        if next(numbers) == 10:
            stopping[0]()  # type: ignore[operator]
        return twiml(NUMBER)

    with hall({"/voice": MENU, "/number": number}) as app:
        report = asyncio.run(interrupted(app.url))
    assert report.interrupted
    assert report.tally.endings["reached"] >= 8
    assert report.tally.at_once == 0


def test_a_human_caller_listens_as_long_as_the_line_speaks_and_then_thinks() -> None:
    slept: list[float] = []

    async def sleep(seconds: float) -> None:
        slept.append(seconds)
        await asyncio.sleep(0)

    async def rings(wanted: LoadPlan) -> Report:
        load = Load(wanted, sleep=sleep, stopwatch=lambda: 1.0)

        async def long_enough() -> None:
            while not load.tally.endings:
                await asyncio.sleep(0.01)
            load.stop()

        watching = asyncio.create_task(long_enough())
        report = await load.run()
        await watching
        return report

    pages = {**PAGES, "/voice": f"<Pause length='30'/>{MENU}"}
    with hall(pages) as app:
        report = asyncio.run(rings(plan(app.url, callers=1, human=True, seconds=60.0)))
    assert report.tally.endings["reached"] >= 1
    listened, thought = slept[0], slept[2]
    assert listened == pytest.approx(30.0)
    assert 0.5 <= thought - slept[1] <= 2.5


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"callers": 0}, "0 callers: expected 1 to"),
        ({"callers": 10**6}, "callers: expected 1 to"),
        ({"seconds": 0.0}, "0 seconds: expected up to"),
        ({"seconds": 1e9}, "seconds: expected up to"),
        ({"ramp": 0.3}, "a ramp of 0.3 s: expected less than 0.3 s"),
        ({"url": "http://line.example/voice"}, "line.example is not this machine"),
    ],
)
def test_a_plan_without_bounds_is_refused(wrong: dict[str, object], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        plan(**{"url": "http://127.0.0.1/voice", **wrong})  # type: ignore[arg-type]


def test_ones_own_server_elsewhere_may_be_called_and_no_other() -> None:
    owned = plan("https://line.example/voice", is_owned=True)
    assert owned.allows("line.example")
    assert owned.allows("127.0.0.1")
    assert not owned.allows("other.example")
