"""Real time: the same carrier for an app that is run, not tested. Nobody sleeps here."""

from datetime import UTC, datetime, timedelta
from threading import Event

import pytest

from ringback import Carrier, Delivery, DeliveryStep
from ringback.clock.real import RealClock
from simulator.tests.booth import CALLER, SENDER, START, Booth, twiml
from simulator.tests.test_rest import connect


class Wall:
    """A clock on a wall, and sleep that moves it."""

    def __init__(self) -> None:
        self.time = START
        self.slept: list[float] = []

    def now(self) -> datetime:
        return self.time

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.time += timedelta(seconds=seconds)


def test_passing_time_is_sleeping() -> None:
    wall, moves = Wall(), []
    clock = RealClock(now=wall.now, sleep=wall.sleep)
    clock.on_move = moves.append
    clock.move_to(START + timedelta(seconds=2))
    clock.move_to(START)  # over already
    clock.advance(3)
    assert sum(wall.slept) == pytest.approx(5)
    assert moves == [START + timedelta(seconds=2), START + timedelta(seconds=5)]
    clock.move_to(START + timedelta(seconds=9), lambda: True)  # somebody stops it
    assert wall.now() == START + timedelta(seconds=5)
    with pytest.raises(ValueError, match="backwards"):
        clock.advance(-1)


def test_what_took_the_app_a_while_counts() -> None:
    wall = Wall()
    clock = RealClock(now=wall.now, sleep=wall.sleep)
    wall.sleep(4)
    assert clock.elapsed(START, 1.0) == 4.0
    assert clock.elapsed(START, 6.0) == 6.0


def test_what_is_due_is_done_by_a_thread_that_ends_with_the_clock() -> None:
    done, clock = Event(), RealClock()
    clock.at(clock.now(), done.set)
    assert done.wait(10)
    clock.close()
    again = Event()
    clock.at(clock.now(), again.set)  # it can be taken up again
    assert again.wait(10)
    clock.at(clock.now() + timedelta(hours=1), lambda: pytest.fail("nobody waits for this"))
    clock.close()


def test_one_mishap_does_not_keep_the_rest_from_being_done() -> None:
    done, clock = Event(), RealClock()

    def fail() -> None:
        raise RuntimeError("on purpose")

    clock.at(clock.now(), fail)
    clock.at(clock.now(), done.set)
    assert done.wait(10)
    clock.close()


def test_a_carrier_without_a_start_lives_now() -> None:
    before = datetime.now(UTC)
    with Carrier() as carrier:
        assert before <= carrier.now() <= datetime.now(UTC)


def test_a_call_takes_its_time_and_what_the_app_takes_is_part_of_it() -> None:
    wall = Wall()

    def slow():
        wall.sleep(4)
        return twiml('<Pause length="20"/>')

    booth = Booth({"/voice": slow}, clock=RealClock(now=wall.now, sleep=wall.sleep))
    record = booth.ring()
    assert record.seconds == 24
    assert wall.now() == START + timedelta(seconds=24)


def test_callbacks_come_by_themselves() -> None:
    arrived = Event()

    def status():
        arrived.set()
        return twiml("")

    booth = Booth(
        {"/status": status},
        start=None,
        deliveries=lambda _: Delivery(steps=(DeliveryStep("failed", 0.001),)),
    )
    assert isinstance(booth.carrier, Carrier)
    with booth.carrier.rest_api() as api:
        connect(booth.carrier, api.url).messages.create(
            to=CALLER, from_=SENDER, body="Hello", status_callback="https://app.test/status"
        )
        assert arrived.wait(30)
    assert booth.asked[0].fields["MessageStatus"] == "failed"
