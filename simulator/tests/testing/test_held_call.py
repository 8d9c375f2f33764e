"""A call that a test holds: its thread, its clock, and what is left when it is over."""

import gc
import threading
from contextlib import closing
from contextvars import ContextVar

import pytest
from flask import Response
from greenlet import getcurrent, greenlet

from ringback.testing import Handset
from simulator.tests.booth import CALLER, HOME, LINE, START, Booth, twiml
from simulator.tests.testing.conftest import SHOP, Taken


def test_the_carriers_clock_goes_along() -> None:
    carrier = Booth(SHOP).carrier
    with closing(Handset(carrier, number=CALLER, url=HOME, line=LINE)) as telephone:
        telephone.dials().hears("press 1")
        assert (carrier.now() - START).total_seconds() == pytest.approx(telephone.seconds)
        telephone.presses("1").hears("Goodbye").is_hung_up_on()
        ended = carrier.now()
        telephone.waits(60)
        assert (carrier.now() - ended).total_seconds() == 60


def open_calls() -> int:
    """How many calls are held somewhere in this process."""
    gc.collect()
    held = [item for item in gc.get_objects() if isinstance(item, greenlet)]
    return sum(bool(call) and call is not getcurrent() for call in held)


def test_a_call_left_open_leaves_nothing_running(shop: Handset) -> None:
    before = open_calls()
    shop.dials().hears("Good day")
    assert open_calls() == before + 1
    shop.close()
    assert open_calls() == before


def test_dialling_again_ends_the_first_call(shop: Handset) -> None:
    before = open_calls()
    shop.dials().hears("press 1").dials().hears("Good day")
    assert open_calls() == before + 1


def test_the_app_runs_in_the_tests_own_thread_and_context(take: Taken) -> None:
    """Else it would have no share in a test's database connection or transaction."""
    tenant: ContextVar[str] = ContextVar("tenant")
    tenant.set("the shop")

    def voice() -> Response:
        return twiml(f"<Say>{tenant.get()} in thread {threading.get_ident()}</Say>")

    take({"/voice": voice}).dials().hears(f"the shop in thread {threading.get_ident()}")


def test_the_same_steps_take_the_same_seconds(take: Taken) -> None:
    def seconds() -> float:
        telephone = take(SHOP).dials().hears("press 2").presses("2").hears("Goodbye")
        telephone.close()
        return telephone.seconds

    assert seconds() == seconds()
