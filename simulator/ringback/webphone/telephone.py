"""One browser tab's telephone: its calls, its texts, and the news that its page shows."""

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from threading import Lock, Thread

import httpx

from ringback.callers.browser import HANG_UP, BrowserPhone
from ringback.transcript.event import Event
from ringback.webphone.feed import Feed
from ringback.webphone.line import CannotConnect, Connection, Service
from ringback.webphone.news import News
from ringback.webphone.tap import Tap

_PATIENCE = 8.0  # seconds a call outlives its page: one that reloads its feed is back in three


class Telephone:
    """Places one call at a time through a connection of its own; tabs do not see each other.

    The connection stays up between calls, so that texts arrive late and the line remembers; a call
    at another time brings up a new one. `stopwatch` counts real seconds.
    """

    def __init__(self, service: Service, stopwatch: Callable[[], float] = time.monotonic) -> None:
        self.feed = Feed()
        self.news = News(self.feed, self._t, service.place)
        self._service, self._stopwatch = service, stopwatch
        self._listeners, self._last_heard = 0, stopwatch()
        self._phone: BrowserPhone | None = None
        self._connected: _Connected | None = None
        self._lock, self._connecting = Lock(), Lock()
        self._gone = False

    def get_ready(self) -> None:
        """Connects to the line before the first call, in a thread of its own."""
        Thread(target=self._get_ready, name="web phone", daemon=True).start()

    def call(self, *, from_: str, to: str, at: datetime | None) -> bool:
        """Begins a call, which runs by itself; False where one is in progress."""
        with self._lock:
            if self._phone is not None or self._gone:
                return False
            self._phone = phone = BrowserPhone(self.news, self._is_there, self._stopwatch)
        Thread(target=self._run, args=(phone, from_, to, at), name="web phone", daemon=True).start()
        return True

    def press(self, key: str) -> bool:
        """Presses a key of the call; False where there is none."""
        phone = self._phone
        if phone is not None:
            phone.do(key)
        return phone is not None

    def hang_up(self) -> bool:
        """Ends the call; False where there is none."""
        return self.press(HANG_UP)

    def text(self, *, from_: str, body: str) -> None:
        """Texts the line; what happens then is news. It returns when the line has answered."""
        try:
            known = self._connected
            connection = known.connection if known else self._connect(None)
        except CannotConnect as error:
            self.feed.put("refused", why=str(error))
            return
        if connection.sms is None:
            self.feed.put("refused", why="this line takes no texts")
            return
        self.feed.put("sent", from_=from_, to=connection.texts_to, body=body)
        connection.carrier.text(
            url=connection.sms,
            from_=from_,
            to=connection.texts_to,
            body=body,
            on_event=self.news.trouble,
        )
        self.look_for_texts()

    @contextmanager
    def listened_to(self) -> Iterator[None]:
        """While the page reads the feed."""
        with self._lock:
            self._listeners += 1
        try:
            yield
        finally:
            with self._lock:
                self._listeners -= 1
                self._last_heard = self._stopwatch()

    @property
    def is_gone(self) -> bool:
        """Whether it was removed."""
        return self._gone

    def quiet_for(self) -> float:
        """Seconds since anybody read the feed; 0 while somebody does."""
        return 0.0 if self._listeners else self._stopwatch() - self._last_heard

    def look_for_texts(self) -> None:
        """Reports texts that came since the last look, during a call or not."""
        connected = self._connected
        for message in connected.connection.carrier.messages if connected else ():
            if connected and connected.is_new(message.sid):
                self.news.text(message)

    def close(self) -> None:
        """Hangs up, and takes the connection down when the call is over."""
        self._gone = True
        if not self.hang_up():
            with self._connecting:
                self._disconnect()

    def _get_ready(self) -> None:
        try:
            self._connect(None)
        except CannotConnect as error:
            self.feed.put("refused", why=str(error))

    def _run(self, phone: BrowserPhone, from_: str, to: str, at: datetime | None) -> None:
        try:
            connection = self._connect(at)
            record = connection.carrier.call(
                url=connection.voice(to),
                from_=from_,
                to=to,
                phone=phone,
                on_event=self._event,
                listener=self.news,
            )
            self.feed.put("over", t=record.seconds, by=record.ended_by, status=record.status)
        except CannotConnect as error:
            self.feed.put("refused", why=str(error))
        except Exception as error:  # the page must not ring for ever
            logging.getLogger(__name__).exception("a call failed in the web phone itself")
            self.feed.put("refused", why=f"the web phone itself failed: {error}")
        finally:
            with self._lock:
                self._phone = None
            if self._gone:
                self.close()

    def _event(self, event: Event) -> None:
        if event.event == "texted":
            self.look_for_texts()
        else:
            self.news.event(event)

    def _connect(self, at: datetime | None) -> Connection:
        """The connection that is up, where its time is the one that is wanted, else a new one."""
        with self._connecting:
            if self._gone:
                raise CannotConnect("this telephone was taken away")
            known = self._connected
            if known is None or at is not None or known.at is not None:
                self._disconnect()
                stack = ExitStack()
                tap = Tap(httpx.HTTPTransport(), self.news.exchanged, self._stopwatch)
                connection = stack.enter_context(self._service.connect(at, tap))
                self._connected = known = _Connected(connection, at, stack)
                self.feed.put("connected", texting=connection.sms is not None)
            return known.connection

    def _disconnect(self) -> None:
        self.look_for_texts()
        connected, self._connected = self._connected, None
        if connected is not None:
            connected.stack.close()

    def _is_there(self) -> bool:
        return self.quiet_for() < _PATIENCE

    def _t(self) -> float | None:
        phone = self._phone
        return phone.t if phone else None


@dataclass(frozen=True)
class _Connected:
    """A connection, the time it was brought up for, and what takes it down again."""

    connection: Connection
    at: datetime | None
    stack: ExitStack
    _seen: set[str] = field(default_factory=set)
    _looking: Lock = field(default_factory=Lock)

    def is_new(self, sid: str) -> bool:
        """Whether this is the first look at a message."""
        with self._looking:
            new = sid not in self._seen
            self._seen.add(sid)
        return new
