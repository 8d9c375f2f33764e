"""Carries out what a call asks for: a text, its state, a number kept, no more texts.

It talks to the database alone and never to the carrier, so a caller waits for neither. Without the
database no text is promised: it could not be known that it is sent, and only once.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from ivr.database.errors import AWAY, without_values
from ivr.database.store import Store
from ivr.engine import (
    CallerKind,
    Effect,
    Event,
    Held,
    HoldNumber,
    Line,
    LookAfterText,
    RecallNumber,
    RefuseTexts,
    SendText,
    Texted,
    TextOutcome,
    TextsRefused,
    numbering,
)
from ivr.sms.error_codes import meaning_of
from ivr.sms.keyed_numbers import KeyedNumbers
from ivr.sms.keys import NumberKeys
from ivr.sms.outbox import Outbox
from ivr.sms.quotas import Quotas
from ivr.sms.referral_text import referral_text
from ivr.sms.refusals import Refusals
from ivr.sms.rows import NewText, Row
from ivr.sms.states import TextState

log = logging.getLogger(__name__)

Wake = Callable[[], None]  # wakes the worker: a text is due; never raises or waits


@dataclass(frozen=True)
class _Recipient:
    """To whom a text goes, and who asked for it: their number, or their call."""

    number: str
    caller: str


class TextRequests:
    """Answers every request that calls make about texts; the voice channel speaks the answer."""

    def __init__(
        self,
        line: Line,
        store: Store,
        outbox: Outbox,
        keyed: KeyedNumbers,
        refusals: Refusals,
        quotas: Quotas,
        keys: NumberKeys,
        clock: Callable[[], datetime],
        wake: Wake,
        validity: int,
    ) -> None:
        """`validity`: seconds in which a text is still of use."""
        self._line, self._store, self._outbox, self._keys = line, store, outbox, keys
        self._quotas, self._clock, self._wake = quotas, clock, wake
        self._good_for = timedelta(seconds=validity)
        self._keyed, self._refusals = keyed, refusals
        self._numbering = numbering(line.tree.country)
        self._zone = ZoneInfo(line.directory.calendar.timezone)

    def __call__(self, call: str, number: str, effect: Effect) -> Event:
        """What came of `effect` in a call (its sid) from `number`; never raises."""
        try:
            return self._carried_out(call, number, effect)
        except AWAY as error:
            log.error("no text can be sent without the database: %s", type(error).__name__)
        except SQLAlchemyError as error:
            log.error("an error of this program, no text is sent: %s", without_values(error))
        return _failed(effect)

    def call_is_over(self, call: str) -> None:
        """Erases what was keyed in; never raises, for it is purged anyway."""
        try:
            self._keyed.call_is_over(call)
        except SQLAlchemyError as error:
            log.error("a number is kept until it is purged: %s", without_values(error))

    def _carried_out(self, call: str, number: str, effect: Effect) -> Event:
        match effect:
            case SendText():
                return Texted(self._send(call, number, effect))
            case LookAfterText(agency):
                with self._store.reading() as connection:
                    return Texted(_outcome(self._outbox.of_call(connection, call, agency)))
            case HoldNumber(wanted):
                self._keyed.hold(call, wanted, self._clock())
                return Held(wanted)
            case RecallNumber():
                with self._store.reading() as connection:
                    return Held(self._keyed.of(connection, call))
            case RefuseTexts(refused):
                return TextsRefused(self._refuse(number, refused))

    def _send(self, call: str, number: str, wanted: SendText) -> TextOutcome:
        # Before the transaction: while it lasts, other callers' texts wait.
        body = referral_text(self._line, wanted.agency, wanted.language).body
        with self._store.begin() as connection:
            recipient = self._keyed.of(connection, call) if wanted.to_held else number
            if not call or recipient is None or not self._is_mobile(recipient):
                # The call is over, or the number purged: what is known is the text it asked for.
                return _outcome(self._outbox.of_call(connection, call, wanted.agency))
            # Whoever withholds a number is known by the call alone.
            withheld = self._numbering.kind(number) is CallerKind.WITHHELD
            to = _Recipient(recipient, f"call {call}" if withheld else number)
            known = self._put(connection, call, to, wanted, body)
        if not isinstance(known, str):
            return known
        self._wake()
        return TextOutcome.QUEUED

    def _put(
        self, connection: Connection, call: str, to: _Recipient, wanted: SendText, body: str
    ) -> str | TextOutcome:
        """The id of a new text; or what is known, where none was put in."""
        if self._refusals.holds(connection, to.number):
            return TextOutcome.REFUSED
        key, now = self._keys.of(to.number), self._clock()
        with connection.begin_nested() as part:
            new = NewText(call, wanted.agency, to.number, key, body)
            text = self._outbox.put(connection, new, now, self._good_for)
            if text is None:
                return _outcome(self._outbox.of_call(connection, call, wanted.agency))
            day = now.astimezone(self._zone).date()
            if self._quotas.spend(connection, key, self._keys.of(to.caller), day):
                return text
            part.rollback()
        return TextOutcome.LIMITED

    def _refuse(self, number: str, refused: bool) -> bool | None:
        if not self._is_mobile(number):
            return None
        self._refusals.change(number, refused, self._clock())
        return refused

    def _is_mobile(self, number: str) -> bool:
        return self._numbering.kind(number) is CallerKind.MOBILE


def _outcome(row: Row | None) -> TextOutcome:
    """What a caller hears of a text, by its state; of none at all, that it was not sent."""
    match row.state if row else None:
        case TextState.QUEUED | TextState.SENDING | TextState.UNKNOWN:
            return TextOutcome.SENDING
        case TextState.ACCEPTED | TextState.SENT:
            return TextOutcome.SENT
        case TextState.DELIVERED:
            return TextOutcome.DELIVERED
    return meaning_of(row.error_code if row else None).outcome


def _failed(effect: Effect) -> Event:
    match effect:
        case HoldNumber() | RecallNumber():
            return Held(None)
        case RefuseTexts():
            return TextsRefused(None)
        case LookAfterText():
            return Texted(TextOutcome.SENDING)  # the row may be there: nothing else is known
    return Texted(TextOutcome.UNAVAILABLE)
