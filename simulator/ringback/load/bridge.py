"""Lets a call, which is plain synchronous code, wait for an event loop.

Each call runs in a greenlet of its own; wherever it has to wait it steps out to the loop and comes
back with what it waited for. So the load has no second interpreter of TwiML. SQLAlchemy drives its
ORM over asyncio in the same way: https://docs.sqlalchemy.org/en/20/orm/extensions/asyncio.html
"""

import sys
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar, cast

from greenlet import getcurrent, greenlet

T = TypeVar("T")


async def stepping_out(work: Callable[[], T]) -> T:
    """What `work` returns or raises; within it `wait_for` may be called.

    Cancelling it raises CancelledError where the work waits.
    """
    running = greenlet(work)
    awaited: Any = running.switch()
    while not running.dead:
        try:
            result = await awaited
        except BaseException:
            # Cancellation too has to end the work, not only what it waits for.
            awaited = running.throw(*sys.exc_info())
        else:
            awaited = running.switch(result)
    return cast("T", awaited)


def wait_for(awaitable: Awaitable[T]) -> T:
    """The result of `awaitable`, while other callers go on. Raises what it raises.

    RuntimeError outside of `stepping_out`: there is no loop to step out to.
    """
    loop = getcurrent().parent
    if loop is None:
        raise RuntimeError("wait_for is for code that runs in stepping_out")
    return cast("T", loop.switch(awaitable))
