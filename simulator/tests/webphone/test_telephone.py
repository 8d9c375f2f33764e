"""One tab's telephone: real calls to an app on real HTTP, keys as they come."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import NoReturn

import httpx
import pytest

from ringback.webphone import CannotConnect
from ringback.webphone.feed import Feed
from ringback.webphone.telephone import Telephone
from simulator.tests.webphone.exchange import (
    HELLO,
    MOBILE,
    NUMBER,
    OTHER,
    Company,
    Reader,
    app,
    running,
)

NOON = datetime(2026, 7, 1, 12, tzinfo=UTC)


@pytest.fixture
def company() -> Iterator[Company]:
    with running(app()) as base:
        yield Company(base)


def test_a_call_is_shown_from_its_first_words_to_its_end(company: Company) -> None:
    telephone = Telephone(company.service())
    page = Reader(telephone)
    assert telephone.call(from_=MOBILE, to=NUMBER, at=None)
    says = page.until("says")
    assert [each["words"] for each in says["sentences"]][:2] == [
        "おはようございます。",
        "一をおしてください。",
    ]
    assert says["sentences"][0]["language"] == "ja-JP"
    assert says["takes_keys"]
    assert telephone.press("1")
    assert page.until("key")["key"] == "1"
    assert page.until("pressed")["keys"] == "1"
    assert page.until("says")["sentences"][0]["words"] == "You pressed 1."
    telephone.hang_up()
    assert page.until("hangup")["by"] == "caller"
    assert page.until("over")["status"] == "completed"
    assert [each["node"] for each in page.seen if each["kind"] == "place"] == ["next"]


def test_sound_is_what_the_carrier_fetched_at_its_second(company: Company) -> None:
    telephone = Telephone(company.service())
    page = Reader(telephone)
    telephone.call(from_=MOBILE, to=NUMBER, at=None)
    says = page.until("says")
    [clip] = says["sounds"]
    assert clip["t"] == pytest.approx(says["ends"] - 1.0)
    assert clip["seconds"] == 1.0
    assert telephone.news.sound(clip["sound"]) == HELLO
    assert telephone.news.sound(99) is None
    telephone.close()


def test_each_request_is_shown_with_its_parameters_and_its_answer(company: Company) -> None:
    telephone = Telephone(company.service())
    page = Reader(telephone)
    telephone.call(from_=MOBILE, to=NUMBER, at=None)
    first = page.until("exchange")
    assert (first["method"], first["status"]) == ("POST", 200)
    assert ["From", MOBILE] in first["parameters"]
    assert first["body"].startswith("<Response><Gather")
    assert len(first["signature"]) == 28
    sound = page.until("exchange")
    assert (sound["content_type"], sound["body"]) == ("audio/wav", "")
    telephone.close()


def test_there_is_one_call_at_a_time_and_none_to_press_keys_in(company: Company) -> None:
    telephone = Telephone(company.service())
    page = Reader(telephone)
    assert not telephone.press("1")
    assert not telephone.hang_up()
    assert telephone.call(from_=MOBILE, to=NUMBER, at=None)
    assert not telephone.call(from_=MOBILE, to=NUMBER, at=None)
    page.until("says")
    telephone.hang_up()
    page.until("over")


def test_two_telephones_do_not_hear_each_other(company: Company) -> None:
    one, other = Telephone(company.service()), Telephone(company.service())
    page, quiet = Reader(one), Reader(other)
    one.call(from_=MOBILE, to=NUMBER, at=None)
    other.call(from_=MOBILE, to=OTHER, at=None)
    page.until("says")
    quiet.until("says")
    one.press("1")
    page.until("key")
    other.hang_up()
    quiet.until("over")
    assert "key" not in {each["kind"] for each in quiet.seen}
    one.close()


def test_a_call_whose_page_is_gone_ends(company: Company) -> None:
    """Nobody reads the feed any more: after a while the caller has hung up."""
    now = [0.0]
    telephone = Telephone(company.service(), lambda: now[0])
    page = Reader(telephone)
    telephone.call(from_=MOBILE, to=OTHER, at=None)
    page.until("says")
    now[0] += 60
    last = page.last
    while not any('"over"' in news for _, news in telephone.feed.after(last, 10)):
        last += 1
    assert telephone.quiet_for() == 60


def test_a_line_stays_up_between_calls_unless_another_time_is_wanted(company: Company) -> None:
    telephone = Telephone(company.service())
    page = Reader(telephone)
    for at in (None, None, NOON, NOON, None):
        telephone.call(from_=MOBILE, to=NUMBER, at=at)
        page.until("says")
        telephone.hang_up()
        page.until("over")
    assert company.opened == [None, NOON, NOON, None]
    assert company.up == 1
    telephone.close()
    assert company.up == 0


def test_a_line_is_up_before_the_first_call_and_what_is_wrong_with_it_is_shown(
    company: Company,
) -> None:
    telephone = Telephone(company.service())
    telephone.get_ready()
    assert Reader(telephone).until("connected")["texting"]
    telephone.close()

    def refuse(at: datetime | None, transport: httpx.BaseTransport) -> NoReturn:
        raise CannotConnect("data/tree.yaml:3: error: missing-target")

    broken = Telephone(replace(company.service(), connect=refuse))
    broken.get_ready()
    assert "tree.yaml:3" in Reader(broken).until("refused")["why"]
    broken.call(from_=MOBILE, to=NUMBER, at=None)
    assert "tree.yaml:3" in Reader(broken, last=1).until("refused")["why"]


def test_the_line_is_texted_and_answers(company: Company) -> None:
    telephone = Telephone(company.service())
    page = Reader(telephone)
    telephone.text(from_=MOBILE, body="help")
    assert page.until("sent")["body"] == "help"
    came = page.until("text")
    assert (came["body"], came["to"], came["segments"]) == ("You wrote help", MOBILE, 1)
    telephone.look_for_texts()
    assert telephone.feed.after(page.last, 0) == []
    telephone.close()


def test_a_number_that_leads_nowhere_is_reported(company: Company) -> None:
    telephone = Telephone(company.service())
    page = Reader(telephone)
    telephone.call(from_=MOBILE, to="+815000000000", at=None)
    assert "the web phone itself failed" in page.until("refused")["why"]
    assert telephone.call(from_=MOBILE, to=NUMBER, at=None)
    telephone.close()


def test_a_page_that_lost_its_connection_misses_nothing() -> None:
    feed = Feed()
    feed.put("key", key="1")
    feed.put("key", key="2", nothing=None)
    assert [json.loads(news) for _, news in feed.after(1, 0)] == [{"kind": "key", "key": "2"}]
    assert feed.after(2, 0) == []
    assert [number for number, _ in feed.after(99, 0)] == [1, 2]
