"""One browser tab's telephone: its calls, its texts, and the news that its page shows."""

import logging
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from threading import Lock, Thread

import httpx

from ivr.simulator.events import Event
from ivr.simulator.passages import Passage
from ivr.simulator.phone import Listening
from ivr.simulator.sentences import Sentence
from ivr.simulator.webphone.feed import Feed
from ivr.simulator.webphone.hand import HANG_UP, Hand
from ivr.simulator.webphone.line import CannotConnect, Connection, Service
from ivr.simulator.webphone.tap import Exchange, Tap
from ivr.simulator.webphone.whereabouts import goes_on_at

_PATIENCE = 8.0  # seconds a call outlives its page: one that reloads its feed is back in three
_MOST_SOUNDS = 200  # kept for the page to fetch
_SHOWN = frozenset({"pressed", "silence", "dialed", "error", "spoke", "recorded", "unsimulated"})


class Telephone:
    """Places one call at a time through a connection of its own; tabs do not see each other.

    The connection stays up between calls, so that texts arrive late and the line remembers; a call
    at another time brings up a new one.
    """

    def __init__(self, service: Service, stopwatch: Callable[[], float] = time.monotonic) -> None:
        self.feed = Feed()
        self._service, self._stopwatch = service, stopwatch
        self._listeners, self._last_heard = 0, stopwatch()
        self._sounds: OrderedDict[int, bytes] = OrderedDict()
        self._hand: Hand | None = None
        self._connected: _Connected | None = None
        self._lock, self._connecting = Lock(), Lock()
        self._numbers = 0
        self._gone = False

    # What the page asks for -----------------------------------------------------------------------

    def call(self, *, from_: str, to: str, at: datetime | None) -> bool:
        """Begins a call, which runs by itself; False where one is under way."""
        with self._lock:
            if self._hand is not None or self._gone:
                return False
            self._hand = hand = Hand(self, self._is_there, self._stopwatch)
        Thread(target=self._run, args=(hand, from_, to, at), name="web phone", daemon=True).start()
        return True

    def press(self, key: str) -> bool:
        """Presses a key of the call; False where there is none."""
        hand = self._hand
        if hand is not None:
            hand.do(key)
        return hand is not None

    def hang_up(self) -> bool:
        """Ends the call; False where there is none."""
        return self.press(HANG_UP)

    def text(self, *, from_: str, body: str) -> None:
        """Texts the line; what comes of it is news. It returns when the line has answered."""
        try:
            connection = self._connect(self._connected.at if self._connected else None)
        except CannotConnect as error:
            self.feed.put("refused", why=str(error))
            return
        texting = getattr(connection.carrier, "text", None)
        if connection.sms is None or texting is None:
            self.feed.put("refused", why="this line takes no texts")
            return
        self.feed.put("sent", from_=from_, to=connection.texts_to, body=body)
        texting(
            url=connection.sms,
            from_=from_,
            to=connection.texts_to,
            body=body,
            on_event=self._texting_event,
        )
        self.look_for_texts()

    def sound(self, number: int) -> bytes | None:
        """A sound that the news named."""
        return self._sounds.get(number)

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
        """Whether it was taken away."""
        return self._gone

    def quiet_for(self) -> float:
        """Seconds since anybody read the feed; 0 while somebody does."""
        return 0.0 if self._listeners else self._stopwatch() - self._last_heard

    def look_for_texts(self) -> None:
        """Tells of texts that have come since the last look, whether or not a call is under way."""
        connected = self._connected
        for message in connected.connection.carrier.messages if connected else ():
            if connected and connected.is_new(message.sid):
                self.feed.put(
                    "text",
                    t=self._t(),
                    from_=message.from_,
                    to=message.to,
                    body=message.body,
                    segments=message.segments,
                )

    def close(self) -> None:
        """Hangs up, and takes the connection down when the call is over."""
        self._gone = True
        if not self.hang_up():
            with self._connecting:
                self._disconnect()

    # What the call tells --------------------------------------------------------------------------

    def says(self, prompt: tuple[Passage, ...], said: list[Sentence], listening: Listening) -> None:
        """See Teller."""
        self.feed.put(
            "says",
            t=listening.since,
            ends=listening.prompt_ends,
            until=listening.deadline,
            takes_keys=listening.takes_keys,
            so_far=listening.so_far,
            sentences=[{"t": s.starts, "words": s.words, "language": s.language} for s in said],
            sounds=list(self._kept(prompt)),
        )

    def presses(self, key: str, at: float, listening: Listening) -> None:
        """See Teller."""
        self.feed.put("key", t=at, key=key, stops=listening.takes_keys)

    # Inside ---------------------------------------------------------------------------------------

    def _run(self, hand: Hand, from_: str, to: str, at: datetime | None) -> None:
        try:
            connection = self._connect(at)
            record = connection.carrier.call(
                url=connection.voice(to),
                from_=from_,
                to=to,
                phone=hand,
                on_event=self._event,
                ear=_Keeper(),
            )
            self.feed.put("over", t=record.seconds, by=record.ended_by, status=record.status)
        except CannotConnect as error:
            self.feed.put("refused", why=str(error))
        except Exception as error:  # the page must not ring for ever
            logging.getLogger(__name__).exception("a call failed in the web phone itself")
            self.feed.put("refused", why=f"the web phone itself failed: {error}")
        finally:
            with self._lock:
                self._hand = None
            if self._gone:
                self.close()

    def _connect(self, at: datetime | None) -> Connection:
        """The connection that is up, where its time is the one that is wanted, else a new one."""
        with self._connecting:
            known = self._connected
            if known is None or at is not None or known.at is not None:
                self._disconnect()
                stack = ExitStack()
                tap = Tap(httpx.HTTPTransport(), self._exchanged, self._stopwatch)
                connection = stack.enter_context(self._service.connect(at, tap))
                self._connected = known = _Connected(connection, at, stack)
                takes_texts = connection.sms is not None and hasattr(connection.carrier, "text")
                self.feed.put("connected", texting=takes_texts)
            return known.connection

    def _disconnect(self) -> None:
        self.look_for_texts()
        connected, self._connected = self._connected, None
        if connected is not None:
            connected.stack.close()

    def _is_there(self) -> bool:
        return self.quiet_for() < _PATIENCE

    def _t(self) -> float | None:
        hand = self._hand
        return hand.t if hand else None

    def _event(self, event: Event) -> None:
        if event.event == "texted":
            self.look_for_texts()
        elif event.event == "heard" and event.cut:
            self.feed.put("cut", t=event.t)
        elif event.event == "hangup":
            self.feed.put("hangup", t=event.t, by=event.by, why=event.text)
        elif event.event in _SHOWN:
            self.feed.put(
                event.event,
                t=event.t,
                text=event.text,
                keys=event.keys,
                lost=event.lost or None,
                code=event.code,
                level=event.level,
                url=event.url,
                to=event.to,
                status=event.status,
            )

    def _texting_event(self, event: Event) -> None:
        if event.event == "error":
            self._event(event)

    def _exchanged(self, exchange: Exchange) -> None:
        place = None
        following = goes_on_at(exchange)
        if following is not None and self._service.place is not None:
            place = self._service.place(following)
        self.feed.put(
            "exchange",
            t=self._t(),
            method=exchange.method,
            url=exchange.url,
            parameters=exchange.parameters,
            signature=exchange.signature,
            status=exchange.status,
            content_type=exchange.content_type,
            body=exchange.body,
            milliseconds=round(exchange.milliseconds, 1),
        )
        if place is not None:
            self.feed.put("place", t=self._t(), node=place.node, language=place.language)

    def _kept(self, prompt: tuple[Passage, ...]) -> Iterator[dict[str, object]]:
        for passage in prompt:
            moment = passage.starts
            for piece in passage.pieces:
                if piece.file:
                    self._numbers += 1
                    self._sounds[self._numbers] = piece.file
                    while len(self._sounds) > _MOST_SOUNDS:
                        self._sounds.popitem(last=False)
                    yield {"t": moment, "seconds": piece.seconds, "sound": self._numbers}
                moment += piece.seconds


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


class _Keeper:
    """An Ear only so that the carrier keeps sounds whole: the page plays them by itself."""

    def hears(self, passage: Passage) -> None:
        """See Ear."""

    def presses(self, key: str, at: float) -> None:
        """See Ear."""

    def hangs_up(self, at: float) -> None:
        """See Ear."""
