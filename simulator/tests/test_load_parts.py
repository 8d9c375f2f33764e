"""The parts of a load: what counts as a number, percentiles, and calls that wait in a loop."""

import asyncio
import re

import pytest
from hypothesis import given
from hypothesis import strategies as some

from ringback import Event, HangUp, Listening, PromptSegment, Stay
from ringback.load import is_loopback, matching, number_or_address
from ringback.load.bridge import stepping_out, wait_for
from ringback.load.caller import VirtualCaller
from ringback.load.figures import Latencies, Tally
from ringback.media.prompt_segment import SegmentPart


@pytest.mark.parametrize(
    "words",
    [
        "よりそいホットラインです。ゼロ イチ ニー ゼロ ニー ナナ キュウ サン サン ハチ",
        "シャープ、キュウ、イチ、イチ、ゼロ",
        "Yorisoi Hotline. zero one two zero … two seven nine three three eight",
        "急ぐときは、110番へ。",
        "Call 0120-279-338 now",
        "call 0 1 2 0, 2 7 9, 3 3 8",
        "#9110",
        "+81 3 1234 5678",
        "「違法・有害情報相談センター」と、さがしてください。",
        "On the web, search for ihaho dot jp, I H A H O dot J P.",
        "See https://www.ihaho.jp/",
        "ihaho.jp をご覧ください",
        "イハホ ドット ジェーピー",
    ],
)
def test_numbers_and_addresses_as_apps_say_them(words: str) -> None:
    assert number_or_address(words, "")


@pytest.mark.parametrize(
    "words",
    [
        "",
        "つらい気持ちを話すには ニー。書き込みや画像を消すには サン。",
        "For slander press one. For threats, two. For images, three.",
        "24時間、365日、あいています。",
        "Open from 10:00 to 18:30.",
        "2026年は 100円です。",
        "3人に1人が、2日で。",
        "Your total is 19.95.",
        "サン・ゴ礁",
    ],
)
def test_keys_hours_and_prices_are_no_numbers(words: str) -> None:
    assert not number_or_address(words, "https://app.test/0120279338.wav")


def test_ones_own_pattern_judges_words_and_clips() -> None:
    judge = matching(re.compile("desk|/desk", re.IGNORECASE))
    assert judge("the Desk is open", "")
    assert judge("", "http://app.test/desk.wav")
    assert not judge("closed", "")


def _prompt(*said: tuple[str, float]) -> tuple[PromptSegment, ...]:
    segments, t = [], 0.0
    for text, seconds in said:
        parts = (SegmentPart(text, text, seconds),)
        segments.append(PromptSegment(verb="Say", parts=parts, starts=t))
        t += seconds
    return tuple(segments)


def _listening(prompt: tuple[PromptSegment, ...], deadline: float) -> Listening:
    return Listening(
        since=0.0,
        prompt_ends=prompt[-1].ends,
        deadline=deadline,
        takes_keys=True,
        so_far="",
        prompt=prompt,
    )


def test_a_caller_hangs_up_when_the_number_was_said_to_its_end() -> None:
    caller = VirtualCaller("", reached=number_or_address, after=0.5)
    prompt = _prompt(("Hello", 2.0), ("0120-279-338", 4.0), ("for more, press one", 3.0))
    assert caller.listen(_listening(prompt, 14.0)) == HangUp(6.5)


def test_a_number_may_come_digit_by_digit_in_passages_of_their_own() -> None:
    caller = VirtualCaller("", reached=number_or_address, after=0.5)
    prompt = _prompt(("イチ", 1.0), ("イチ", 1.0), ("ゼロ", 1.0), ("です", 1.0))
    assert caller.listen(_listening(prompt, 9.0)) == HangUp(3.5)


def test_a_number_that_was_cut_is_not_reached() -> None:
    caller = VirtualCaller("", reached=number_or_address, after=0.5)
    caller.notice(Event(t=1.0, event="heard", verb="Say", text="0120", cut=True))
    assert not caller.reached
    assert caller.listen(_listening(_prompt(("Hello", 1.0)), 6.0)) == Stay()


@given(some.lists(some.floats(1e-4, 20.0), min_size=1, max_size=300))
def test_percentiles_are_right_within_two_per_cent(seconds: list[float]) -> None:
    latencies = Latencies()
    for one in seconds:
        latencies.note(one)
    assert latencies.longest == max(seconds)
    for percent in (50, 90, 95, 99, 100):
        exact = sorted(seconds)[max(0, -(-percent * len(seconds) // 100) - 1)]
        assert latencies.percentile(percent) == pytest.approx(exact, rel=0.02)


def test_without_requests_there_are_no_percentiles() -> None:
    assert Latencies().percentile(99) == 0.0


def test_an_app_that_fails_in_ever_new_words_does_not_fill_the_memory() -> None:
    tally = Tally()
    for number in range(1000):
        tally.trouble(None, "error", f"failure {number}", "3")
        tally.trouble(11200, "error", f"500 at {number}", "3")
    assert len(tally.troubles) < 100
    assert sum(one.count for one in tally.troubles.values()) == 2000
    assert tally.troubles[(11200, "error")].text == "500 at 0"


def test_many_pieces_of_plain_code_wait_at_once() -> None:
    """Each is held until all have come: one after another they would wait for ever."""

    async def together() -> list[int]:
        everybody = asyncio.Barrier(50)

        def one(number: int) -> int:
            wait_for(everybody.wait())
            return number

        waiting = (stepping_out(lambda number=number: one(number)) for number in range(50))
        return list(await asyncio.gather(*waiting))

    assert asyncio.run(together()) == list(range(50))


def test_what_is_awaited_may_raise_into_plain_code() -> None:
    async def refuses() -> None:
        raise LookupError("nobody")

    def work() -> str:
        try:
            wait_for(refuses())
        except LookupError as error:
            return str(error)
        return "nothing"

    assert asyncio.run(stepping_out(work)) == "nobody"


def test_cancelling_ends_the_plain_code_where_it_waits() -> None:
    tidied = []

    def work() -> None:
        try:
            wait_for(asyncio.sleep(60))
        finally:
            tidied.append("tidied")

    async def cancelled() -> None:
        task = asyncio.create_task(stepping_out(work))
        await asyncio.sleep(0)
        task.cancel()
        await task

    with pytest.raises(asyncio.CancelledError):
        asyncio.run(cancelled())
    assert tidied == ["tidied"]


def test_outside_of_a_loop_there_is_nothing_to_wait_in() -> None:
    async def never() -> None:
        """Not reached."""

    coroutine = never()
    with pytest.raises(RuntimeError, match="stepping_out"):
        wait_for(coroutine)
    coroutine.close()


@pytest.mark.parametrize(
    ("host", "here"),
    [
        ("127.0.0.1", True),
        ("127.8.9.1", True),
        ("::1", True),
        ("localhost", True),
        ("line.localhost", True),
        ("0.0.0.0", False),
        ("192.168.0.2", False),
        ("localhost.example", False),
        ("127.0.0.1.example", False),
        ("", False),
    ],
)
def test_what_this_machine_is(host: str, here: bool) -> None:
    assert is_loopback(host) is here
