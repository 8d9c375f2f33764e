"""The telephone company: an account, its numbers, its clock, its calls and its messages."""

import time
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from threading import Lock

import httpx

from ivr.simulator.call import Call
from ivr.simulator.clock import VirtualClock
from ivr.simulator.ear import Captions, Ear, Estimate, Voice, no_captions, no_estimate
from ivr.simulator.events import Event
from ivr.simulator.executing import run
from ivr.simulator.far_end import FarEnd
from ivr.simulator.faults import Faults
from ivr.simulator.fetching import Fetcher, Request
from ivr.simulator.identifiers import Identifiers
from ivr.simulator.limits import Limits
from ivr.simulator.messages import Message, MessageBook
from ivr.simulator.numbers import Number
from ivr.simulator.parameters import Parties
from ivr.simulator.phone import Phone
from ivr.simulator.record import CallRecord
from ivr.simulator.rest.api import Account, create_api
from ivr.simulator.rest.resources import Senders
from ivr.simulator.rest.server import RestServer


class Carrier:
    """A telephone company with one account.

    In: `start`, the virtual time (aware) it opens at; `numbers` of the account, as Number or E.164
    text; `transport`, how webhooks are reached (`httpx.WSGITransport(app)` in process; real HTTP
    when left out); `account_sid`, `auth_token`, `api_keys` (secret by SK sid), made up from `seed`
    when left out; `messaging_services`, their MG sids. `faults` may be changed at any time.
    `voice` speaks every Say, which then takes the time of its sound; without one words are only
    timed, by `estimate` where it knows better than the simulator. `captions` tells the words of
    what is played at a URL. `stopwatch` and `sleep` deal in real seconds.
    """

    def __init__(
        self,
        *,
        start: datetime,
        numbers: Sequence[Number | str] = (),
        transport: httpx.BaseTransport | None = None,
        account_sid: str | None = None,
        auth_token: str | None = None,
        api_keys: Mapping[str, str] | None = None,
        messaging_services: Sequence[str] = (),
        faults: Faults = (),
        limits: Limits | None = None,
        seed: int = 0,
        voice: Voice | None = None,
        estimate: Estimate = no_estimate,
        captions: Captions = no_captions,
        stopwatch: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.identifiers = Identifiers(seed)
        self.clock = VirtualClock(start)
        self.account_sid = account_sid or self.identifiers.sid("AC")
        self.auth_token = auth_token or self.identifiers.hexadecimal()
        self.numbers = tuple(Number(own) if isinstance(own, str) else own for own in numbers)
        self.faults = faults
        self._messages = MessageBook(self._texted)
        self._api_keys = dict(api_keys or {})
        self._services = tuple(messaging_services)
        self._limits = limits or Limits()
        self._transport = transport or httpx.HTTPTransport()
        self._stopwatch, self._sleep, self._voice = stopwatch, sleep, voice
        self._estimate, self._captions = estimate, captions
        self._under_way: list[Call] = []
        self._switching = Lock()

    @property
    def messages(self) -> tuple[Message, ...]:
        """Every message accepted so far, oldest first."""
        return self._messages.all()

    def now(self) -> datetime:
        """The virtual time; hand this to the app as its clock."""
        return self.clock.now()

    def call(
        self,
        *,
        url: str,
        from_: str,
        to: str,
        phone: Phone,
        method: str = "POST",
        fallback_url: str | None = None,
        far_end: FarEnd | None = None,
        on_event: Callable[[Event], None] | None = None,
        ear: Ear | None = None,
    ) -> CallRecord:
        """Places a call to the number whose voice webhook is `url`, and returns when it is over.

        `from_` may be what Twilio reports for a withheld number ("anonymous"). `phone` is the
        caller, `far_end` whoever a Dial reaches. `on_event` is told every event as it happens, and
        may be called from another thread for a text. `ear` is given all that sounds (a Recorder
        makes a file of it); it changes nothing in the call.
        """
        parties = Parties(
            account_sid=self.account_sid, call_sid=self.identifiers.sid("CA"), from_=from_, to=to
        )
        call = Call(
            parties,
            phone=phone,
            far_end=far_end or FarEnd(),
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
        with self._switching:
            self._under_way.append(call)
        try:
            over = run(call, Request(url=url, method=method), fallback_url)
        finally:
            with self._switching:
                self._under_way.remove(call)
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

    def rest_api(self, port: int = 0) -> RestServer:
        """Serves the REST API over HTTP until the returned server is closed."""
        account = Account(
            sid=self.account_sid,
            secrets={self.account_sid: self.auth_token, **self._api_keys},
            senders=Senders(numbers=self.numbers, services=self._services),
            book=self._messages,
            identifiers=self.identifiers,
            now=self.now,
        )
        return RestServer(create_api(account, lambda: self.faults, self._sleep), port)

    def _fetcher(
        self, on_answer: Callable[[str, str, int], None], *, whole_sounds: bool
    ) -> Fetcher:
        return Fetcher(
            self._transport,
            self.auth_token,
            self.identifiers,
            self._limits,
            on_answer,
            self._stopwatch,
            whole_sounds,
        )

    def _texted(self, message: Message) -> None:
        """Tells the call under way: the recipient's own, else the one placed last."""
        with self._switching:
            calls = list(self._under_way)
        own = [call for call in calls if call.parties.from_ == message.to]
        for call in (own or calls)[-1:]:
            call.tell(
                "texted",
                to=message.to,
                from_=message.from_,
                body=message.body,
                segments=message.segments,
                sid=message.sid,
            )
