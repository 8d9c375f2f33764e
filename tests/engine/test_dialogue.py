"""What holds at every point of a call: the first words, the keys 0 # * 9, and the last words."""

from dataclasses import replace
from itertools import product

import pytest

from ivr.engine import (
    Availability,
    CallerKind,
    Keys,
    Line,
    NumberEntry,
    Position,
    Silence,
    Start,
    Texted,
    TextOutcome,
    Words,
    beginning,
    last_words,
)
from ivr.engine.dialogue import MOST_TURNS
from ivr.engine.tree import Ask, Refer
from tests.support.calls import NIGHT, TUESDAY, Call, numbers, words

NODES = ["top", "talk", "law", "web", "forms", "pages", "desks", "person", "no_keys"]
LANGUAGES = ["ja", "en"]
everywhere = pytest.mark.parametrize(("node", "language"), list(product(NODES, LANGUAGES)))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_first_words_are_the_emergency(line: Line, language: str) -> None:
    """Caller rule A2: before any greeting, in the language of the call."""
    call = Call(line, language=language)
    opening = line.scripts[language].tree.opening
    spoken = [part.text for part in call.turn.speech if isinstance(part, Words)]
    assert spoken[:2] == [opening.emergency, opening.greeting]
    assert call.turn.speech[0] == Words(opening.emergency, language)


def test_a_call_begins_in_the_trees_language(town: Line) -> None:
    assert beginning(town) == beginning(town, "fr") == Position("ja", "top")
    assert beginning(town, "en") == Position("en", "top")


def test_the_first_question_is_asked_at_once(town: Line) -> None:
    """Caller rules A5, B3: no advertising between the greeting and the keys."""
    call = Call(town)
    assert call.words == (
        "命が危ないときは、110番へ。 まちの案内です。 番号を押してください。"
        " 話すには イチを。 法律のことは ニーを。 ネットのことは サンを。"
        " For English, press nine. 押せない方は、お待ちください。"
    )
    assert call.turn.wait == 5


def test_the_town_has_all_the_nodes_these_stories_know(town: Line) -> None:
    assert sorted(town.tree.nodes) == sorted(NODES)


@everywhere
def test_zero_is_a_person_everywhere(town: Line, node: str, language: str) -> None:
    """Caller rule C1: the shortest way to somebody who answers."""
    call = Call(town, language=language)
    call.go(node)
    call.press("0")
    assert call.node == "person"
    assert call.numbers[0] == ("0120-0-78310" if language == "ja" else "050-3754-5430")


@everywhere
def test_the_star_leads_back_to_the_first_question(town: Line, node: str, language: str) -> None:
    """Caller rule C2; the emergency is not said again."""
    call = Call(town, language=language)
    call.go(node)
    call.press("*")
    assert call.node == "top"
    assert call.words.startswith(town.scripts[language].node("top").ask or "")


@everywhere
def test_the_hash_says_the_same_again(town: Line, node: str, language: str) -> None:
    """Caller rule C2; as often as one likes (D7)."""
    call = Call(town, language=language)
    first = call.go(node)
    for _ in range(5):
        again = call.press("#")
        assert again.speech == first.speech
        assert again.wait == first.wait


@everywhere
def test_nine_keeps_the_place_and_nine_again_leads_back(
    town: Line, node: str, language: str
) -> None:
    """Caller rule H1: the language key stays valid through the whole call."""
    call = Call(town, language=language)
    call.go(node)
    other = "en" if language == "ja" else "ja"
    assert call.press("9").position.language == other
    assert call.node == node
    call.press("9")
    assert (call.turn.position.language, call.node) == (language, node)


def test_nine_at_the_first_question_begins_with_the_emergency(town: Line) -> None:
    """Caller rule H2: who did not understand the first words hears them now."""
    call = Call(town)
    call.press("9")
    assert call.words.startswith("In danger? Call one one zero. This is the town guide.")
    assert "日本語は" in call.words


def test_nine_keeps_the_agency_where_it_can_be_understood(town: Line) -> None:
    call = Call(town)
    call.press("2", "2")
    assert call.agency == "police"
    call.press("9")
    assert call.agency == "police"
    assert "the police." in call.words


def test_nine_leaves_an_agency_that_the_new_language_could_not_speak_with(town: Line) -> None:
    call = Call(town, language="en")
    call.press("2")
    assert call.agency == "foreign_desk"
    call.press("9")
    assert call.agency == "office"


def test_nine_never_says_the_same_again(line: Line) -> None:
    """Caller rule C3: 9 is the language everywhere, for every node of the shipped line."""
    for node, language in product(line.tree.nodes, LANGUAGES):
        call = Call(line, language=language)
        call.step(Silence(), Position(language, node))
        assert call.press("9").position.language != language


def dialled(line: Line, node: str, language: str, number: str) -> Call:
    """A call in which a number is pressed into the telephone at a node, key by key."""
    call = Call(line, language=language)
    call.go(node)
    for key in number:
        call.press(key)
        assert call.turn.effect is None
        assert call.turn.position.language == language
    return call


def test_who_dials_the_number_into_the_call_is_told_to_hang_up_first(line: Line) -> None:
    """Each key of #9110 means something: English, a text. Nobody who dials wants any of it."""
    call = dialled(line, "danger", "ja", "#911")
    assert call.words.startswith("この電話からは、かけられません。")
    assert call.numbers[0] == "#9110"
    assert call.press("0").position.node == line.tree.person


def test_every_number_of_every_referral_can_be_dialled_without_harm(line: Line) -> None:
    for node, language in product(line.tree.nodes, LANGUAGES):
        call = Call(line, language=language)
        call.go(node)
        for number in dict.fromkeys(call.numbers):
            dialled(line, node, language, number.replace("-", ""))


def test_the_keys_mean_again_what_they_mean_where_no_number_goes_on_so(line: Line) -> None:
    """Who heard it again with #, and then wants English, gets English at the second 9."""
    call = Call(line)
    call.go("danger")
    assert call.press("#", "9").position.language == "ja"
    assert call.press("9").position.language == "en"


def test_a_key_at_an_agency_that_the_tree_no_longer_names_reads_the_referral_again(
    town: Line,
) -> None:
    """Nobody gets a text of another agency because the tree was changed during the call."""
    call = Call(town)
    turn = call.step(Keys("1"), Position("ja", "law", agency="closed_down"))
    assert turn.effect is None
    assert call.agency == "office"
    assert call.numbers


@pytest.mark.parametrize("key", ["1", "2", "7", "8", "9", "09012345678"])
@pytest.mark.parametrize("kind", [CallerKind.MOBILE, CallerKind.LANDLINE])
def test_so_does_one_at_an_agency_that_is_named_only_beside_the_others_now(
    line: Line, kind: CallerKind, key: str
) -> None:
    """`also` agencies are read, but no key acts on one; and no half-keyed number lives on."""
    where = Position("ja", "advice", agency="yorisoi", entry=NumberEntry(), mistakes=2)
    call = Call(line, kind=kind)
    turn = call.step(Keys(key), where)
    assert (turn.effect, turn.position.entry, turn.position.mistakes) == (None, None, 0)
    assert (turn.position.language, call.node, call.agency) == ("ja", "advice", "ihaho")
    assert call.numbers


@pytest.mark.parametrize("key", ["1", "2", "3", "9", "0"])
def test_a_key_at_a_node_that_is_gone_is_no_choice_of_the_first_question(
    town: Line, key: str
) -> None:
    call = Call(town)
    turn = call.step(Keys(key), Position("ja", "last_years_node"))
    assert (turn.position.node, turn.position.language) == ("top", "ja")
    assert call.words.startswith("命が危ないときは")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_reserved_keys_work_at_every_node_of_the_shipped_line(
    line: Line, language: str
) -> None:
    """Caller rules C1, C2: 0 is a person, * the first question, # the same again, everywhere."""
    for node in line.tree.nodes:
        call = Call(line, language=language)
        first = call.go(node)
        assert call.press("#").speech == first.speech
        call.press("0")
        assert call.node == line.tree.person
        assert call.numbers
        call.go(node)
        assert call.press("*").position.node == line.tree.start


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_key_is_promised_that_does_nothing(line: Line, language: str) -> None:
    """Caller rule C2: what is offered is answered, and never with 'there is no such choice'."""
    for node, at in product(line.tree.nodes, (TUESDAY, NIGHT)):
        call = Call(line, at=at, language=language)
        no_match = line.scripts[language].prompts.menu.no_match
        call.go(node)
        for key in call.offered:
            call.go(node)
            call.press(key)
            assert call.turn.effect or call.words
            assert no_match not in call.words


def test_reserved_keys_are_never_choices(line: Line) -> None:
    """Caller rules C1, C3: 0, 9, * and # lead nowhere else."""
    questions = [node for node in line.tree.nodes.values() if isinstance(node, Ask)]
    assert questions
    assert not any(set("09*#") & set(node.choices) for node in questions)


def test_keys_are_said_in_their_order_without_gaps(line: Line) -> None:
    """Caller rules B1, B5: 1, 2, 3 ...; and never more than two questions to an agency."""
    for node in line.tree.nodes.values():
        if isinstance(node, Ask):
            assert list(node.choices) == [str(n + 1) for n in range(len(node.choices))]
    assert _depth(line, line.tree.start) <= 2


def _depth(line: Line, name: str) -> int:
    node = line.node(name)
    if isinstance(node, Refer):
        return 0
    return 1 + max(_depth(line, choice.go) for choice in node.choices.values())


def test_function_comes_before_its_key(line: Line) -> None:
    """Caller rules B3, B4: words, 0.25 to 0.4 s, key, 0.5 to 0.85 s."""
    call = Call(line)
    call.go("remove")
    (_, _, function, before, key, after) = call.turn.speech[:6]
    assert function == Words(line.scripts["ja"].node("remove").choices["1"], "ja")
    assert key == Words("イチを押してください。", "ja")
    assert 0.25 <= before.seconds <= 0.4  # type: ignore[union-attr]
    assert 0.5 <= after.seconds <= 0.85  # type: ignore[union-attr]


def test_waiting_is_enough(line: Line) -> None:
    """Caller rule B7: who can't press needs no words for it, for a number comes by itself."""
    for language in LANGUAGES:
        call = Call(line, language=language)
        call.silence()
        assert call.node == "top"
        assert len(set(call.numbers)) == 2


def test_no_wait_is_shorter_than_five_seconds(line: Line) -> None:
    """Caller rule D1: seven seconds to find the key; five at the first question, after which a
    number comes, and when the keys were said once more."""
    for node in line.tree.nodes:
        call = Call(line)
        least = 5 if node == line.tree.start else 7
        for turn in (call.go(node), call.press("8"), call.go(node)):
            assert turn.wait is None or turn.wait >= least
        assert (call.silence().wait or 7) >= 5


@pytest.mark.parametrize(
    "lost",
    [
        Position("ja", "a_node_of_last_year"),
        Position("xx", "law"),
        Position("", "", agency="office", silences=9, mistakes=9),
    ],
)
@pytest.mark.parametrize("event", [Keys("5"), Silence(), Texted(TextOutcome.SENT), Keys("9")])
def test_a_call_that_outlived_its_tree_is_answered_all_the_same(
    town: Line, lost: Position, event: Keys | Silence | Texted
) -> None:
    """A position from nowhere is the first question, never an error."""
    call = Call(town)
    turn = call.step(event, replace(lost, visits=3))
    assert turn.position.node == "top"
    assert turn.position.visits == 4
    assert turn.wait


def test_an_agency_from_nowhere_is_the_best_one(town: Line) -> None:
    """An agency that the referral does not hold may stand in an old URL."""
    for event in (Keys("1"), Silence(), Texted(TextOutcome.SENT), Keys("2"), Keys("7")):
        call = Call(town)
        turn = call.step(event, Position("ja", "law", agency="town_desk"))
        assert turn.position.agency in ("office", "police")
    call.step(Keys("1"), Position("ja", "law", agency="kiosk"))
    assert call.turn.effect
    assert call.turn.effect.agency == "office"


def test_a_call_that_goes_round_in_circles_ends_with_two_numbers(town: Line) -> None:
    """No loop is unbounded, and nobody is hung up on without a number (caller rule D5)."""
    call = Call(town)
    for _ in range(MOST_TURNS):
        if call.ended:
            break
        call.press("*")
    assert call.ended
    assert call.numbers == ["0120-0-78310"] * 2 + ["0120-061-338"] * 2


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_last_words_need_nothing_of_the_call(line: Line, language: str) -> None:
    """Caller rule D5: two numbers, each twice, those staffed day and night first."""
    turn = last_words(line, language)
    heard = numbers(line, turn.speech)
    assert turn.wait is None
    assert len(heard) == 4
    assert heard[0] == heard[1] == "0120-279-338"
    assert heard[2] == heard[3] != heard[0]
    assert words(turn.speech).endswith(line.scripts[language].prompts.referral.goodbye)


def test_every_step_counts_one_visit(town: Line) -> None:
    call = Call(town)
    visits = [call.turn.position.visits]
    for keys in ("2", "#", "9", "0", "*", "9"):
        visits.append(call.press(keys).position.visits)
    visits.append(call.silence().position.visits)
    assert visits == list(range(1, 9))


def test_a_call_remembers_across_languages_that_a_number_was_heard(town: Line) -> None:
    """Whoever has heard a number has heard it, whatever language is chosen then."""
    call = Call(town)
    call.press("1")
    assert call.silence().position.heard
    assert call.press("*").position.heard
    assert call.press("9").position.heard


@pytest.mark.parametrize("kind", list(CallerKind))
def test_the_dialogue_never_knows_the_number(town: Line, kind: CallerKind) -> None:
    """Caller rule J7: a position holds a place and counts, and nothing of the caller."""
    call = Call(town, kind=kind)
    call.press("2")
    assert "9012345678" not in repr(call.turn)
    values = vars(call.turn.position).values()
    assert {value for value in values if isinstance(value, str)} == {"ja", "law", "office", ""}


def test_a_start_is_always_the_beginning(town: Line) -> None:
    call = Call(town)
    call.press("2")
    here = call.turn.position
    turn = call.step(Start(), here)
    assert turn.position == Position("ja", "top", visits=here.visits + 1)


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_last_words_name_nobody_who_is_known_to_close(line: Line, language: str) -> None:
    """Not even one that speaks the caller's language: at night nobody is there."""
    worst = line.timetable.worst()
    closing = {
        phone.number
        for name, agency in line.directory.agencies.items()
        for phone in agency.phones
        if worst.of(name).availability is Availability.CLOSED
    }
    said = numbers(line, last_words(line, language).speech)
    assert len(set(said)) == 2
    assert not set(said) & closing
