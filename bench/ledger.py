"""Compares what was asked for, what callers heard and what was sent."""

import time
from collections import Counter, defaultdict
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from bench.mishaps import Mishaps
from bench.texted_calls import STILL_OPEN, Asked
from ivr.database.store import Store
from ivr.database.tables import texts_table
from ivr.engine import TextOutcome
from ivr.sms.states import TextState
from ringback import Carrier

GOOD = (TextOutcome.SENT, TextOutcome.DELIVERED)
# `failed` is not among them: the carrier may also have accepted the text and not delivered it.
NONE_COMES = (TextOutcome.LIMITED, TextOutcome.REFUSED)
# "None can be sent now" is all that can be known while the database is away. Where the same request
# was made before, its row may be there all the same: such a text comes as a surprise.
SURPRISE = TextOutcome.UNAVAILABLE
_UNDER_WAY = (TextState.QUEUED, TextState.SENDING, TextState.UNKNOWN)
_REFUSAL = 20500  # what the simulated carrier says with the faults' status 400


@dataclass(frozen=True)
class Row:
    """A text as the outbox has it in the end."""

    id: str
    state: TextState
    error_code: int | None


def settled(url: str, until: float) -> dict[str, list[Row]]:
    """The rows by call, once none is in progress; or as they are when the time is up."""
    store = Store(url)
    while True:
        try:
            with store.reading() as connection:
                column = texts_table.c
                wanted = select(
                    column.call,
                    column.id,
                    column.state,
                    column.error_code,
                )
                found = connection.execute(wanted).all()
        except SQLAlchemyError:
            found = []
        open_ones = [row for row in found if TextState(row.state) in _UNDER_WAY]
        if (found and not open_ones) or time.monotonic() > until:
            break
        time.sleep(0.5)
    store.close()
    rows: dict[str, list[Row]] = {}
    for row in found:
        rows.setdefault(row.call, []).append(Row(row.id, TextState(row.state), row.error_code))
    return rows


def report(
    calls: list[Asked], rows: dict[str, list[Row]], carrier: Carrier, mishaps: Mishaps
) -> int:
    """Prints the count; 1 where a text is lost, doubled or reported wrongly."""
    at: dict[str, list[str]] = defaultdict(list)
    for message in carrier.messages:
        at[text_of(message.status_callback)].append(f"{message.created:%H:%M:%S.%f}")
    taken = {a.sid: [when for row in rows.get(a.sid, []) for when in at[row.id]] for a in calls}
    nobodys = len(carrier.messages) - sum(map(len, taken.values()))
    late = [a for a in calls if _refused(rows.get(a.sid, [])) and a.heard_last in STILL_OPEN]
    wrong = {
        "LOST": [
            a for a in calls if not taken[a.sid] and _promised(a.heard_last) and a not in late
        ],
        "DOUBLED": [a for a in calls if len(taken[a.sid]) > 1],
        "UNTRUE": [a for a in calls if taken[a.sid] and a.heard_last in NONE_COMES],
    }
    heard_last = Counter(a.heard_last.value if a.heard_last else "nothing" for a in calls)
    times = Counter(min(len(found), 2) for found in taken.values())
    early = sum(not a.stayed for a in calls)
    print(
        f"  asked {len(calls)}: told",
        ", ".join(f"{n} {what}" for what, n in heard_last.most_common()),
    )
    print(
        f"  taken by the carrier: once {times[1]}, never {times[0]}, oftener {times[2]};"
        f" asked for by nobody {nobodys}"
    )
    print(f"  refused by the carrier after the caller had gone {len(late)}, hung up early {early}")
    surprised = sum(a.heard_last is SURPRISE and bool(taken[a.sid]) for a in calls)
    print(f"  heard that none can be sent now, and it came all the same {surprised}")
    print("  mishaps:", ", ".join(f"{n} {kind}" for kind, n in sorted(mishaps.seen.items())))
    for what, which in wrong.items():
        for a in which:
            print(f"  {what}: {a} {rows.get(a.sid)} taken at {taken[a.sid]}")
    print("  " + ", ".join(f"{what.lower()} {len(which)}" for what, which in wrong.items()))
    return 1 if any(wrong.values()) or nobodys else 0


def _promised(heard_last: TextOutcome | None) -> bool:
    """Heard that a text comes, or nothing at all."""
    return heard_last in (None, *STILL_OPEN, *GOOD)


def _refused(rows: list[Row]) -> bool:
    """By a definite answer of the carrier's: one that merely grew too old counts as lost."""
    return any(row.state is TextState.FAILED and row.error_code == _REFUSAL for row in rows)


def text_of(status_callback: str | None) -> str:
    """The outbox's id of a message, which its status callback bears."""
    return (parse_qs(urlsplit(status_callback or "").query).get("text") or [""])[0]
