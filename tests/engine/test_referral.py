"""At the end of a way: who is named first, what is said of each, and how it ends."""

from itertools import pairwise, product

import pytest

from ivr.engine import Availability, Caller, CallerKind, Digits, Line, TextOutcome
from ivr.engine.agency_order import order
from ivr.engine.context import Context
from ivr.engine.tree import Refer
from tests.support.calls import NIGHT, TUESDAY, Call, japan_time, pauses

SUNDAY = japan_time("2026-11-22 10:00")


def test_an_agency_is_told_in_the_order_in_which_it_helps(town: Line) -> None:
    """Caller rules F1, E4: plain words, open now?, the number twice; then the keys."""
    call = Call(town)
    call.press("2")
    assert call.words == (
        "法律の相談所です。 通話料がかかります。 いま、開いています。 書類をご用意ください。"
        " SMSで受け取るには イチを。 ほかの窓口は ニーを。"
        " もう一度聞くには シャープを。 最初に戻るには こめじるしを。"
    )
    assert call.numbers == ["0570-078-374", "0570-078-374"]
    assert call.turn.wait == 7


def test_a_closed_agency_never_leads_while_an_open_one_exists(town: Line) -> None:
    """Caller rule F2: at night the police come before the law office."""
    assert Call(town, at=TUESDAY).press("2").position.agency == "office"
    call = Call(town, at=NIGHT)
    call.press("2")
    assert call.agency == "police"
    call.press("2")
    assert call.agency == "office"
    assert "あした、9時に開きます。" in call.words


def test_a_closed_agency_is_still_told_where_all_are_closed(town: Line) -> None:
    """Caller rule F2: and says when it opens."""
    call = Call(town, at=japan_time("2026-12-28 18:00"), language="en")
    call.go("law", agency="office")
    assert "They open on January 4 at 9 AM." in call.words


def test_of_hearsay_hours_nothing_is_said(town: Line) -> None:
    """Only trusted facts are spoken."""
    call = Call(town)
    call.press("2", "2")
    assert call.agency == "police"
    assert "開" not in call.words.split("SMS")[0]


def test_on_the_shipped_line_no_closed_agency_leads(line: Line) -> None:
    """Caller rule F2: every referral, language and kind of caller, at several moments; where a
    telephone leads at all, and none that this caller's line reaches is open, a closed one may."""
    moments = (TUESDAY, NIGHT, SUNDAY, japan_time("2027-01-01 03:00"))
    for at, language, kind in product(moments, line.scripts, CallerKind):
        call = Call(line, at=at, kind=kind, language=language)
        states = line.timetable.at(at)
        for name, node in line.tree.nodes.items():
            if not isinstance(node, Refer):
                continue
            call.go(name)
            fitting = [a for a in node.refer if _understood(line, a, language)]
            answering = [
                a
                for a in fitting
                if (phone := line.agency(a).phone_for(kind)) is not None
                and kind not in phone.not_from
                and states.of(a).availability is not Availability.CLOSED
            ]
            leads_closed = states.of(call.agency).availability is Availability.CLOSED
            assert not (leads_closed and answering)


def _understood(line: Line, agency: str, language: str) -> bool:
    return line.speaks(agency, language) or line.speaks(agency, line.tree.language)


def test_an_agency_that_nobody_could_talk_to_is_left_out(town: Line) -> None:
    """Caller rule H3: it answers neither in the caller's language nor in the line's."""
    for language in ("ja", "en"):
        call = Call(town, language=language)
        call.press("2")
        visited = [call.agency]
        while call.press("2").position.agency != visited[0]:
            visited.append(call.agency)
        assert "kiosk" not in visited
        assert ("foreign_desk" in visited) == (language == "en")


def test_english_callers_hear_first_who_speaks_english(town: Line) -> None:
    """Caller rule H3: own language first, among those that are open."""
    call = Call(town, language="en")
    call.press("2")
    assert call.agency == "foreign_desk"
    assert "They answer in" not in call.words


def test_english_callers_are_told_where_japanese_is_spoken(town: Line) -> None:
    """Caller rule H3: nobody is surprised by a language."""
    call = Call(town, language="en")
    call.press("2", "2")
    assert call.agency == "office"
    assert "They answer in Japanese." in call.words
    assert call.words.index("law office") < call.words.index("They answer in Japanese.")


def test_open_now_counts_more_than_the_language(town: Line) -> None:
    """Caller rule F2 before H3: at night the open desk leads, and says that it speaks Japanese."""
    call = Call(town, at=NIGHT, language="en")
    call.press("0")
    assert call.agency == "night_desk"
    assert "They answer in Japanese." in call.words


def test_two_goes_round_all_agencies(town: Line) -> None:
    """Caller rule F3: more than one way out, in a circle."""
    call = Call(town, language="en")
    seen = [call.press("2").position.agency]
    seen += [call.press("2").position.agency for _ in range(3)]
    assert seen == ["foreign_desk", "office", "police", "foreign_desk"]


def test_where_there_is_one_agency_no_other_is_promised(town: Line) -> None:
    call = Call(town)
    call.press("1")
    assert call.offered == ["1", "#", "*"]
    call.press("2")
    assert call.words.startswith("その番号はありません。")


def test_what_to_do_besides_is_said_with_the_first_agency_alone(town: Line) -> None:
    call = Call(town)
    call.press("2")
    assert "書類" in call.words
    call.press("2")
    assert "書類" not in call.words


def test_a_web_form_is_told_as_what_it_is(town: Line) -> None:
    """Caller rules F4, K3: no telephone is promised; the words to search for, and a person."""
    call = Call(town)
    call.press("3", "1")
    assert "電話はありません。「書類 まどぐち」と、さがすか、SMSで受け取れます。" in call.words
    assert call.numbers == []
    assert call.offered == ["1", "0", "#", "*"]


def test_a_rumoured_number_is_never_read_nor_denied(town: Line) -> None:
    """Caller rule E8: read on secondary sources alone, so only the page is named."""
    for kind, language in product(CallerKind, ("ja", "en")):
        call = Call(town, kind=kind, language=language)
        call.press("3", "2")
        assert "電話はありません" not in call.words
        assert "no telephone" not in call.words
        assert not call.numbers
        assert not call.silence().position.heard


def test_where_neither_number_nor_page_is_known_the_caller_is_told_to_go_there(town: Line) -> None:
    call = Call(town)
    call.press("3", "3")
    assert "お近くの窓口へ。" in call.words
    assert call.offered == ["0", "#", "*"]


@pytest.mark.parametrize(
    ("kind", "number"),
    [
        (CallerKind.MOBILE, "0570-078-374"),
        (CallerKind.LANDLINE, "0570-078-374"),
        (CallerKind.WITHHELD, "0570-078-374"),
        (CallerKind.IP_PHONE, "03-6745-5600"),
        (CallerKind.FOREIGN, "03-6745-5600"),
    ],
)
def test_the_number_read_is_one_that_the_callers_line_reaches(
    town: Line, kind: CallerKind, number: str
) -> None:
    """Caller rules E6, I1: 0570 does not work from IP phones nor from abroad."""
    call = Call(town, kind=kind)
    call.press("2")
    assert call.numbers == [number, number]


def test_a_number_that_may_not_be_reached_is_read_with_a_warning(town: Line) -> None:
    """Caller rule E6: codes fail from some IP phones; where there is no other, it is said so."""
    for kind in CallerKind:
        call = Call(town, kind=kind)
        call.press("2", "2")
        assert call.numbers == ["#9110", "#9110"]
        assert ("かからないことがあります。" in call.words) == (kind is CallerKind.IP_PHONE)


def test_no_spoken_number_of_the_shipped_line_is_unfounded(line: Line) -> None:
    """Caller rule E8: every number heard is in the directory, as a trusted voice number."""
    trusted = {
        phone.number.replace("-", "")
        for agency in line.directory.agencies.values()
        for phone in agency.phones
        if phone.speakable and phone.type.value == "voice"
    }
    heard = set()
    for language, kind, at in product(line.scripts, CallerKind, (TUESDAY, NIGHT)):
        call = Call(line, at=at, kind=kind, language=language)
        for name, node in line.tree.nodes.items():
            if not isinstance(node, Refer):
                continue
            call.go(name)
            for _ in node.refer:
                heard |= {number.replace("-", "") for number in call.numbers}
                call.press("2")
    assert len(heard) >= 5
    assert heard <= trusted


def test_silence_hears_the_number_again_after_time_for_a_pen(town: Line) -> None:
    """Caller rules D7, E4, E5: three readings, each twice; before the second a pen."""
    call = Call(town)
    call.press("1")
    call.silence()
    assert call.words.startswith("メモをご用意ください。 よるの窓口です。")
    assert pauses(call.turn.speech)[0] == 3
    assert call.numbers == ["0120-0-78310"] * 2
    call.silence()
    assert call.numbers == ["0120-0-78310"] * 2


def test_after_three_readings_a_calm_end(town: Line) -> None:
    """Caller rules L1, L2: never before two readings, and never with a reproach."""
    call = Call(town)
    call.press("1")
    call.silence(3)
    assert call.words == "ご案内を終わります。 さようなら。"
    assert call.ended


def test_after_three_readings_the_next_agency(town: Line) -> None:
    """Caller rule F3: silence hears every agency."""
    call = Call(town)
    call.press("2")
    call.silence(3)
    assert (call.agency, call.turn.position.silences) == ("police", 0)
    call.silence(2)
    assert not call.ended
    call.silence()
    assert call.ended


def test_a_form_alone_never_ends_a_call(town: Line) -> None:
    """Caller rules D5, L1: who has heard no number hears one."""
    call = Call(town)
    call.press("3", "1")
    call.silence(3)
    assert call.node == "no_keys"
    assert len(call.numbers) == 4
    call.silence(3)
    assert call.ended


def test_whoever_heard_a_number_before_may_end_at_a_form(town: Line) -> None:
    call = Call(town)
    call.press("1")
    call.silence()
    call.press("*", "3", "1")
    call.silence(4)
    assert call.ended


def test_wrong_keys_at_a_referral_are_told_so_and_helped_in_the_end(town: Line) -> None:
    """Caller rules D5, D6: the keys again without the number; after the third, without keys."""
    call = Call(town)
    call.press("2", "5")
    assert call.words.startswith("その番号はありません。")
    assert call.offered == ["1", "2", "#", "*"]
    call.press("5")
    assert call.node == "law"
    call.press("5")
    assert call.node == "no_keys"


def test_the_next_agency_forgives_mistakes(town: Line) -> None:
    call = Call(town)
    call.press("2", "5", "5", "2", "5", "5")
    assert call.node == "law"


def test_a_line_that_can_not_text_offers_none(town: Line) -> None:
    call = Call(town, texts=False)
    call.press("1")
    assert "1" not in call.offered
    assert call.press("1").effect is None


def test_nothing_is_texted_where_there_is_nothing_to_write(town: Line) -> None:
    call = Call(town)
    call.press("3", "3", "1")
    assert call.turn.effect is None


def test_no_text_without_a_key(town: Line) -> None:
    """Caller rule K1: each text is asked for; silence never sends one."""
    for keys in (["1"], ["2"], ["3", "1"]):
        call = Call(town)
        call.press(*keys)
        while not call.ended:
            assert call.turn.effect is None
            call.silence()


def test_pressing_one_asks_for_the_agency_that_was_read(town: Line) -> None:
    """Caller rule K1: and first nothing is said, for nothing is known yet."""
    call = Call(town, language="en")
    call.press("2", "2", "1")
    assert call.turn.effect
    assert (call.turn.effect.agency, call.turn.effect.language) == ("office", "en")
    assert (call.turn.speech, call.turn.wait) == ((), None)


def test_a_lost_text_of_a_form_says_the_words_to_search_for(town: Line) -> None:
    call = Call(town)
    call.press("3", "1", "1")
    call.texted(TextOutcome.FAILED)
    assert "「書類 まどぐち」" in call.words


def test_news_of_a_text_at_a_question_asks_the_question(town: Line) -> None:
    call = Call(town)
    call.texted(TextOutcome.SENT)
    assert call.words.startswith("番号を押してください。")


def test_the_way_without_keys_reads_two_agencies_in_one_breath(town: Line) -> None:
    """Caller rules D5, D8, F2: the open ones of this moment, and no key that would not work."""
    by_day, by_night = Call(town), Call(town, at=NIGHT)
    by_day.silence(2)
    by_night.silence(2)
    assert by_day.numbers == ["0570-078-374"] * 2 + ["0120-0-78310"] * 2
    assert by_night.numbers == ["0120-0-78310"] * 2 + ["0120-061-338"] * 2
    assert by_day.offered == ["#", "*"]


def test_the_order_of_the_author_stands_among_equals(town: Line) -> None:
    node = town.node("no_keys")
    assert isinstance(node, Refer)
    call = Call(town, at=NIGHT)
    context = Context(town, town.timetable.at(NIGHT), _mobile(call), call.turn.position)
    assert order(context, node) == ("night_desk", "second_desk", "office")


def _mobile(call: Call) -> Caller:
    return Caller(call.kind)


def test_keys_are_offered_once_and_in_one_order(line: Line) -> None:
    """Caller rule C4: 1, 2, 0, # and *, each at most once a turn."""
    for name, language in product(line.tree.nodes, line.scripts):
        call = Call(line, language=language)
        call.go(name)
        known = [*"12345690#*"] if name == "top" else [*"123450#*"]
        places = [known.index(key) for key in call.offered]
        assert all(first < second for first, second in pairwise(places))


def test_a_person_who_interrupts_the_number_has_not_heard_it(town: Line) -> None:
    """Caller rules D5, L1: the wrong key cut the number off; what follows held none."""
    call = Call(town)
    call.press("1", "5")
    assert call.numbers == []
    assert not call.silence().position.heard


def test_a_person_who_was_texted_before_the_number_has_not_heard_it(town: Line) -> None:
    """Caller rules D5, L1: the key cut the number off, and 'sent' is no number."""
    call = Call(town)
    call.press("1", "1")
    call.texted(TextOutcome.SENT)
    assert call.numbers == []
    assert not call.silence().position.heard


def test_nobody_who_kept_interrupting_is_hung_up_on_without_a_number(town: Line) -> None:
    """Caller rule D5: a whole number, heard to its end, comes before every end."""
    call = Call(town)
    call.press("1", "5")
    call.silence()
    call.press("*", "3", "1")  # the number, read again, is cut off once more
    call.silence(3)
    assert not call.ended
    assert call.numbers


def test_a_key_reads_the_number_slowly_and_is_offered_once(town: Line) -> None:
    """Caller rules I3, C4: to those who stayed silent after the first reading."""
    call = Call(town)
    call.press("2")
    assert "7" not in call.offered
    call.silence()
    assert "7" in call.offered
    call.silence()
    assert "7" not in call.offered
    call.press("7")
    assert [part.slow for part in call.turn.speech if isinstance(part, Digits)] == [True, True]
    assert 3.0 in pauses(call.turn.speech)  # time to fetch a pen


def test_where_there_is_no_number_nothing_can_be_read_slowly(town: Line) -> None:
    call = Call(town)
    call.press("3", "1")
    call.silence()
    assert "7" not in call.offered
    assert call.press("7").position.mistakes == 1
