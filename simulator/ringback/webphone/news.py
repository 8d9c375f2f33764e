"""What happens in a call, as news for the page that shows it."""

from collections import OrderedDict
from collections.abc import Callable, Iterator

from ringback.callers.phone import Listening
from ringback.media.prompt_segment import PromptSegment
from ringback.media.sentences import Sentence
from ringback.messages.message import Message
from ringback.transcript.event import Event
from ringback.webphone.feed import Feed
from ringback.webphone.line import PlaceOf
from ringback.webphone.tap import Exchange, goes_on_at

_MOST_SOUNDS = 200  # kept for the page to fetch
# Reported as they are; what is heard, asked and texted has news of its own.
_AS_THEY_ARE = frozenset({"pressed", "silence", "dialed", "unsimulated"})


class News:
    """A CallDisplay and a Listener that puts what a call and its webhooks report into `feed`.

    `t` gives the seconds since the answer, None outside a call.
    """

    def __init__(self, feed: Feed, t: Callable[[], float | None], place: PlaceOf | None) -> None:
        self._feed, self._t, self._place = feed, t, place
        self._sounds: OrderedDict[int, bytes] = OrderedDict()
        self._numbers = 0

    def sound(self, number: int) -> bytes | None:
        """A sound that the news named, as the carrier fetched it."""
        return self._sounds.get(number)

    def says(
        self, prompt: tuple[PromptSegment, ...], said: list[Sentence], listening: Listening
    ) -> None:
        """See CallDisplay."""
        self._feed.put(
            "says",
            t=listening.since,
            ends=listening.prompt_ends,
            until=listening.deadline,
            takes_keys=listening.takes_keys,
            so_far=listening.so_far,
            sentences=[{"t": s.starts, "words": s.words, "language": s.language} for s in said],
            sounds=list(self._kept(prompt)),
        )

    def pressed(self, key: str, at: float, listening: Listening) -> None:
        """See CallDisplay."""
        self._feed.put("key", t=at, key=key, stops=listening.takes_keys)

    def event(self, event: Event) -> None:
        """An event of the carrier's, but for texts."""
        if event.event == "heard" and event.cut:
            self._feed.put("cut", t=event.t)
        elif event.event == "hangup":
            self._feed.put("hangup", t=event.t, by=event.by, why=event.text)
        elif event.event == "error":
            self.trouble(event)
        elif event.event in _AS_THEY_ARE:
            self._feed.put(
                event.event,
                t=event.t,
                text=event.text,
                keys=event.keys,
                lost=event.lost or None,
                to=event.to,
                status=event.status,
            )

    def trouble(self, event: Event) -> None:
        """What Twilio's debugger would show."""
        if event.event == "error":
            self._feed.put(
                "error",
                t=event.t,
                text=event.text,
                code=event.code,
                level=event.level,
                url=event.url,
            )

    def text(self, message: Message) -> None:
        """A text that came."""
        self._feed.put(
            "text",
            t=self._t(),
            from_=message.from_,
            to=message.to,
            body=message.body,
            segments=message.segments,
        )

    def exchanged(self, exchange: Exchange) -> None:
        """A webhook and its answer, and where the caller is by it."""
        following = goes_on_at(exchange)
        place = self._place(following) if self._place and following else None
        self._feed.put(
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
            self._feed.put("place", t=self._t(), node=place.node, language=place.language)

    # A Listener only so that the carrier keeps sounds whole: the page plays them from the news.

    def hears(self, segment: PromptSegment) -> None:
        """See Listener."""

    def presses(self, key: str, at: float) -> None:
        """See Listener."""

    def hangs_up(self, at: float) -> None:
        """See Listener."""

    def _kept(self, prompt: tuple[PromptSegment, ...]) -> Iterator[dict[str, object]]:
        for segment in prompt:
            moment = segment.starts
            for part in segment.parts:
                if part.file:
                    self._numbers += 1
                    self._sounds[self._numbers] = part.file
                    while len(self._sounds) > _MOST_SOUNDS:
                        self._sounds.popitem(last=False)
                    yield {"t": moment, "seconds": part.seconds, "sound": self._numbers}
                moment += part.seconds
