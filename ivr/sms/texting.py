"""Texts an agency to a caller exactly once, however often the carrier repeats its request.

The claim in the store comes first, then the sending, then what became of it. (This is the place
of the outbox: a queue will take over between claim and sending.)
"""

import logging
from collections.abc import Callable
from datetime import datetime

from sqlalchemy.exc import SQLAlchemyError

from ivr.engine import CallerKind, Line, Numbering, SendText, TextOutcome
from ivr.settings import Settings
from ivr.sms.message import compose
from ivr.sms.sender import Sender, Sent
from ivr.store import Store

log = logging.getLogger(__name__)


class Texting:
    """Carries out a SendText; the voice channel calls it and tells the caller the outcome."""

    def __init__(
        self,
        line: Line,
        settings: Settings,
        store: Store,
        sender: Sender,
        clock: Callable[[], datetime],
    ) -> None:
        self._line, self._settings, self._store = line, settings, store
        self._sender, self._clock = sender, clock
        self._numbering = Numbering(line.tree.country)

    def __call__(self, call: str, recipient: str, wanted: SendText) -> TextOutcome:
        """Sends to `recipient` (E.164) unless this call already did; never raises.

        Without the database nothing is sent: it could not be known that it is sent only once.
        """
        if not call or self._numbering.kind(recipient) is not CallerKind.MOBILE:
            return TextOutcome.FAILED
        key = (call, wanted.agency, self._settings.keyed_hash(recipient))
        try:
            known = self._store.claim(*key, self._clock())
        except SQLAlchemyError as error:
            log.error("no text can be sent without the database: %s", type(error).__name__)
            return TextOutcome.FAILED
        if known is not None:
            return TextOutcome(known)
        body = compose(self._line, wanted.agency, wanted.language).body
        sent = self._sender.send(recipient, body)
        self._settle(key, sent)
        return sent.outcome

    def _settle(self, key: tuple[str, str, str], sent: Sent) -> None:
        try:
            self._store.settle(*key, sent.outcome.value, sent.message_sid)
        except SQLAlchemyError as error:
            # The claim stands, so the text is not sent twice; a repeat is told it is under way.
            log.error("what became of a text is not written down: %s", type(error).__name__)
