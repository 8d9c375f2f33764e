"""All of the text channel, put together from the settings: for web app, worker and commands."""

import logging
import random
from collections.abc import Callable
from datetime import datetime, timedelta
from urllib.parse import quote

from sqlalchemy.exc import SQLAlchemyError

from ivr.database.store import Store
from ivr.engine import Line
from ivr.settings import Settings
from ivr.sms.delivery import Delivery
from ivr.sms.desk import Desk, Wake
from ivr.sms.held import HeldNumbers
from ivr.sms.keys import NumberKeys
from ivr.sms.outbox import Outbox
from ivr.sms.patience import Patience
from ivr.sms.queue import Queue
from ivr.sms.quotas import Limits, Quotas
from ivr.sms.refusals import Refusals
from ivr.sms.sender import Sender
from ivr.sms.verdicts import OPERATORS

log = logging.getLogger(__name__)

STATUS_PATH = "/status/message"
_LONGEST_CALL = timedelta(hours=4)  # https://www.twilio.com/docs/voice/limitations-and-edge-cases
_LONG = 120.0  # seconds; a text that nobody took for so long is worth a look
_THREADS = 4  # a carrier that takes 5 s holds up three others, not all


class Texts:
    """The outbox and all that works on it.

    `wake` tells whoever works it off that a text is due; the queue does, unless another is given.
    """

    def __init__(
        self,
        line: Line,
        settings: Settings,
        clock: Callable[[], datetime],
        *,
        wake: Wake | None = None,
        jitter: Callable[[], float] = random.random,
    ) -> None:
        self._settings, self._clock = settings, clock
        self.store = Store(settings.database_url)
        self.outbox = Outbox(self.store)
        keys = NumberKeys(settings.keys)
        self.refusals, self._held = Refusals(self.store, keys), HeldNumbers(self.store)
        limits = Limits(settings.sms_per_recipient, settings.sms_per_caller, settings.sms_per_day)
        self._quotas = Quotas(self.store, limits)
        self.delivery = Delivery(
            self.outbox,
            Sender(settings, self._status_url),
            clock,
            jitter,
            Patience.of(settings.sms_patience, settings.api_timeout),
        )
        self.queue = Queue(
            self.delivery, self.purge, settings.keys[0], settings.redis_url, settings.queue_file
        )
        self.desk = Desk(
            line,
            self.store,
            self.outbox,
            self._held,
            self.refusals,
            self._quotas,
            keys,
            clock,
            wake or self.queue.wake,
            settings.sms_validity,
        )

    def work_here(self) -> None:
        """Works the outbox off in this process, where no other is there to do it (no Redis)."""
        if self._settings.redis_url is None and self._settings.can_text:
            self.queue.start(_THREADS)

    def purge(self) -> None:
        """Forgets what is no longer needed; never raises, for it comes again every hour."""
        now = self._clock()
        try:
            gone = self.outbox.purge(now - timedelta(days=self._settings.sms_retention))
            self._held.purge(now - _LONGEST_CALL)
            self._quotas.purge((now - timedelta(days=2)).date())
            self.store.tidy()
        except SQLAlchemyError as error:
            log.error("nothing could be purged: %s", type(error).__name__)
            return
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
        except SQLAlchemyError:
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
        code = self.outbox.failed_by(OPERATORS, now - timedelta(hours=1))
        if code is not None:
            found.append(
                f"texts: the carrier refuses them with {code}; see"
                f" https://www.twilio.com/docs/api/errors/{code}"
            )
        return found

    def _status_url(self, text: str) -> str:
        return f"{self._settings.public_url}{STATUS_PATH}?text={quote(text, safe='')}"
