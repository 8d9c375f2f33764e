"""What a call may ask about texts, and what it hears: to whom texts go, and how many."""

from dataclasses import replace
from pathlib import Path

import pytest

from ivr.engine import (
    Held,
    HoldNumber,
    Line,
    LookAfterText,
    RecallNumber,
    RefuseTexts,
    SendText,
    TextOutcome,
    TextsRefused,
)
from ringback import Carrier
from tests.sms.conftest import IHAHO, Office, open_office
from tests.support.signed import LANDLINE, MOBILE

OTHER = "+818012345678"
TO_HELD = SendText("ihaho", "ja", to_held=True)


@pytest.mark.parametrize("number", [LANDLINE, "", "anonymous", "+815012345678", "+14158675310"])
def test_only_a_mobile_is_ever_texted(office: Office, number: str) -> None:
    """twilio-rules 2.2: a +81 prefix alone proves nothing."""
    assert office.asks(number=number) is TextOutcome.FAILED
    office.works(60)
    assert office.messages == ()


def test_a_call_without_a_name_gets_no_text(office: Office) -> None:
    assert office.asks(call="") is TextOutcome.FAILED


def test_a_number_that_was_keyed_in_is_held_while_the_call_lasts(office: Office) -> None:
    """The second agency of the call offers it again: nobody keys in eleven digits twice."""
    requests = office.texts.requests
    assert requests("CA1", LANDLINE, HoldNumber(MOBILE)) == Held(MOBILE)
    assert requests("CA1", LANDLINE, HoldNumber(OTHER)) == Held(OTHER)  # corrected
    assert requests("CA1", LANDLINE, RecallNumber()) == Held(OTHER)
    assert requests("CA2", LANDLINE, RecallNumber()) == Held(None)
    assert office.asks(TO_HELD, number=LANDLINE) is TextOutcome.QUEUED
    assert requests("CA1", LANDLINE, RecallNumber()) == Held(OTHER)
    assert office.asks(replace(TO_HELD, agency="jinken"), number=LANDLINE) is TextOutcome.QUEUED
    office.works()
    assert [message.to for message in office.messages] == [OTHER, OTHER]


def test_a_confirmation_that_is_repeated_sends_nothing_more(office: Office) -> None:
    office.texts.requests("CA1", LANDLINE, HoldNumber(MOBILE))
    office.asks(TO_HELD, number=LANDLINE)
    office.works()
    assert office.asks(TO_HELD, number=LANDLINE) is TextOutcome.SENT
    assert len(office.messages) == 1


def test_the_end_of_a_call_erases_what_was_keyed_in(office: Office) -> None:
    office.texts.requests("CA1", LANDLINE, HoldNumber(MOBILE))
    office.texts.requests.call_is_over("CA1")
    assert office.texts.requests("CA1", LANDLINE, RecallNumber()) == Held(None)


def test_so_do_four_hours(office: Office) -> None:
    """The longest call there can be; where no status callback tells of its end."""
    office.texts.requests("CA1", LANDLINE, HoldNumber(MOBILE))
    office.carrier.pass_time(3 * 3600)
    office.texts.purge()
    assert office.texts.requests("CA1", LANDLINE, RecallNumber()) == Held(MOBILE)
    office.carrier.pass_time(2 * 3600)
    office.texts.purge()
    assert office.texts.requests("CA1", LANDLINE, RecallNumber()) == Held(None)


def test_nobody_can_be_pestered(line: Line, carrier: Carrier, database: str) -> None:
    """Five texts a day to one telephone, whoever asks for them."""
    with carrier.rest_api() as rest:
        office = open_office(line, carrier, rest.url, database)
        outcomes = []
        for call in range(7):
            office.texts.requests(f"CA{call}", "anonymous", HoldNumber(MOBILE))
            outcomes.append(office.asks(TO_HELD, call=f"CA{call}", number="anonymous"))
        office.works(60)
    assert outcomes == [TextOutcome.QUEUED] * 5 + [TextOutcome.LIMITED] * 2
    assert len(carrier.messages) == 5


@pytest.mark.parametrize(
    ("setting", "calls"),
    [("SMS_PER_CALLER", ["CA1"] * 4), ("SMS_PER_DAY", ["CA1", "CA2", "CA3", "CA4"])],
)
@pytest.mark.parametrize("caller", [LANDLINE, "anonymous"])
def test_no_budget_can_be_drained(
    line: Line, carrier: Carrier, database: str, setting: str, calls: list[str], caller: str
) -> None:
    office = open_office(line, carrier, "http://127.0.0.1:9", database, **{setting: "3"})
    outcomes = []
    for place, call in enumerate(calls):
        office.texts.requests(call, caller, HoldNumber(f"+819012345{place:03}"))
        outcomes.append(office.asks(TO_HELD, call=call, number=caller))
    assert outcomes == [TextOutcome.QUEUED] * 3 + [TextOutcome.LIMITED]


def test_a_caller_is_known_by_the_number_in_every_call(
    line: Line, carrier: Carrier, database: str
) -> None:
    office = open_office(line, carrier, "http://127.0.0.1:9", database, SMS_PER_CALLER="1")
    outcomes = {}
    for call, caller in (("CA1", LANDLINE), ("CA2", LANDLINE), ("CA3", "anonymous")):
        office.texts.requests(call, caller, HoldNumber(MOBILE))
        outcomes[call] = office.asks(TO_HELD, call=call, number=caller)
    queued, limited = TextOutcome.QUEUED, TextOutcome.LIMITED
    assert outcomes == {"CA1": queued, "CA2": limited, "CA3": queued}


def test_a_new_day_has_new_texts(line: Line, carrier: Carrier, database: str) -> None:
    office = open_office(line, carrier, "http://127.0.0.1:9", database, SMS_PER_RECIPIENT="1")
    assert office.asks(call="CA1") is TextOutcome.QUEUED
    assert office.asks(call="CA2") is TextOutcome.LIMITED
    carrier.pass_time(12 * 3600 + 1)  # it was noon in Japan
    assert office.asks(call="CA3") is TextOutcome.QUEUED
    office.texts.purge()
    assert office.asks(call="CA4") is TextOutcome.LIMITED


def test_a_text_beyond_the_limit_leaves_no_trace(
    line: Line, carrier: Carrier, database: str
) -> None:
    office = open_office(line, carrier, "http://127.0.0.1:9", database, SMS_PER_DAY="0")
    assert office.asks() is TextOutcome.LIMITED
    assert sum(office.texts.outbox.counts().values()) == 0


def test_whoever_refused_texts_gets_none_until_they_want_them_again(office: Office) -> None:
    requests = office.texts.requests
    assert requests("CA1", MOBILE, RefuseTexts(True)) == TextsRefused(True)
    assert requests("CA1", MOBILE, RefuseTexts(True)) == TextsRefused(True)  # a repeated request
    assert office.asks() is TextOutcome.REFUSED
    requests("CA9", LANDLINE, HoldNumber(MOBILE))
    assert office.asks(TO_HELD, call="CA9", number=LANDLINE) is TextOutcome.REFUSED
    assert requests("CA1", MOBILE, RefuseTexts(False)) == TextsRefused(False)
    assert office.asks() is TextOutcome.QUEUED


def test_a_refusal_reaches_what_still_waits_to_be_sent(office: Office) -> None:
    office.asks()
    office.asks(call="CA2", number="+818012345678")
    assert office.texts.requests("CA1", MOBILE, RefuseTexts(True)) == TextsRefused(True)
    office.works(60)
    assert [message.to for message in office.messages] == ["+818012345678"]
    assert office.asks(LookAfterText("ihaho")) is TextOutcome.REFUSED
    assert (office.row().recipient, office.row().body) == (None, None)


def test_a_line_without_a_mobile_number_refuses_nothing(office: Office) -> None:
    assert office.texts.requests("CA1", LANDLINE, RefuseTexts(True)) == TextsRefused(None)


def test_refusals_outlive_a_token_that_is_being_rotated(
    line: Line, carrier: Carrier, database: str
) -> None:
    before = open_office(line, carrier, "http://127.0.0.1:9", database)
    before.texts.requests("CA1", MOBILE, RefuseTexts(True))
    tokens = "new-token," + carrier.auth_token
    rotating = open_office(line, carrier, "http://127.0.0.1:9", database, TWILIO_AUTH_TOKEN=tokens)
    assert rotating.asks() is TextOutcome.REFUSED
    assert rotating.texts.requests("CA1", MOBILE, RefuseTexts(False)) == TextsRefused(False)
    assert rotating.asks() is TextOutcome.QUEUED


def test_without_its_database_nothing_is_promised_and_nothing_breaks(
    line: Line, carrier: Carrier
) -> None:
    office = open_office(line, carrier, "http://127.0.0.1:9", "sqlite:////nowhere/at/all.sqlite3")
    requests = office.texts.requests
    assert office.asks() is TextOutcome.UNAVAILABLE
    assert office.asks(LookAfterText("ihaho")) is TextOutcome.SENDING
    assert requests("CA1", LANDLINE, HoldNumber(MOBILE)) == Held(None)
    assert requests("CA1", MOBILE, RefuseTexts(True)) == TextsRefused(None)
    requests.call_is_over("CA1")
    assert office.texts.complaints() == [
        "database: it does not answer; calls go on, no text can be sent"
    ]


def test_when_the_database_is_back_texts_go_out_again_without_a_restart(
    line: Line, carrier: Carrier, tmp_path: Path
) -> None:
    later = tmp_path / "not yet there"
    with carrier.rest_api() as rest:
        office = open_office(line, carrier, rest.url, f"sqlite:///{later}/texts.sqlite3")
        assert office.asks() is TextOutcome.UNAVAILABLE
        later.mkdir()
        assert office.asks(call="CA2") is TextOutcome.QUEUED
        office.works()
    assert len(carrier.messages) == 1
    assert office.texts.complaints() == []


def test_old_texts_are_forgotten(office: Office) -> None:
    office.asks()
    office.works()
    office.carrier.pass_time(29 * 86400)
    office.texts.purge()
    assert sum(office.texts.outbox.counts().values()) == 1
    office.carrier.pass_time(2 * 86400)
    office.texts.purge()
    assert sum(office.texts.outbox.counts().values()) == 0


def test_no_number_lies_in_the_file_once_the_text_is_sent_and_the_call_is_over(
    line: Line, carrier: Carrier, tmp_path: Path
) -> None:
    """Not even in what SQLite has set free: deleted numbers are overwritten."""
    file = tmp_path / "texts.sqlite3"
    with carrier.rest_api() as rest:
        office = open_office(line, carrier, rest.url, f"sqlite:///{file}")
        office.texts.requests("CA1", LANDLINE, HoldNumber(MOBILE))
        office.asks(TO_HELD, number=LANDLINE)
        office.works()
        office.texts.requests.call_is_over("CA1")
        office.texts.purge()
    stored = b"".join(part.read_bytes() for part in tmp_path.glob("texts.sqlite3*"))
    assert MOBILE.removeprefix("+81").encode() not in stored


def test_health_tells_of_texts_that_nobody_sends(office: Office) -> None:
    office.asks(IHAHO)
    assert office.texts.complaints() == []
    office.carrier.pass_time(150)
    assert office.texts.complaints() == [
        "texts: the oldest has waited for 150 s; is a worker running?"
    ]
