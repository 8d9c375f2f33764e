"""What the carrier tells of a text: in any order, repeated or not, it only ever moves forward."""

from itertools import permutations

import pytest
from flask import Flask

from ivr.engine import LookAfterText, TextOutcome
from ivr.sms.error_codes import OPERATOR_CODES, meaning_of
from ivr.sms.states import OVER, TextState, from_twilio, may_follow
from ivr.sms.status import status_blueprint
from tests.sms.conftest import Office


def tell(office: Office, status: str, sid: str = "SM1", code: str = "", text: str = "") -> int:
    """The carrier posts to /status/message (signatures are the app's matter)."""
    app = Flask(__name__)
    app.register_blueprint(status_blueprint(office.texts.outbox))
    news = {"MessageSid": sid, "MessageStatus": status} | ({"ErrorCode": code} if code else {})
    known = {"text": text or office.row().id}
    return app.test_client().post("/status/message", data=news, query_string=known).status_code


@pytest.mark.parametrize("order", [*permutations(["queued", "sent", "delivered", "sent"])])
def test_news_in_any_order_ends_at_the_furthest(office: Office, order: tuple[str, ...]) -> None:
    office.asks()
    for status in order:
        assert tell(office, status) == 204
    assert office.row().state is TextState.DELIVERED


def test_news_before_the_carriers_own_answer_counts_and_its_answer_takes_nothing_back(
    office: Office,
) -> None:
    office.asks()
    row = office.row()
    office.texts.outbox.move(row.id, TextState.SENDING)
    tell(office, "sent")
    assert office.row().message_sid == "SM1"
    assert not office.texts.outbox.move(row.id, TextState.ACCEPTED, message_sid="SM1")
    assert office.row().state is TextState.SENT


def test_news_of_a_text_in_doubt_proves_that_it_was_taken(office: Office) -> None:
    office.asks()
    office.texts.outbox.move(office.row().id, TextState.SENDING)
    office.texts.outbox.move(office.row().id, TextState.UNKNOWN)
    tell(office, "sent")
    office.works(180)
    assert office.row().state is TextState.SENT
    assert office.messages == ()  # nothing more was sent


def test_a_text_that_did_not_arrive_is_told_by_its_reason(office: Office) -> None:
    office.asks()
    office.works()
    tell(office, "undelivered", sid=office.messages[0].sid, code="30006")
    assert office.row().error_code == 30006
    assert office.asks(LookAfterText("ihaho")) is TextOutcome.UNRECEIVABLE


@pytest.mark.parametrize("code", ["9" * 25, "9" * 5000, "-1", "３０００６", "30006 ", "x"])
def test_a_code_that_can_be_none_is_left_out_and_the_news_counts(office: Office, code: str) -> None:
    """Five thousand digits are no number to Python, and twenty-five are none to a database."""
    office.asks()
    office.works()
    assert tell(office, "undelivered", sid=office.messages[0].sid, code=code) == 204
    assert (office.row().state, office.row().error_code) == (TextState.UNDELIVERED, None)


def test_news_by_the_sid_alone_is_understood(office: Office) -> None:
    """A number's own callback, without our address."""
    office.asks()
    office.works()
    app = Flask(__name__)
    app.register_blueprint(status_blueprint(office.texts.outbox))
    news = {"MessageSid": office.messages[0].sid, "MessageStatus": "delivered"}
    assert app.test_client().post("/status/message", data=news).status_code == 204
    assert office.row().state is TextState.DELIVERED


@pytest.mark.parametrize("status", ["", "received", "nonsense"])
def test_what_says_nothing_changes_nothing(office: Office, status: str) -> None:
    office.asks()
    assert tell(office, status) == 204
    assert tell(office, "sent", text="gone") == 204
    assert office.row().state is TextState.QUEUED


def test_what_is_over_stays_so() -> None:
    for end in OVER:
        assert not any(may_follow(end, state) for state in TextState)


def test_every_state_but_the_first_can_be_reached() -> None:
    for state in TextState:
        assert state is TextState.QUEUED or any(may_follow(before, state) for before in TextState)


def test_every_status_of_twilio_is_known() -> None:
    """https://www.twilio.com/docs/messaging/api/message-resource#message-status-values"""
    outbound = "queued sending sent failed delivered undelivered accepted scheduled read canceled"
    assert all(from_twilio(status) for status in [*outbound.split(), "partially_delivered"])
    assert from_twilio("receiving") is None


@pytest.mark.parametrize(
    ("code", "outcome", "retry"),
    [
        (21610, TextOutcome.REFUSED, False),
        (21614, TextOutcome.UNRECEIVABLE, False),
        (21635, TextOutcome.UNRECEIVABLE, False),
        (30006, TextOutcome.UNRECEIVABLE, False),
        (21611, TextOutcome.FAILED, True),
        (20429, TextOutcome.FAILED, True),
        (99999, TextOutcome.FAILED, False),
        (None, TextOutcome.FAILED, False),
    ],
)
def test_every_code_has_a_meaning_the_unknown_too(
    code: int | None, outcome: TextOutcome, retry: bool
) -> None:
    assert (meaning_of(code).outcome, meaning_of(code).retry) == (outcome, retry)


def test_what_the_operator_can_put_right_is_not_tried_again() -> None:
    assert all(not meaning_of(code).retry for code in OPERATOR_CODES)
