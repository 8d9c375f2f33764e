"""The telephone company: an account, its numbers, its clock, its calls and its messages."""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from threading import Lock
from typing import Self

import httpx

from ivr.simulator.call import Call
from ivr.simulator.callbacks import Callback
from ivr.simulator.clock import Clock, OnMove, VirtualClock
from ivr.simulator.deliveries import Deliveries, usual
from ivr.simulator.ear import Captions, Ear, Estimate, Voice, no_captions, no_estimate
from ivr.simulator.events import Event
from ivr.simulator.executing import run
from ivr.simulator.far_end import FarEnd
from ivr.simulator.faults import Faults
from ivr.simulator.fetching import Fetcher, Request
from ivr.simulator.identifiers import Identifiers
from ivr.simulator.limits import Limits
from ivr.simulator.message_centre import MessageCentre, OnAnswer, TextIn, brought
from ivr.simulator.messages import Message
from ivr.simulator.network import BoundedTransport
from ivr.simulator.numbers import Number
from ivr.simulator.parameters import Parties
from ivr.simulator.phone import Phone
from ivr.simulator.real_clock import RealClock
from ivr.simulator.record import CallRecord
from ivr.simulator.rest.api import Account, create_api
from ivr.simulator.rest.resources import Senders
from ivr.simulator.rest.server import RestServer
from ivr.simulator.text_record import TextRecord


class Carrier:
    """A telephone company with one account.

    In: `start`, the virtual time (aware) it opens at, None for real time, or another `clock`;
    `numbers` of the account, as Number or E.164 text; `transport`, how webhooks are reached
    (`httpx.WSGITransport(app)` in process; real HTTP when left out); `account_sid`, `auth_token`,
    `api_keys` (secret by SK sid), made up from `seed` when left out; `messaging_services`, their MG
    sids. `faults`, `deliveries` (what becomes of a message) and `while_time_passes` may be changed
    at any time; the last is told the new time when it has moved, so that a worker beside the app
    can do what was due by then.
    `voice` speaks every Say, which then takes the time of its sound; without one words are only
    timed, by `estimate` where it knows better than the simulator. `captions` tells the words of
    what is played at a URL. `stopwatch` and `sleep` deal in real seconds. In real time close it, or
    use it as a context manager: status callbacks are then made by a thread of its clock.
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
        faults: Faults = (),
        deliveries: Deliveries = usual,
        while_time_passes: OnMove | None = None,
        limits: Limits | None = None,
        seed: int = 0,
        voice: Voice | None = None,
        estimate: Estimate = no_estimate,
        captions: Captions = no_captions,
        stopwatch: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.identifiers = Identifiers(seed)
        self.clock = clock or (VirtualClock(start) if start else RealClock(sleep=sleep))
        self.clock.on_move = self._time_passed
        self.account_sid = account_sid or self.identifiers.sid("AC")
        self.auth_token = auth_token or self.identifiers.hexadecimal()
        self.numbers = tuple(Number(own) if isinstance(own, str) else own for own in numbers)
        self.faults = faults
        self.deliveries, self.while_time_passes = deliveries, while_time_passes
        self._api_keys = dict(api_keys or {})
        self._services = tuple(messaging_services)
        self._limits = limits or Limits()
        self._transport = transport or BoundedTransport()
        self._stopwatch, self._sleep, self._voice = stopwatch, sleep, voice
        self._estimate, self._captions = estimate, captions
        self._centre = MessageCentre(
            account_sid=self.account_sid,
            numbers=self.numbers,
            services=self._services,
            clock=self.clock,
            identifiers=self.identifiers,
            limits=self._limits,
            open_fetcher=self._message_fetcher,
            deliveries=lambda: self.deliveries,
            on_accepted=self._texted,
        )
        self._under_way: list[_UnderWay] = []
        self._switching = Lock()

    @property
    def messages(self) -> tuple[Message, ...]:
        """Every message the app has sent so far, as it stands now, oldest first."""
        return tuple(kept for kept in self._centre.book.all() if kept.direction != "inbound")

    @property
    def callbacks(self) -> tuple[Callback, ...]:
        """Every status callback made so far, in order."""
        return self._centre.callbacks.made

    def now(self) -> datetime:
        """The carrier's time; hand this to the app as its clock."""
        return self.clock.now()

    def pass_time(self, seconds: float) -> None:
        """Lets time pass while nobody calls: messages arrive, status callbacks are made."""
        self.clock.advance(seconds)

    def close(self) -> None:
        """Ends what happens by itself in real time. Callbacks that are still to come are lost."""
        self.clock.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def call(
        self,
        *,
        url: str,
        from_: str,
        to: str,
        phone: Phone,
        method: str = "POST",
        fallback_url: str | None = None,
        fallback_method: str = "POST",
        status_callback: str | None = None,
        status_callback_method: str = "POST",
        far_end: FarEnd | Mapping[str, FarEnd] | None = None,
        on_event: Callable[[Event], None] | None = None,
        ear: Ear | None = None,
    ) -> CallRecord:
        """Places a call to the number whose voice webhook is `url`, and returns when it is over.

        `from_` may be what Twilio reports for a withheld number ("anonymous"). `phone` is the
        caller, `far_end` whoever a Dial reaches (by the number called, where it is a mapping; who
        is not in it does not answer). `fallback_url` is asked when a document fails and
        `status_callback` once, when the call is over: the number's other two URLs. `on_event` is
        told every event as it happens, and may be called from another thread for a text. `ear` is
        given all that sounds (a Recorder makes a file of it); it changes nothing in the call.
        """
        parties = Parties(
            account_sid=self.account_sid, call_sid=self.identifiers.sid("CA"), from_=from_, to=to
        )
        call = Call(
            parties,
            phone=phone,
            far_end=FarEnd() if far_end is None else far_end,
            clock=self.clock,
            identifiers=self.identifiers,
            limits=self._limits,
            fetcher=lambda on_answer: self._fetcher(on_answer, whole_sounds=ear is not None),
            on_event=on_event,
            ear=ear,
            voice=self._voice,
            estimate=self._estimate,
            captions=self._captions,
        )
        with self._while_under_way(from_, call.tell):
            over = run(
                call,
                Request(url=url, method=method),
                fallback_url,
                fallback_method=fallback_method,
                status_callback=Request(url=status_callback, method=status_callback_method)
                if status_callback
                else None,
            )
        return CallRecord(
            sid=parties.call_sid,
            from_=from_,
            to=to,
            answered=call.answered,
            status=over.status,
            ended_by=over.by,
            seconds=call.t,
            events=call.events,
        )

    def text(
        self,
        *,
        url: str,
        from_: str,
        to: str,
        body: str,
        method: str = "POST",
        fallback_url: str | None = None,
        opt_out_type: str | None = None,
        on_event: Callable[[Event], None] | None = None,
    ) -> TextRecord:
        """Texts the number whose messaging webhook is `url`, and returns when all is answered.

        Replies are messages like others: they are delivered as time passes. `opt_out_type` (START,
        STOP or HELP) is what Advanced Opt-Out adds. On a fatal error `fallback_url` is asked.
        https://www.twilio.com/docs/messaging/guides/webhook-request
        """
        text = TextIn(
            url=url,
            from_=from_,
            to=to,
            body=body,
            method=method,
            fallback_url=fallback_url,
            opt_out_type=opt_out_type,
        )
        texting = self._centre.opened(text, on_event)
        with self._while_under_way(from_, texting.tell):
            return brought(texting, text)

    def rest_api(self, port: int = 0) -> RestServer:
        """Serves the REST API over HTTP until the returned server is closed."""
        account = Account(
            sid=self.account_sid,
            secrets={self.account_sid: self.auth_token, **self._api_keys},
            senders=Senders(numbers=self.numbers, services=self._services),
            book=self._centre.book,
            take=self._centre.take,
            identifiers=self.identifiers,
            now=self.now,
        )
        api = create_api(account, lambda: self.faults, self._sleep)
        return RestServer(api, port, on_close=self.clock.close)

    def _fetcher(self, on_answer: OnAnswer, *, whole_sounds: bool) -> Fetcher:
        return Fetcher(
            self._transport,
            self.auth_token,
            self.identifiers,
            self._limits,
            on_answer,
            self._stopwatch,
            whole_sounds,
        )

    def _message_fetcher(
        self, on_answer: OnAnswer, through: Callable[[httpx.BaseTransport], httpx.BaseTransport]
    ) -> Fetcher:
        return Fetcher(
            through(self._transport),
            self.auth_token,
            self.identifiers,
            self._limits,
            on_answer,
            self._stopwatch,
            keeps_port=True,
        )

    def _time_passed(self, now: datetime) -> None:
        if self.while_time_passes:
            self.while_time_passes(now)

    @contextmanager
    def _while_under_way(self, whose: str, tell: Callable[..., None]) -> Iterator[None]:
        this = _UnderWay(whose, tell)
        with self._switching:
            self._under_way.append(this)
        try:
            yield
        finally:
            with self._switching:
                self._under_way.remove(this)

    def _texted(self, message: Message) -> None:
        """Tells what is under way: the recipient's own call or text, else the one begun last."""
        with self._switching:
            calls = list(self._under_way)
        own = [call for call in calls if call.whose == message.to]
        for call in (own or calls)[-1:]:
            call.tell(
                "texted",
                to=message.to,
                from_=message.from_,
                body=message.body,
                segments=message.segments,
                sid=message.sid,
            )


@dataclass(frozen=True, eq=False)
class _UnderWay:
    """A call or a text under way: whose it is, and how to tell it of an event."""

    whose: str
    tell: Callable[..., None]
