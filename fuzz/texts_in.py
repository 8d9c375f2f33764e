"""Whatever somebody texts, from wherever they were: one message answers, and leads on."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from fuzz.parts import Parts, joined
from ivr.check.loading import open_line
from ivr.engine.danger import phrases_of
from ivr.engine.folding import folded
from ivr.engine.understanding import Understanding, meanings
from ivr.settings import Folders
from ivr.sms.conversation import MOST_SEGMENTS, Conversation, Place

_LINE = open_line(Folders().data, Folders().prompts)
_CONVERSATION, _UNDERSTANDING = Conversation(_LINE), Understanding(_LINE)
_FIRST = datetime(2026, 1, 1, tzinfo=UTC)
_MOST = 20  # messages of one conversation


def seeds() -> Iterator[bytes]:
    """Every word that means something, and a few ways through the tree."""
    for language, script in _LINE.scripts.items():
        chat = script.prompts.chat.words
        words = [listed.words for listed in meanings(script.prompts, language)]
        phrases = [words for _, _, words, _ in phrases_of(chat.danger, language)]
        options = [option.words for option in _CONVERSATION.offers(None)]
        for word in (*words, *phrases, *options):
            yield joined("00", language, "top", "", word, "1", word)
    for trail in ("top", "danger", "top,remove,remove_advice", "no_keys"):
        yield joined("99", "ja", trail, "", "1", "9", "#", "もどる", "０", "８")
        yield joined("~~", "en", trail, "gone", "help", "2", "1", "*", "kill myself")


def attempt(data: bytes) -> None:
    """A whole conversation, from a place that the cookie tells."""
    parts = Parts(data)
    opening = _LINE.timetable.at(_FIRST + timedelta(hours=int.from_bytes(parts.raw()[:2], "big")))
    language, trail, agency = parts.text(), parts.text(), parts.text()
    place: Place | None = Place(language, tuple(trail.split(",")), agency) if language else None
    for body, _ in zip(parts.rest(), range(_MOST), strict=False):
        written = body.decode("utf-8", "replace")
        assert folded(folded(written)) == folded(written)
        meaning = _UNDERSTANDING.of(written, _CONVERSATION.offers(place))
        reply = _CONVERSATION.answer(place, meaning, opening)
        assert reply.message.body
        assert reply.message.size.segments <= MOST_SEGMENTS
        assert reply.place.language in _LINE.scripts
        assert all(node in _LINE.tree.nodes for node in reply.place.trail)
        place = reply.place
