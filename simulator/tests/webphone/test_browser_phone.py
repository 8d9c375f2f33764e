"""A BrowserPhone: keys from elsewhere, at the second they come."""

from queue import Empty, Queue

import pytest

from ringback import HangUp, Listening, Press, PromptSegment, Sentence, Stay
from ringback.callers.browser import HANG_UP, BrowserPhone
from ringback.media.prompt_segment import SegmentPart


class Inbox(Queue[str]):
    """Things done at given real seconds, and the stopwatch by which they are waited for."""

    def __init__(self, *done: tuple[float, str]) -> None:
        super().__init__()
        self.now = 100.0
        self._done = [(100.0 + at, what) for at, what in done]

    def stopwatch(self) -> float:
        return self.now

    def get(self, block: bool = True, timeout: float | None = None) -> str:
        assert timeout is not None
        assert timeout > 0
        if self._done and self._done[0][0] <= self.now + timeout:
            self.now, what = self._done.pop(0)
            return what
        self.now += timeout
        raise Empty


class Page:
    def __init__(self) -> None:
        self.said: list[str] = []
        self.keys: list[tuple[str, float]] = []

    def says(
        self, prompt: tuple[PromptSegment, ...], said: list[Sentence], listening: Listening
    ) -> None:
        self.said.append(" ".join(sentence.words for sentence in said))

    def pressed(self, key: str, at: float, listening: Listening) -> None:
        self.keys.append((key, round(at, 3)))


def prompt(words: str, starts: float) -> tuple[PromptSegment, ...]:
    return (
        PromptSegment(
            verb="Say", parts=(SegmentPart(words, words, 4.0),), language="en", starts=starts
        ),
    )


def moment(
    since: float, said: tuple[PromptSegment, ...] = (), takes_keys: bool = True
) -> Listening:
    return Listening(
        since=since,
        prompt_ends=since + 4,
        deadline=since + 9,
        takes_keys=takes_keys,
        so_far="",
        prompt=said,
    )


def held(*done: tuple[float, str]) -> tuple[BrowserPhone, Page]:
    inbox, page = Inbox(*done), Page()
    return BrowserPhone(page, lambda: True, inbox.stopwatch, inbox), page


def test_a_key_counts_at_the_second_it_is_pressed() -> None:
    phone, page = held((2.5, "3"))
    assert phone.listen(moment(10.0, prompt("Press three.", 10.0))) == Press("3", 12.5)
    assert page.said == ["Press three."]
    assert page.keys == [("3", 12.5)]
    assert phone.t == 12.5


def test_nobody_presses_and_the_line_goes_on_at_its_deadline() -> None:
    phone, _ = held()
    assert phone.listen(moment(10.0, prompt("Press three.", 10.0))) == Stay()
    assert phone.t == pytest.approx(19.0)


def test_the_words_after_an_interruption_are_shown_though_they_begin_early() -> None:
    """A long menu is cut at 1 s: what follows begins before the menu would have ended."""
    phone, page = held((1.0, "3"), (2.0, "1"))
    menu = (*prompt("First.", 0.0), *prompt("Last.", 30.0))
    phone.listen(moment(0.0, menu))
    phone.listen(moment(1.0, prompt("Next.", 1.0)))
    assert page.said == ["First. Last.", "Next."]


def test_a_key_that_nothing_listens_for_does_not_begin_the_prompt_again() -> None:
    phone, page = held((1.0, "3"), (2.0, "4"))
    said = prompt("Please listen.", 0.0)
    phone.listen(moment(0.0, said, takes_keys=False))
    phone.listen(moment(1.0, said, takes_keys=False))
    assert page.said == ["Please listen."]
    assert page.keys == [("3", 1.0), ("4", 2.0)]


def test_hanging_up_ends_it_and_so_does_walking_away() -> None:
    phone, _ = held((1.0, HANG_UP))
    assert phone.listen(moment(5.0)) == HangUp(6.0)
    inbox = Inbox()
    alone = BrowserPhone(Page(), lambda: inbox.now < 103, inbox.stopwatch, inbox)
    answer = alone.listen(moment(5.0))
    assert isinstance(answer, HangUp)
    assert 8.0 <= answer.at < 9.0
