"""All of the text channel, put together from the settings: for web app, worker and commands."""

import logging
import random
from collections.abc import Callable
from datetime import datetime, timedelta
from urllib.parse import quote
from zoneinfo import ZoneInfo

from ivr.database.errors import AWAY
from ivr.database.store import Store
from ivr.engine import Line
from ivr.settings import Settings
from ivr.sms.delivery import Delivery
from ivr.sms.error_codes import OPERATOR_CODES
from ivr.sms.keyed_numbers import KeyedNumbers
from ivr.sms.keys import NumberKeys
from ivr.sms.outbox import Outbox
from ivr.sms.quotas import Limits, Quotas
from ivr.sms.refusals import Refusals
from ivr.sms.reply_limit import ReplyLimit
from ivr.sms.sender import Sender
from ivr.sms.text_requests import TextRequests
from ivr.sms.text_worker import TextWorker
from ivr.sms.waits import Waits

log = logging.getLogger(__name__)

STATUS_PATH = "/status/message"
_LONGEST_CALL = timedelta(hours=4)  # https://www.twilio.com/docs/voice/limitations-and-edge-cases
_LONG = 120.0  # seconds; a text that nobody took for so long is worth a look
_THREADS = 4  # texts at once in each process; the others wait for a carrier that takes 5 s


class TextChannel:
    """The outbox, what calls ask of it, and the worker that sends what is in it."""

    def __init__(
        self,
        line: Line,
        settings: Settings,
        clock: Callable[[], datetime],
        jitter: Callable[[], float] = random.random,
    ) -> None:
        self._settings, self._clock = settings, clock
        self.store = Store(settings.database_url)
        self.outbox = Outbox(self.store)
        keys = NumberKeys(settings.keys)
        self.refusals, self._keyed = Refusals(self.store, keys), KeyedNumbers(self.store)
        limits = Limits(settings.sms_per_recipient, settings.sms_per_caller, settings.sms_per_day)
        self._quotas = Quotas(self.store, limits)
        zone = ZoneInfo(line.directory.calendar.timezone)
        self.replies = ReplyLimit(self._quotas, keys, zone)
        self.delivery = Delivery(
            self.outbox,
            Sender(settings, self._status_url),
            clock,
            jitter,
            Waits.of(settings.sms_patience, settings.api_timeout),
        )
        self.worker = TextWorker(self.store, self.delivery, self.purge)
        self.requests = TextRequests(
            line,
            self.store,
            self.outbox,
            self._keyed,
            self.refusals,
            self._quotas,
            keys,
            clock,
            self.worker.wake,
            settings.sms_validity,
        )

    def work_here(self) -> None:
        """Sends texts in threads of this process, from the first time it is called."""
        try:
            self.worker.start(_THREADS)
        except RuntimeError as error:  # no more threads can be had; calls are answered all the same
            log.error("no texts are sent from this process for now: %s", error)

    def purge(self) -> None:
        """Forgets what is no longer needed. Raises SQLAlchemyError: then it is tried again."""
        now = self._clock()
        gone = self.outbox.purge(now - timedelta(days=self._settings.sms_retention))
        self._keyed.purge(now - _LONGEST_CALL)
        self._quotas.purge((now - timedelta(days=2)).date())
        self.store.tidy()
        log.info("%d texts are forgotten", gone)

    def complaints(self) -> list[str]:
        """What is degraded, each in one line; nothing where all is well."""
        if not self._settings.can_text:
            return ["texts: neither SMS_FROM nor SMS_SERVICE_SID is set"]
        wrong = self.store.complaint()
        if wrong:
            return [f"database: {wrong}; calls go on, no text can be sent"]
        try:
            return self._late()
        except AWAY:
            return ["database: it does not answer; calls go on, no text can be sent"]

    def oldest_waiting(self) -> float:
        """Seconds since the oldest text was asked for that nobody has taken yet; 0 for none.

        Raises SQLAlchemyError.
        """
        oldest = self.outbox.waiting_since()
        return (self._clock() - oldest).total_seconds() if oldest else 0.0

    def _late(self) -> list[str]:
        now, found, waited = self._clock(), [], self.oldest_waiting()
        if waited > _LONG:
            found.append(f"texts: the oldest has waited for {waited:.0f} s; is a worker running?")
        code = self.outbox.failed_by(OPERATOR_CODES, now - timedelta(hours=1))
        if code is not None:
            found.append(
                f"texts: the carrier refuses them with {code}; see"
                f" https://www.twilio.com/docs/api/errors/{code}"
            )
        return found

    def _status_url(self, text: str) -> str:
        return f"{self._settings.public_url}{STATUS_PATH}?text={quote(text, safe='')}"
