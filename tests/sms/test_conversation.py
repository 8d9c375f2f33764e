"""Whatever is texted: one answer of at most three segments, and a place that is on the map."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivr.engine import Line
from ivr.engine.tree import Danger, Refer
from ivr.engine.understanding import Meaning, Understanding, Word
from ivr.sms.conversation import MOST_SEGMENTS, Conversation, Place

NOON = datetime(2026, 11, 24, 3, tzinfo=UTC)
NIGHT = datetime(2026, 11, 24, 15, tzinfo=UTC)
known_words = st.sampled_from(
    [*"1234567890#*", "もどる", "はじめ", "BACK", "help", "人", "english", "死にたい", "help me"]
)
bodies = known_words | st.text(max_size=40)


@given(said=st.lists(bodies, max_size=8), at=st.sampled_from([NOON, NIGHT]))
def test_any_text_gets_one_short_answer_at_a_place_of_the_tree(
    line: Line, said: list[str], at: datetime
) -> None:
    conversation, understanding = Conversation(line), Understanding(line)
    place: Place | None = None
    for body in said:
        meaning = understanding.of(body, conversation.offers(place))
        reply = conversation.answer(place, meaning, line.timetable.at(at))
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
    """By itself, or beside the first one where that one may not answer."""
    conversation, understanding = Conversation(line), Understanding(line)
    opening = line.timetable.at(NOON)
    first = conversation.answer(None, Meaning(language=language), opening).place
    seen, ahead, beside = {first}, [first], set[tuple[str, str]]()
    while ahead:
        place = ahead.pop()
        for key in "0123456789":
            reply = conversation.answer(place, understanding.of(key), opening)
            there = reply.place
            beside |= {
                (there.trail[-1], name)
                for name, words in line.scripts[language].agencies.items()
                if f"\n{words.name} " in reply.message.body
            }
            there = Place(there.language, there.trail[-3:], there.agency)
            if there.language == language and there not in seen:
                seen.add(there)
                ahead.append(there)
    reached = {(place.trail[-1], place.agency) for place in seen} | beside
    for name, node in line.tree.nodes.items():
        if isinstance(node, Refer) and name != line.tree.fallback:  # the way without any key
            for agency in line.understood(node.refer, language):
                assert (name, agency) in reached


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
    [
        *(("please help me", "en"), ("hi", "en"), ("助けて", "ja"), ("bonjour", "ja"), ("1", "ja")),
        *(("one", "en"), ("To report illegal content", "en"), ("person", "en"), ("人", "ja")),
    ],
)
def test_who_was_never_here_is_answered_in_the_language_of_their_words(
    line: Line, body: str, language: str
) -> None:
    """Whatever is known in no language, or in several, in the tree's own."""
    conversation = Conversation(line)
    meaning = Understanding(line).of(body, conversation.offers(None))
    reply = conversation.answer(None, meaning, line.timetable.at(NOON))
    assert reply.place.language == language


@pytest.mark.parametrize(
    ("body", "node"),
    [
        *(
            ("3", "remove"),
            ("３番", "remove"),
            ("書き込みや画像、個人情報を消す", "remove"),
            ("2", "talk"),
        ),
        *(("0", "person"), ("人", "person"), ("もどる", "top"), ("ヘルプ", "top"), ("8", "top")),
        *(("こんにちは", "top"), ("9", "top"), ("死にたい", "talk"), ("殺すと言われた", "danger")),
    ],
)
def test_a_first_message_is_an_answer_and_begins_with_the_emergency(
    line: Line, body: str, node: str
) -> None:
    conversation = Conversation(line)
    meaning = Understanding(line).of(body, conversation.offers(None))
    reply = conversation.answer(None, meaning, line.timetable.at(NOON))
    assert reply.place.trail[-1] == node
    emergency = line.scripts[reply.place.language].prompts.chat.emergency
    assert reply.message.body.startswith(emergency)


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize(
    ("body", "node", "answered"),
    [
        ("消えたい", "talk", "ja"),
        ("殺すと言われた", "danger", "ja"),
        ("助けて", "danger", "ja"),
        ("I want to die", "talk", "en"),
        ("he will kill me", "danger", "en"),
        ("help me", "danger", "en"),
    ],
)
def test_danger_is_answered_from_everywhere_in_the_language_of_the_message(
    line: Line, language: str, body: str, node: str, answered: str
) -> None:
    conversation, understanding = Conversation(line), Understanding(line)
    for name, held in line.tree.nodes.items():
        agency = held.refer[-1] if isinstance(held, Refer) else ""
        place = Place(language, ("top", name), agency)
        meaning = understanding.of(body, conversation.offers(place))
        reply = conversation.answer(place, meaning, line.timetable.at(NOON))
        assert (reply.place.trail[-1], reply.place.language) == (node, answered)
        emergency = line.scripts[answered].prompts.chat.emergency
        assert reply.message.body.startswith(emergency)


@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_option_is_taken_as_it_is_printed(line: Line, language: str) -> None:
    """The whole line, or its words alone, lead where the key leads."""
    conversation, understanding = Conversation(line), Understanding(line)
    opening = line.timetable.at(NOON)
    printed = 0
    for name in line.tree.nodes:
        here = conversation.answer(
            Place(language, ("top", name)), Meaning(word=Word.AGAIN), opening
        )
        for option in here.message.body.splitlines():
            key, _, words = option.partition(" ")
            if len(key) == 1 and key in "0123456789" and words:
                printed += 1
                there = {
                    conversation.answer(
                        here.place,
                        understanding.of(written, conversation.offers(here.place)),
                        opening,
                    ).place.trail[-1:]
                    for written in (key, words, option)
                }
                assert len(there) == 1, option
    assert printed > 20


def test_no_way_grows_without_end(line: Line) -> None:
    """It travels in a cookie, which has room for 4 kB."""
    conversation, understanding = Conversation(line), Understanding(line)
    place: Place | None = None
    for body in ["3", "1", "死にたい", "助けて", "人"] * 5:
        opening = line.timetable.at(NOON)
        place = conversation.answer(place, understanding.of(body), opening).place
    assert place is not None
    assert len(place.trail) <= len(line.tree.nodes)


def test_a_kind_of_danger_without_a_node_leads_to_a_person(line: Line) -> None:
    tree = line.tree.model_copy(update={"danger": {}})
    assert all(tree.helps(kind) == tree.person for kind in Danger)
