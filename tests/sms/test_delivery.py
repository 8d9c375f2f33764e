"""A text on its way: sent once whatever fails, and its caller told what is known."""

import json
from dataclasses import replace
from datetime import timedelta
from threading import Event
from typing import Any

import pytest

from ivr.engine import Line, LookAfterText, SendText, TextOutcome
from ivr.sms.delivery import EXPIRED
from ivr.sms.outbox import Outbox
from ivr.sms.rest import CarrierMessage, CarrierMessages
from ivr.sms.sender import NotAsked, Sender
from ivr.sms.states import TextState
from ivr.sms.waits import Waits
from ringback import Carrier, Fault, usual_delivery
from tests.sms.conftest import Office, open_office
from tests.support.signed import MOBILE

LOOK = LookAfterText("ihaho")
MINUTE = 60.0


def test_a_text_is_promised_at_once_and_sent_in_its_own_time(office: Office) -> None:
    assert office.asks() is TextOutcome.QUEUED
    assert office.messages == ()
    assert office.asks(LOOK) is TextOutcome.SENDING
    office.works()
    assert office.asks(LOOK) is TextOutcome.SENT
    assert [message.to for message in office.messages] == [MOBILE]
    assert "https://www.ihaho.jp/" in office.bodies[0]


def test_it_arrives_once_however_often_it_is_asked_for(office: Office) -> None:
    outcomes = [office.asks() for _ in range(3)]
    office.works()
    outcomes += [office.asks() for _ in range(2)]
    assert outcomes[0] is TextOutcome.QUEUED
    assert set(outcomes[1:3]) == {TextOutcome.SENDING}
    assert set(outcomes[3:]) == {TextOutcome.SENT}
    assert len(office.messages) == 1


def test_another_agency_and_another_call_are_texts_of_their_own(office: Office) -> None:
    office.asks()
    office.asks(SendText("houterasu", "ja"))
    office.asks(call="CA2")
    office.works(5)
    assert len(office.messages) == 3


def test_it_carries_its_own_address_for_news_and_goes_stale_soon(office: Office) -> None:
    office.asks()
    office.works()
    (message,) = office.messages
    assert message.status_callback is not None
    assert message.status_callback.endswith(f"/status/message?text={office.row().id}")


def test_a_moments_refusal_is_tried_again_later_and_later(office: Office) -> None:
    """429: the carrier certainly did not take it."""
    office.fails(Fault(status=429), Fault(status=429), None)
    office.asks()
    office.works()
    assert office.row().state is TextState.QUEUED
    office.works(1)
    assert (office.row().attempts, len(office.messages)) == (2, 0)
    office.works(10)
    assert (office.row().state, len(office.messages)) == (TextState.ACCEPTED, 1)


def test_a_carrier_that_is_not_there_was_asked_for_nothing(
    line: Line, carrier: Carrier, database: str
) -> None:
    office = open_office(line, carrier, "http://127.0.0.1:9", database)
    office.asks()
    office.works(30)
    assert office.row().state is TextState.QUEUED
    with carrier.rest_api() as rest:
        back = open_office(line, carrier, rest.url, database)
        back.works(MINUTE)
    assert len(back.messages) == 1


@pytest.mark.parametrize("accepted", [True, False], ids=["taken", "not taken"])
@pytest.mark.parametrize("fault", [Fault(status=500), Fault(cut=True)], ids=["500", "cut"])
def test_after_no_answer_nothing_is_sent_before_the_carriers_list_was_looked_at(
    office: Office, fault: Fault, accepted: bool
) -> None:
    """https://www.twilio.com/docs/api/errors/20500: it may have been taken or not."""
    office.fails(replace(fault, accepted=accepted), None)
    office.asks()
    office.works()
    assert office.row().state is TextState.UNKNOWN
    assert office.asks(LOOK) is TextOutcome.SENDING
    office.works(2 * MINUTE)
    assert office.asks(LOOK) is TextOutcome.SENT
    assert len(office.messages) == 1


def test_a_text_whose_words_the_carrier_hides_is_found_all_the_same(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Redacted by the account's setting: the list shows other words than were sent."""

    def hidden(messages: CarrierMessages, to: str, limit: int) -> list[CarrierMessage]:
        version = messages._version
        page = version.fetch("GET", f"{messages._uri}.json", params={"To": to, "PageSize": limit})
        return [CarrierMessage.of({**one, "body": "*****"}) for one in page["messages"]]

    monkeypatch.setattr(CarrierMessages, "newest", hidden)
    office.fails(Fault(cut=True, accepted=True), None)
    office.asks()
    office.works(2 * MINUTE)
    assert office.asks(LOOK) is TextOutcome.SENT
    assert len(office.messages) == 1


def test_a_reply_to_the_same_telephone_is_not_taken_for_a_text_that_never_went(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its owner texts the line meanwhile, and the carrier's list shows our answer to that."""
    reply = CarrierMessage("SMreply", "sent", None, office.carrier.now(), "outbound-reply")
    newest = CarrierMessages.newest
    monkeypatch.setattr(CarrierMessages, "newest", lambda *asked: [reply, *newest(*asked)])
    office.fails(Fault(cut=True), None)
    office.asks()
    office.works(2 * MINUTE)
    assert office.row().message_sid != "SMreply"
    assert len(office.messages) == 1


@pytest.mark.parametrize(
    "refusal", [Fault(status=401, code=20003), Fault(status=403), Fault(status=404)]
)
def test_who_may_send_but_not_list_keeps_no_telephone_from_its_later_texts(
    office: Office, refusal: Fault
) -> None:
    """A restricted key: the first text may have gone and is not repeated, the next one goes."""
    cut = [Fault(cut=True)]
    office.carrier.faults = lambda asked: (
        refusal if asked.method == "GET" else cut.pop() if cut else None
    )
    office.asks()
    office.works(2 * MINUTE)
    assert office.row().state is TextState.FAILED
    assert office.asks(LOOK) is TextOutcome.FAILED
    office.asks(call="CA2")
    office.works(5)
    assert office.asks(LOOK, call="CA2") is TextOutcome.SENT
    assert len(office.messages) == 1


def test_what_a_slow_carrier_takes_after_all_is_found(
    line: Line, carrier: Carrier, database: str
) -> None:
    taken = Event()
    carrier.deliveries = lambda message: taken.set() or usual_delivery(message)
    with carrier.rest_api() as rest:
        office = open_office(line, carrier, rest.url, database, TWILIO_API_TIMEOUT="0.2")
        office.fails(Fault(latency=0.5), None)
        office.asks()
        office.works()
        assert office.row().state is TextState.UNKNOWN
        assert taken.wait(20)
        patient = open_office(line, carrier, rest.url, database)
        patient.works(2 * MINUTE)
    assert office.asks(LOOK) in (TextOutcome.SENT, TextOutcome.DELIVERED)
    assert len(office.messages) == 1


def test_what_the_list_does_not_show_at_once_is_not_sent_again_at_once(office: Office) -> None:
    office.fails(Fault(cut=True), None)
    office.asks()
    office.works(MINUTE - 5)
    assert (office.row().state, len(office.messages)) == (TextState.UNKNOWN, 0)
    office.works(20)
    assert len(office.messages) == 1


def test_while_nothing_is_known_nothing_is_sent(office: Office) -> None:
    """A REST side that is dead for a while, and then back."""
    office.fails(Fault(status=503))
    office.asks()
    office.works(3 * MINUTE)
    assert (office.row().state, len(office.messages)) == (TextState.UNKNOWN, 0)
    office.fails(None)
    office.works(2 * MINUTE)
    assert len(office.messages) == 1


def test_an_answer_that_is_no_answer_leaves_it_unknown(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A proxy's page with status 201: the carrier may have taken the text."""

    class Garbled:
        @staticmethod
        def create(_wanted: dict[str, object]) -> None:
            json.loads("<html>")

    monkeypatch.setattr(Sender, "_connected", lambda self: Garbled)
    office.asks()
    office.works()
    assert office.row().state is TextState.UNKNOWN


def test_a_definite_refusal_is_final_and_told_in_its_own_words(office: Office) -> None:
    """https://www.twilio.com/docs/api/errors/21635: its network turns out to be fixed."""
    office.fails(Fault(status=400, code=21635), None)
    office.asks()
    office.works()
    assert office.asks(LOOK) is TextOutcome.UNRECEIVABLE
    assert office.asks() is TextOutcome.UNRECEIVABLE
    office.works(2 * MINUTE)
    assert (office.row().error_code, office.messages) == (21635, ())


def test_a_refusal_that_the_operator_can_mend_is_told_by_health(office: Office) -> None:
    office.fails(Fault(status=400, code=21408))
    office.asks()
    office.works()
    assert office.asks(LOOK) is TextOutcome.FAILED
    assert office.texts.complaints() == [
        "texts: the carrier refuses them with 21408;"
        " see https://www.twilio.com/docs/api/errors/21408"
    ]


def test_a_text_that_is_too_old_to_help_is_given_up(office: Office) -> None:
    office.fails(Fault(status=429))
    office.asks()
    office.works(11 * MINUTE)
    row = office.row()
    assert (row.state, row.error_code) == (TextState.FAILED, EXPIRED)
    office.fails(None)
    office.works(MINUTE)
    assert office.messages == ()


def test_what_can_never_be_learnt_is_given_up_after_a_day(office: Office) -> None:
    office.fails(Fault(status=503))
    office.asks()
    office.works()
    office.carrier.pass_time(25 * 3600)
    office.works()
    row = office.row()
    assert (row.state, row.recipient) == (TextState.FAILED, None)


def test_a_worker_that_was_killed_leaves_a_text_that_is_looked_for(
    line: Line, office: Office
) -> None:
    """It held the text and did not come back: nobody knows whether it sent it."""
    office.asks()
    row = office.row()
    assert office.texts.outbox.claim(row, office.carrier.now(), timedelta(seconds=20))
    office.works(10)
    assert office.row().state is TextState.SENDING
    office.works(2 * MINUTE)
    assert (office.row().state, len(office.messages)) == (TextState.ACCEPTED, 1)


def test_a_worker_that_stood_still_after_its_claim_does_not_ask_any_more(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another may have taken the text for lost meanwhile, and sent it."""
    office.asks()
    claim = Outbox.claim

    def claim_and_stand_still(outbox: Outbox, *args: Any) -> bool:
        taken = claim(outbox, *args)
        office.carrier.pass_time(21)
        monkeypatch.undo()
        return taken

    monkeypatch.setattr(Outbox, "claim", claim_and_stand_still)
    office.texts.delivery.attend(office.row())
    assert (office.row().state, len(office.messages)) == (TextState.SENDING, 0)
    office.works(2 * MINUTE)
    assert (office.row().state, len(office.messages)) == (TextState.ACCEPTED, 1)


def test_what_takes_long_the_first_time_is_done_before_the_claim(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The client's library: on a busy machine it takes seconds, in which a claim grows old."""
    office.asks()
    states: list[TextState] = []
    prepare = Sender.prepare

    def prepare_and_look(sender: Sender) -> None:
        states.append(office.row().state)
        prepare(sender)

    monkeypatch.setattr(Sender, "prepare", prepare_and_look)
    office.works()
    assert states == [TextState.QUEUED]


def test_a_long_outage_leaves_no_text_behind_that_is_still_of_use(office: Office) -> None:
    """All that is due is found at once, a day's limit of it."""
    for number in range(120):
        office.asks(call=f"CA{number}", number=f"+8190{10_000_000 + number}")
    assert len(office.texts.delivery.take(1000)) == 120


def test_the_less_patience_the_shorter_all_waits_but_those_that_keep_texts_single() -> None:
    usual, quick = Waits.of(1, 5.0), Waits.of(0.1, 5.0)
    assert usual == Waits()
    assert (quick.first_retry, quick.first_check) == (0.1, 90.0)
    assert (quick.lease, quick.unheard) == (10.0, 30.0)  # twice and six times the REST time-out


def test_two_texts_to_one_telephone_are_under_way_one_after_the_other(office: Office) -> None:
    """So what the carrier's list shows can be only the one that is in doubt."""
    office.fails(Fault(cut=True, accepted=True), Fault(status=503))
    office.asks()
    office.asks(call="CA2")
    office.works(30)
    states = {office.row("CA1").state, office.row("CA2").state}
    assert states == {TextState.UNKNOWN, TextState.QUEUED}
    office.fails(None)
    office.works(2 * MINUTE)
    assert len(office.messages) == 2
    assert len({office.row("CA1").message_sid, office.row("CA2").message_sid}) == 2


def test_two_workers_that_come_to_one_text_send_it_once(
    line: Line, carrier: Carrier, database: str
) -> None:
    with carrier.rest_api() as rest:
        one = open_office(line, carrier, rest.url, database)
        other = open_office(line, carrier, rest.url, database)
        one.asks()
        text = one.row()
        one.texts.delivery.attend(text)
        other.texts.delivery.attend(text)
        other.works(10)
    assert len(carrier.messages) == 1


def test_what_a_slow_worker_concludes_says_nothing_of_a_later_attempt(
    line: Line, carrier: Carrier, database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two workers look for one text; while the slower one waits for the carrier's list, the other
    has found that it was never taken, and sends it."""
    with carrier.rest_api() as rest:
        quick = open_office(line, carrier, rest.url, database)
        slow = open_office(line, carrier, rest.url, database)
        quick.fails(Fault(cut=True), None)
        quick.asks()
        quick.works()
        carrier.pass_time(MINUTE + 1)
        look_for = Sender.look_for

        def waits_for_the_list(sender: Sender, *asked: Any) -> Any:
            found = look_for(sender, *asked)
            monkeypatch.setattr(Sender, "look_for", look_for)
            quick.works(5)  # meanwhile: it is looked for, sent again, and being taken
            again = quick.row()
            quick.texts.outbox.move(again.id, TextState.SENDING, only_from=tuple(TextState))
            return found

        monkeypatch.setattr(Sender, "look_for", waits_for_the_list)
        slow.texts.delivery.attend(slow.row())
        assert slow.row().state is TextState.SENDING
    assert len(carrier.messages) == 1


def test_a_late_answer_to_an_earlier_attempt_takes_a_later_one_nothing(
    line: Line, carrier: Carrier, database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Too many requests (429) is answered when the lease is over and another worker sends it."""
    with carrier.rest_api() as rest:
        slow = open_office(line, carrier, rest.url, database)
        quick = open_office(line, carrier, rest.url, database)
        slow.asks()
        send = Sender.send

        def is_answered_late(_sender: Sender, *_asked: Any) -> Any:
            monkeypatch.setattr(Sender, "send", send)
            quick.works(2 * MINUTE)
            assert len(carrier.messages) == 1
            return NotAsked()

        monkeypatch.setattr(Sender, "send", is_answered_late)
        slow.texts.delivery.attend(slow.row())
        slow.works(MINUTE)
    assert len(carrier.messages) == 1
    assert slow.row().attempts == 2


def test_without_any_callback_the_carrier_is_asked(office: Office) -> None:
    office.asks()
    office.works()
    assert office.row().state is TextState.ACCEPTED
    office.carrier.pass_time(16 * MINUTE)
    office.works()
    assert office.row().state is TextState.DELIVERED
    assert office.asks(LOOK) is TextOutcome.DELIVERED


def test_no_number_and_no_words_are_kept_once_the_carrier_has_them(office: Office) -> None:
    office.asks()
    assert (office.row().recipient, bool(office.row().body)) == (MOBILE, True)
    office.works()
    assert (office.row().recipient, office.row().body) == (None, None)


def test_no_number_is_logged(office: Office, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG")
    office.asks()
    office.works()
    office.fails(Fault(status=400))
    office.asks(call="CA2")
    office.works()
    office.fails(Fault(status=500))
    office.asks(call="CA3")
    office.works()
    office.works(30)  # it is looked for by its number
    ours = [record for record in caplog.records if not record.name.startswith("ringback")]
    assert any(record.name.startswith("ivr.sms") for record in ours)
    assert not [record for record in ours if MOBILE.removeprefix("+81") in record.getMessage()]


def test_the_same_text_in_two_languages_is_one(office: Office) -> None:
    """Unique per call, agency and recipient: whoever changed the language has it already."""
    office.asks()
    office.asks(SendText("ihaho", "en"))
    office.works()
    assert len(office.messages) == 1
