"""Our own directory says what the fact sheet says, digit for digit, and speaks no unproven number.

The tables here were typed from the sheet, not copied from `agencies.yaml`: two hands, one number.
"""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import phonenumbers
import pytest

from ivr.engine.caller import CallerKind
from ivr.engine.directory import Agency, Cost, Directory, Phone, PhoneType, Status
from ivr.engine.fact import TRUSTED, Fact, Trust
from ivr.engine.schedule import Freq
from ivr.files.validating import validate
from ivr.files.yaml_source import SourceText, read_yaml

FILE = Path(__file__).parents[2] / "data" / "agencies.yaml"

# The sheet's 2.1, "Spoken-number table": line, number, cost, number status.
SPOKEN_NUMBERS = [
    ("police_110", "110", "free", "V"),
    ("police_9110", "#9110", "ordinary", "V"),
    ("houterasu", "0570-078374", "navidial", "V"),
    ("houterasu", "03-6745-5600", "ordinary", "V-old"),
    ("houterasu_multilingual", "0570-078377", "navidial", "V"),
    ("houterasu_multilingual", "050-3754-5430", "ordinary", "V"),
    ("jinken", "0570-003-110", "navidial", "V"),
    ("kodomo_jinken", "0120-007-110", "free", "V"),
    ("josei_jinken", "0570-070-810", "navidial", "V"),
    ("jinken_foreign", "0570-090911", "navidial", "V"),
    ("inochi_sos", "0120-061-338", "free", "L"),
    ("yorisoi", "0120-279-338", "free", "V-old"),
    ("yorisoi_tohoku", "0120-279-226", "free", "V-old"),
    ("yorisoi", "050-3655-0279", "unknown", "S"),
    ("inochi_no_denwa", "0120-783-556", "free", "L"),
    ("inochi_no_denwa", "0570-783-556", "navidial", "S"),
    ("kokoro_dial", "0570-064-556", "navidial", "V"),
    ("kodomo_sos", "0120-0-78310", "free", "V"),
    ("childline", "0120-99-7777", "free", "V-old"),
    ("bengoshikai", "0570-783-110", "navidial", "S"),
    ("ipa", "03-5978-7509", "ordinary", "S"),
]

# The sheet's 2.7 and 2.8: prefecture, number, status.
PREFECTURE_NUMBERS = [
    ("police_hokkaido", "011-251-0110", "V"),
    ("police_aomori", "017-735-9110", "L"),
    ("police_yamagata", "023-642-9110", "V-old"),
    ("police_fukushima", "024-525-3311", "V-old"),
    ("police_saitama", "048-832-0110", "V"),
    ("police_chiba", "043-201-0110", "S"),
    ("police_tokyo", "03-5805-1731", "L"),
    ("police_tokyo", "03-3501-0110", "L"),
    ("police_kanagawa", "045-681-3180", "V-old"),
    ("police_fukui", "0776-52-0110", "V"),
    ("police_fukui", "0776-34-0110", "V"),
    ("police_fukui", "0779-65-0110", "V"),
    ("police_fukui", "0779-88-0110", "V"),
    ("police_fukui", "0776-66-0110", "V"),
    ("police_fukui", "0776-73-0110", "V"),
    ("police_fukui", "0776-82-0110", "V"),
    ("police_fukui", "0778-52-0110", "V"),
    ("police_fukui", "0778-24-0110", "V"),
    ("police_fukui", "0770-25-0110", "V"),
    ("police_fukui", "0770-52-0110", "V"),
    ("police_aichi", "052-953-9110", "V"),
    ("police_tottori", "0857-27-9110", "V-old"),
    ("police_tottori", "0857-23-0110", "V-old"),
    ("police_shimane", "0852-31-9110", "V"),
    ("police_kochi", "088-823-9110", "L"),
    ("police_fukuoka", "092-641-4141", "S"),
    ("police_saga", "0952-26-9110", "S"),
    ("osaka_net_harmony", "06-6760-4013", "V"),
]

# Prefectures of the sheet for which no telephone number of their own was found.
NO_NUMBER = [
    "police_ibaraki",
    "police_niigata",
    "police_hiroshima",
    "police_yamaguchi",
    "gunma_step",
]

OTHER_NUMBERS = {"03-3868-3811", "#9999"}  # a FAX of 2021; a line open in campaigns only
# The consumer hotline, from the government's own pages, and its old number, which is never spoken.
CONSUMERS = [
    ("shouhisha_188", "188", "ordinary", "V"),
    ("shouhisha_188", "0570-064-370", "navidial", "S"),
]
SHORT_CODES = {"110", "#9110", "#9999", "188"}

FORMS_ONLY = {
    "npa_form": "https://www.npa.go.jp/bureau/cyber/soudan.html",
    "mamorouyo_kokoro": "https://www.mhlw.go.jp/mamorouyokokoro/",
    "ihaho": "https://www.ihaho.jp/",
    "jinken_net": "https://www.jinken.go.jp/",
    "hibou_hotline": "https://www.saferinternet.or.jp/bullying/",
    "safe_line": "https://www.safe-line.jp/",
    "ihc": "https://www.internethotline.jp/",
}

# The sheet's hours, as (days, opens, closes) and the days closed.
EVERY_DAY = "MO TU WE TH FR SA SU"
WEEKDAYS = "MO TU WE TH FR"
HOURS = [
    ("yorisoi", "V-old", [(EVERY_DAY, "00:00", "24:00")], ()),
    ("yorisoi_tohoku", "V-old", [(EVERY_DAY, "00:00", "24:00")], ()),
    ("kodomo_sos", "V", [(EVERY_DAY, "00:00", "24:00")], ()),
    ("childline", "V-old", [(EVERY_DAY, "16:00", "21:00")], ("year_end",)),
    ("jinken", "V", [(WEEKDAYS, "08:30", "17:15")], ("holidays", "year_end")),
    ("kodomo_jinken", "V", [(WEEKDAYS, "08:30", "17:15")], ("holidays", "year_end")),
    ("josei_jinken", "V", [(WEEKDAYS, "08:30", "17:15")], ("holidays", "year_end")),
    # 平日 leaves holidays out; and where the page is silent, nobody is sent to a closed agency.
    ("jinken_foreign", "L", [(WEEKDAYS, "09:00", "17:00")], ("holidays", "year_end")),
    (
        "houterasu",
        "V-old",
        [(WEEKDAYS, "09:00", "21:00"), ("SA", "09:00", "17:00")],
        ("holidays", "year_end"),
    ),
    ("houterasu_multilingual", "V", [(WEEKDAYS, "09:00", "17:00")], ("holidays", "year_end")),
    ("police_aomori", "L", [(WEEKDAYS, "08:30", "17:00")], ()),
    ("police_tokyo", "L", [(WEEKDAYS, "08:30", "17:15")], ()),
    ("police_aichi", "V", [(WEEKDAYS, "09:00", "17:00")], ("holidays", "year_end")),
]

# The sheet's wrong forms: numbers that stand in nobody's `phones`.
MISPRINTS = {"0570-046-556", "0570-0783-55", "03-3431-8109", "024-533-9110"}


@pytest.fixture(scope="module")
def directory() -> Directory:
    document = read_yaml(SourceText("agencies.yaml", FILE.read_text(encoding="utf-8")))
    found = validate(Directory, document)
    assert found is not None, document.problems
    assert document.problems == []
    return found


def phones(directory: Directory) -> list[tuple[str, Phone]]:
    return [(name, p) for name, agency in directory.agencies.items() for p in agency.phones]


def voice(agency: Agency) -> list[Phone]:
    return [phone for phone in agency.phones if phone.type is PhoneType.VOICE]


def facts(agency: Agency) -> Iterator[Fact]:
    yield from (*agency.phones, *agency.links, *agency.notes)
    yield from (f for f in (agency.organization, agency.hours, agency.languages) if f is not None)


@pytest.mark.parametrize(("name", "number", "cost", "trust"), SPOKEN_NUMBERS)
def test_a_number_of_the_spoken_table_stands_with_its_cost_and_trust(
    directory: Directory, name: str, number: str, cost: str, trust: str
) -> None:
    [phone] = [p for p in directory.agencies[name].phones if p.number == number]
    assert (phone.type, phone.cost, phone.trust) == (PhoneType.VOICE, Cost(cost), Trust(trust))


@pytest.mark.parametrize(("name", "number", "trust"), PREFECTURE_NUMBERS)
def test_a_number_of_the_prefectures_stands_with_its_trust(
    directory: Directory, name: str, number: str, trust: str
) -> None:
    [phone] = [p for p in directory.agencies[name].phones if p.number == number]
    assert phone.trust is Trust(trust)


@pytest.mark.parametrize("name", NO_NUMBER)
def test_a_prefecture_without_a_number_stands_with_what_is_known(
    directory: Directory, name: str
) -> None:
    agency = directory.agencies[name]
    assert agency.phones == ()
    assert agency.notes


def test_no_number_stands_there_that_the_sheet_does_not_have(directory: Directory) -> None:
    known = {
        number for _, number, *_ in (*SPOKEN_NUMBERS, *PREFECTURE_NUMBERS, *CONSUMERS)
    } | OTHER_NUMBERS
    assert {phone.number for _, phone in phones(directory)} == known


def test_well_known_misprints_are_nowhere_dialable(directory: Directory) -> None:
    digits = {phone.number.replace("-", "") for _, phone in phones(directory)}
    assert digits.isdisjoint(misprint.replace("-", "") for misprint in MISPRINTS)
    assert "0570-046-556" not in FILE.read_text(encoding="utf-8")


def test_no_two_agencies_share_a_number(directory: Directory) -> None:
    counted = Counter(phone.number.replace("-", "") for _, phone in phones(directory))
    assert [number for number, times in counted.items() if times > 1] == []


def test_an_unverified_number_is_never_spoken_to_anybody(directory: Directory) -> None:
    unverified = {
        number
        for _, number, *_, trust in (*SPOKEN_NUMBERS, *PREFECTURE_NUMBERS, *CONSUMERS)
        if Trust(trust) not in TRUSTED
    }
    told = {
        phone.number
        for agency in directory.agencies.values()
        for kind in CallerKind
        if (phone := agency.phone_for(kind)) is not None
    }
    assert len(unverified) == 8
    assert told.isdisjoint(unverified)


def test_ip_phones_and_callers_from_abroad_are_told_a_number_they_reach(
    directory: Directory,
) -> None:
    def number(name: str, kind: CallerKind) -> str:
        phone = directory.agencies[name].phone_for(kind)
        assert phone is not None
        return phone.number

    assert number("houterasu", CallerKind.MOBILE) == "0570-078374"
    assert number("houterasu", CallerKind.IP_PHONE) == "03-6745-5600"
    assert number("houterasu", CallerKind.FOREIGN) == "03-6745-5600"
    assert number("houterasu_multilingual", CallerKind.MOBILE) == "0570-078377"
    assert number("houterasu_multilingual", CallerKind.IP_PHONE) == "050-3754-5430"


def test_every_source_a_fact_names_is_in_the_table_and_every_one_there_is_used(
    directory: Directory,
) -> None:
    named = {s for a in directory.agencies.values() for fact in facts(a) for s in fact.source}
    assert named == set(directory.sources)


def test_every_fact_names_a_source_and_nothing_is_assured_yet(directory: Directory) -> None:
    for name, agency in directory.agencies.items():
        for fact in facts(agency):
            assert fact.source, (name, fact)
            assert fact.assured_date is None, (name, fact)


def test_what_may_be_spoken_was_read_on_a_public_body_s_page(directory: Directory) -> None:
    for name, agency in directory.agencies.items():
        for fact in (*agency.phones, *agency.links, agency.hours, agency.languages):
            if fact is not None and fact.speakable:
                assert any(directory.sources[s].official for s in fact.source), (name, fact)


def test_every_number_is_possible_in_japan(directory: Directory) -> None:
    for name, phone in phones(directory):
        if phone.number not in SHORT_CODES:
            parsed = phonenumbers.parse(phone.number, "JP")
            assert phonenumbers.is_valid_number(parsed), (name, phone.number)


def test_what_a_call_costs_fits_the_number(directory: Directory) -> None:
    for name, phone in phones(directory):
        if phone.number.startswith("0570"):
            assert phone.cost is Cost.NAVIDIAL, (name, phone.number)
        if phone.number.startswith("0120"):
            assert phone.cost is Cost.FREE, (name, phone.number)


@pytest.mark.parametrize(("name", "url"), FORMS_ONLY.items())
def test_an_agency_of_forms_has_a_page_and_no_telephone(
    directory: Directory, name: str, url: str
) -> None:
    agency = directory.agencies[name]
    assert agency.phones == ()
    assert agency.link is not None
    assert agency.link.url == url


def test_an_agency_that_only_its_page_reaches_has_words_to_search_for(
    directory: Directory,
) -> None:
    for name, agency in directory.agencies.items():
        spoken = any(phone.speakable for phone in voice(agency))
        if agency.link is not None and not spoken:
            assert agency.search, name
        if not agency.links:
            assert agency.search is None, name


def test_the_caller_s_own_school_or_town_has_neither_number_nor_page(
    directory: Directory,
) -> None:
    desks = directory.agencies["local_desks"]
    assert (desks.phones, desks.links) == ((), ())


def test_the_campaigns_line_is_referred_to_by_no_tree(directory: Directory) -> None:
    assert directory.agencies["kodoku_koritsu"].status is Status.INACTIVE


def test_hours_of_unverified_lines_are_not_relied_on(directory: Directory) -> None:
    sos = directory.agencies["inochi_sos"].hours
    assert sos is not None
    assert not sos.speakable
    assert directory.agencies["police_9110"].hours is None  # they vary by prefecture
    assert directory.agencies["kokoro_dial"].hours is None


@pytest.mark.parametrize(("name", "trust", "spans", "closed"), HOURS)
def test_opening_hours_are_the_sheet_s(
    directory: Directory,
    name: str,
    trust: str,
    spans: list[tuple[str, str, str]],
    closed: tuple[str, ...],
) -> None:
    hours = directory.agencies[name].hours
    assert hours is not None
    assert hours.trust is Trust(trust)
    assert hours.closed_on == closed
    assert [
        (" ".join(day.value for day in s.byday), s.opens_at, s.closes_at) for s in hours.schedules
    ] == spans


def test_the_free_line_of_inochi_no_denwa_is_open_a_whole_day_each_month(
    directory: Directory,
) -> None:
    hours = directory.agencies["inochi_no_denwa"].hours
    assert hours is not None
    evening, tenth = hours.schedules
    assert (evening.opens_at, evening.closes_at, len(evening.byday)) == ("16:00", "21:00", 7)
    assert (tenth.freq, tenth.bymonthday) == (Freq.MONTHLY, (10,))
    assert tenth.minutes == (8 * 60, 32 * 60)  # 8:00 to 8:00 of the next day


@pytest.mark.parametrize(
    ("name", "codes"),
    [
        ("houterasu_multilingual", "en zh ko es pt vi tl ne th id"),
        ("jinken_foreign", "en zh ko fil pt vi ne es id th"),
        ("ihc", "ja en"),
        ("houterasu", "ja"),
    ],
)
def test_languages_are_the_sheet_s(directory: Directory, name: str, codes: str) -> None:
    languages = directory.agencies[name].languages
    assert languages is not None
    assert languages.speakable
    assert " ".join(languages.codes) == codes
