"""Callers who ask for a text: at their own telephone or one keyed in, patient or not, repeated."""

import random
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from bench.caller import Caller, Heard, bare
from ivr.check.loading import open_line
from ivr.engine import TextOutcome
from ivr.settings import Folders

CALLERS = 32  # at the same time
WAYS = ("1", "2", "31", "4", "5")  # keys to a referral that can be texted
LANDLINE, BUSY = "+81312345678", "+819000000000"
EARLY, KEYED, REPEATED, TO_BUSY, TO_OTHERS = 0.2, 0.15, 0.15, 0.015, 0.1  # shares of callers
MOST_SILENCES = 8
STILL_OPEN = (TextOutcome.QUEUED, TextOutcome.SENDING)


@dataclass
class Asked:
    """One call that asked for a text, and what its caller heard last."""

    sid: str
    heard_last: TextOutcome | None = None
    stayed: bool = True


def texted_calls(port: int, count: int, seed: int) -> list[Asked]:
    """So many calls to the line at `port`, a few dozen at a time."""
    folders = Folders()
    known = open_line(folders.data, folders.prompts).scripts["ja"].prompts.texted
    phrases = {bare(getattr(known, outcome.value)): outcome for outcome in TextOutcome}

    def one(number: int) -> Asked:
        return _call(port, number, random.Random(f"{seed} {number}"), phrases)

    with ThreadPoolExecutor(CALLERS) as pool:
        return list(pool.map(one, range(count)))


def _call(port: int, number: int, chance: random.Random, phrases: dict[str, TextOutcome]) -> Asked:
    mobile = BUSY if chance.random() < TO_BUSY else f"+8190{10_000_000 + number:08d}"
    if chance.random() < TO_OTHERS:  # the same telephone as an earlier call's
        mobile = f"+8190{10_000_000 + number // 2:08d}"
    keyed = chance.random() < KEYED
    caller = Caller(port, f"CA{number:032x}", LANDLINE if keyed else mobile)
    asked = Asked(caller.sid)
    heard = caller.rings()
    for key in chance.choice(WAYS):
        heard = caller.does(heard, key)
    if keyed:
        heard = caller.does(heard, "1")
        heard = caller.does(heard, "0" + mobile.removeprefix("+81"))
    here, heard = heard, caller.does(heard, "1")
    if chance.random() < REPEATED:
        heard = caller.does(here, "1")
    _listen(heard, asked, phrases)
    asked.stayed = chance.random() >= EARLY
    if asked.stayed:
        for _ in range(MOST_SILENCES):
            if asked.heard_last not in STILL_OPEN or heard.action is None:
                break
            time.sleep(chance.uniform(0.2, 0.8))
            heard = caller.does(heard)
            _listen(heard, asked, phrases)
    caller.hangs_up()
    return asked


def _listen(heard: Heard, asked: Asked, phrases: dict[str, TextOutcome]) -> None:
    for words, outcome in phrases.items():
        if heard.words.startswith(words):
            asked.heard_last = outcome
