"""The telephone company: an account, its numbers, its clock, its calls and its messages."""

import time
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

import httpx

from ringback.callers.phone import Phone
from ringback.calls.call_record import CallRecord
from ringback.calls.callee import NOBODY, Answering, Callee, anybody
from ringback.calls.in_progress import InProgress
from ringback.calls.switchboard import Switchboard
from ringback.clock.real import RealClock
from ringback.clock.time_control import TimeControl
from ringback.clock.virtual import Clock, OnMove, VirtualClock
from ringback.context import CarrierContext
from ringback.identifiers import Identifiers
from ringback.limits import Limits
from ringback.media.listener import (
    Captions,
    Estimate,
    Listener,
    SpeechSettings,
    Voice,
    no_captions,
    no_estimate,
)
from ringback.messages.delivery import Deliveries, usual_delivery
from ringback.messages.message import Message
from ringback.messages.message_centre import InboundText, MessageCentre, deliver_inbound
from ringback.messages.opt_outs import Keyword
from ringback.messages.text_record import TextRecord
from ringback.numbers.account_numbers import AccountNumbers
from ringback.numbers.number import Number
from ringback.rest.api import create_api
from ringback.rest.fault import Faults
from ringback.rest.resource import Account
from ringback.rest.server import RestServer
from ringback.transcript.event import Event
from ringback.twiml.interpreter import interpret
from ringback.webhooks.status_callbacks import StatusCallback, StatusCallbacks
from ringback.webhooks.transport import BoundedTransport
from ringback.webhooks.webhook_client import WebhookClient


class Carrier(TimeControl):
    """A telephone company with one account.

    In: `start`, the virtual time (aware) it opens at, None for real time, or another `clock`;
    `numbers` of the account, as Number or E.164 text; `transport`, how webhooks are reached
    (`httpx.WSGITransport(app)` in process; real HTTP when left out); `account_sid`, `auth_token`,
    `api_keys` (secret by SK sid), made up from `seed` when left out; `messaging_services`, their MG
    sids; `sms_regions`, how numbers begin that may be texted (all when left out). `faults`,
    `deliveries` (what becomes of a message), `answering` (who answers the app's own calls) and
    `while_time_passes` may be changed at any time; it is called with the new time when that has
    moved, so that a worker beside the app can do what was due by then. `voice` speaks every Say,
    which then takes the time of its sound; without one words are only timed, by `estimate` if it
    knows better. `captions` gives the words of what is played at a URL. `stopwatch` and `sleep` are
    of real seconds. In real time close it, or use it as a context manager: a thread runs its clock.
    """

    def __init__(
        self,
        *,
        start: datetime | None = None,
        clock: Clock | None = None,
        numbers: Sequence[Number | str] = (),
        transport: httpx.BaseTransport | None = None,
        account_sid: str | None = None,
        auth_token: str | None = None,
        api_keys: Mapping[str, str] | None = None,
        messaging_services: Sequence[str] = (),
        sms_regions: Sequence[str] | None = None,
        faults: Faults = (),
        deliveries: Deliveries = usual_delivery,
        answering: Answering = anybody,
        while_time_passes: OnMove | None = None,
        limits: Limits | None = None,
        seed: int = 0,
        voice: Voice | None = None,
        estimate: Estimate = no_estimate,
        captions: Captions = no_captions,
        stopwatch: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        clock = clock or (VirtualClock(start) if start else RealClock(sleep=sleep))
        super().__init__(clock, while_time_passes)
        self.identifiers = Identifiers(seed)
        self.account_sid = account_sid or self.identifiers.sid("AC")
        self.auth_token = auth_token or self.identifiers.hexadecimal()
        self.faults, self.deliveries, self.answering = faults, deliveries, answering
        self._numbers = AccountNumbers(numbers, self.clock.now())
        self._api_keys = dict(api_keys or {})
        self._services = tuple(messaging_services)
        self._sleep, self._in_progress = sleep, InProgress()
        webhooks = WebhookClient(
            transport=transport or BoundedTransport(),
            auth_token=self.auth_token,
            identifiers=self.identifiers,
            limits=limits or Limits(),
            stopwatch=stopwatch,
        )
        self._callbacks = StatusCallbacks(self.clock.now, webhooks)
        context = CarrierContext(
            account_sid=self.account_sid,
            clock=self.clock,
            identifiers=self.identifiers,
            limits=webhooks.limits,
            webhooks=webhooks,
            callbacks=self._callbacks,
        )
        self._message_centre = MessageCentre(
            context=context,
            numbers=self.numbers,
            services=self._services,
            regions=sms_regions,
            deliveries=lambda: self.deliveries,
            on_accepted=lambda sent: self._in_progress.emit_text(sent.to, sent.event_fields()),
        )
        self._switchboard = Switchboard(
            context=context,
            interpret=interpret,
            speech=SpeechSettings(voice=voice, estimate=estimate, captions=captions),
            in_progress=self._in_progress,
            answering=lambda: self.answering,
        )

    @property
    def numbers(self) -> tuple[Number, ...]:
        """The account's numbers, as they are set up now."""
        return self._numbers.numbers()

    @property
    def messages(self) -> tuple[Message, ...]:
        """Every message the app has sent so far, as it stands now, oldest first."""
        return tuple(kept for kept in self._message_centre.log.all() if kept.direction != "inbound")

    @property
    def callbacks(self) -> tuple[StatusCallback, ...]:
        """Every status callback made so far, in order."""
        return self._callbacks.made

    @property
    def placed_calls(self) -> tuple[CallRecord, ...]:
        """The calls the app made that were answered and are over, in order."""
        return tuple(self._switchboard.placed)

    def call(
        self,
        *,
        url: str | None = None,
        from_: str,
        to: str,
        phone: Phone,
        method: str = "POST",
        fallback_url: str | None = None,
        fallback_method: str = "POST",
        status_callback: str | None = None,
        status_callback_method: str = "POST",
        callee: Callee | Mapping[str, Callee] | None = None,
        on_event: Callable[[Event], None] | None = None,
        listener: Listener | None = None,
    ) -> CallRecord:
        """Places a call to the number whose voice webhook is `url`, and returns when it is over.

        Without a `url` all of its URLs are what the number is set up with. `from_` may be what
        Twilio reports for a withheld number ("anonymous"). `phone` is the caller, `callee` whoever
        a Dial reaches (by the number called, where it is a mapping; who is not in it does not
        answer). `fallback_url` is asked when a document fails and `status_callback` once, when the
        call is over. `on_event` gets every event as it happens, for a text maybe in another thread.
        `listener` gets all that sounds (a Recorder makes a file of it) and changes nothing.
        Raises ValueError where there is no URL.
        """
        if url is None:
            own = self._numbers.set_up(to, "voice_url")
        else:
            own = Number(
                to,
                voice_url=url,
                voice_method=method,
                voice_fallback_url=fallback_url or "",
                voice_fallback_method=fallback_method,
                status_callback=status_callback or "",
                status_callback_method=status_callback_method,
            )
        return self._switchboard.call(
            own,
            from_=from_,
            phone=phone,
            callee=NOBODY if callee is None else callee,
            on_event=on_event,
            listener=listener,
        )

    def text(
        self,
        *,
        url: str | None = None,
        from_: str,
        to: str,
        body: str,
        method: str = "POST",
        fallback_url: str | None = None,
        fallback_method: str = "POST",
        opt_out_type: Keyword | None = None,
        on_event: Callable[[Event], None] | None = None,
    ) -> TextRecord:
        """Texts the number whose messaging webhook is `url`, and returns when all is answered.

        Without a `url` it is what the number is set up with. Replies are messages like others: they
        are delivered as time passes. STOP, START and HELP are heeded and answered by the carrier
        before the app hears of them; `opt_out_type` is what Advanced Opt-Out takes another word
        for. On a fatal error `fallback_url` is asked. Raises ValueError where there is no URL.
        https://www.twilio.com/docs/messaging/guides/webhook-request
        """
        if url is None:
            own = self._numbers.set_up(to, "sms_url")
        else:
            own = Number(
                to,
                sms_url=url,
                sms_method=method,
                sms_fallback_url=fallback_url or "",
                sms_fallback_method=fallback_method,
            )
        text = InboundText.for_number(own, from_, body, opt_out_type)
        exchange = self._message_centre.open_exchange(text, on_event)
        with self._in_progress.during(from_, exchange.emit):
            return deliver_inbound(exchange, text, self._message_centre)

    def rest_api(self, port: int = 0) -> RestServer:
        """Serves the REST API over HTTP until the returned server is closed."""
        account = Account(
            sid=self.account_sid,
            secrets={self.account_sid: self.auth_token, **self._api_keys},
            services=self._services,
            numbers=self._numbers,
            message_centre=self._message_centre,
            switchboard=self._switchboard,
            identifiers=self.identifiers,
            now=self.now,
        )
        api = create_api(account, lambda: self.faults, self._sleep)
        return RestServer(api, port, on_close=self.clock.close)
