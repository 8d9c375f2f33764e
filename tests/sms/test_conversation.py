"""Whatever is texted: one answer of at most three segments, and a place that is on the map."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivr.engine import Line
from ivr.engine.agency_order import understood
from ivr.engine.tree import Refer
from ivr.engine.understanding import Meaning, Understanding, Word
from ivr.sms.conversation import MOST_SEGMENTS, Conversation, Place

NOON = datetime(2026, 11, 24, 3, tzinfo=UTC)
NIGHT = datetime(2026, 11, 24, 15, tzinfo=UTC)
known_words = st.sampled_from(
    [*"1234567890#*", "もどる", "はじめ", "BACK", "help", "人", "english"]
)
bodies = known_words | st.text(max_size=40)


@given(said=st.lists(bodies, max_size=8), at=st.sampled_from([NOON, NIGHT]))
def test_any_text_gets_one_short_answer_at_a_place_of_the_tree(
    line: Line, said: list[str], at: datetime
) -> None:
    conversation, understanding = Conversation(line), Understanding(line)
    place: Place | None = None
    for body in said:
        reply = conversation.answer(place, understanding.of(body), line.timetable.at(at))
        place = reply.place
        assert reply.message.body
        assert reply.message.size.segments <= MOST_SEGMENTS
        assert place.language in line.scripts
        assert set(place.trail) <= set(line.tree.nodes)
        node = line.node(place.trail[-1])
        assert place.agency in (node.refer if isinstance(node, Refer) else ("",))


strange = st.builds(
    Place,
    language=st.sampled_from(["ja", "en", "xx", ""]),
    trail=st.lists(st.sampled_from(["top", "danger", "gone", ""]), max_size=3).map(tuple),
    agency=st.sampled_from(["", "yorisoi", "gone"]),
)


@given(place=strange, body=bodies)
def test_a_place_that_is_not_on_the_map_begins_anew(line: Line, place: Place, body: str) -> None:
    """The tree may have changed since the cookie was written."""
    meaning = Understanding(line).of(body)
    reply = Conversation(line).answer(place, meaning, line.timetable.at(NOON))
    assert reply.message.body
    assert set(reply.place.trail) <= set(line.tree.nodes)


@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_agency_is_reached_by_numbers_alone(line: Line, language: str) -> None:
    conversation, understanding = Conversation(line), Understanding(line)
    opening = line.timetable.at(NOON)
    first = conversation.answer(None, Meaning(language=language), opening).place
    seen, ahead = {first}, [first]
    while ahead:
        place = ahead.pop()
        for key in "0123456789":
            there = conversation.answer(place, understanding.of(key), opening).place
            there = Place(there.language, there.trail[-3:], there.agency)
            if there.language == language and there not in seen:
                seen.add(there)
                ahead.append(there)
    reached = {(place.trail[-1], place.agency) for place in seen}
    for name, node in line.tree.nodes.items():
        if isinstance(node, Refer) and name != line.tree.fallback:  # the way without any key
            for agency in understood(line, language, node.refer):
                assert (name, agency) in reached


@pytest.mark.parametrize(
    ("body", "word"),
    [
        ("もどる", Word.BACK),
        ("　戻る。", Word.BACK),
        ("ＢＡＣＫ", Word.BACK),
        ("はじめ", Word.START),
        ("停止", Word.STOP),
        ("再開", Word.RESUME),
        ("ヘルプ", Word.HELP),
        ("＃", Word.AGAIN),
        ("＊", Word.START),
        ("０", Word.PERSON),
        ("もう死にたいです", Word.DANGER),
        ("", None),
        ("12", None),
    ],
)
def test_words_are_understood_as_they_are_typed(line: Line, body: str, word: Word | None) -> None:
    assert Understanding(line).of(body).word is word


@pytest.mark.parametrize("body", ["3", "３", " 3 ", "3。"])
def test_a_number_is_a_key(line: Line, body: str) -> None:
    assert Understanding(line).of(body).key == "3"


def test_the_language_key_leads_there_and_back(line: Line) -> None:
    """As in a call: the key of the language one is in leads back to the tree's own."""
    conversation, nine = Conversation(line), Understanding(line).of("9")
    opening = line.timetable.at(NOON)
    here = conversation.answer(None, Meaning(word=Word.START), opening).place
    english = conversation.answer(here, nine, opening).place
    assert (here.language, english.language) == ("ja", "en")
    assert conversation.answer(english, nine, opening).place.language == "ja"


@pytest.mark.parametrize(
    ("body", "language"),
    [("please help me", "en"), ("hi", "en"), ("助けて", "ja"), ("bonjour", "ja"), ("1", "ja")],
)
def test_who_was_never_here_is_answered_in_the_language_of_their_words(
    line: Line, body: str, language: str
) -> None:
    """Whatever is known in no language, or in several, in the tree's own."""
    meaning = Understanding(line).of(body)
    reply = Conversation(line).answer(None, meaning, line.timetable.at(NOON))
    assert reply.place.language == language
