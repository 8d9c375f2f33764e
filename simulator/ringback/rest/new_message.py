"""How a request to send becomes a message, or is refused.

https://www.twilio.com/docs/messaging/api/message-resource#create-a-message-resource
"""

from collections.abc import Mapping
from datetime import datetime, timedelta

from ringback.messages.message import Message
from ringback.messages.segments import LONGEST_BODY, count_segments
from ringback.numbers.number import recipient_error, sender_error
from ringback.rest.errors import Refusal, bad_request
from ringback.rest.forms import number_in, refuse_unsimulated, url_in
from ringback.rest.resource import Account

_LONGEST_VALIDITY = 36_000  # seconds; https://www.twilio.com/docs/api/errors/90007
# https://www.twilio.com/docs/api/errors/35115
_SOONEST, _LATEST = timedelta(seconds=300), timedelta(days=35)
_UNSIMULATED = (
    "MediaUrl",
    "ContentSid",
    "ApplicationSid",
    "PersistentAction",
    "ShortenUrls",
    "SmartEncoded",
)
_REASONS = {
    21211: "Invalid 'To' Phone Number: {to}",
    21212: "Invalid From Number (caller ID): {from_}",
    21408: "Permission to send an SMS has not been enabled for the region indicated by the 'To'"
    " number: {to}.",
    21606: "The 'From' phone number provided ({from_}) is not a valid message-capable Twilio phone"
    " number for this destination/account",
    21610: "Attempt to send to unsubscribed recipient {to}",
    21611: "This 'From' number has exceeded the maximum number of queued messages: {from_}",
    21612: "Message cannot be sent with the current combination of 'To' ({to}) and/or 'From'"
    " ({from_}) parameters",
    21614: "'To' number is not a valid mobile number: {to}",
    21635: "'To' number cannot be a landline: {to}",
}


def new_message(form: Mapping[str, str], account: Account) -> Message:
    """The message a POST asks for. Raises Refusal with Twilio's code when it cannot be sent."""
    refuse_unsimulated(form, _UNSIMULATED)
    to, body = form.get("To", ""), form.get("Body", "")
    if not to:
        raise bad_request(21604, "A 'To' phone number is required.")
    if not body:
        raise bad_request(21602, "Message body is required.")
    service = form.get("MessagingServiceSid") or None
    from_ = _of_service(service, account) if service else _own(form.get("From", ""), account)
    _check_recipient(to, from_, account)
    if len(body) > LONGEST_BODY:
        raise bad_request(
            21617, f"The concatenated message body exceeds the {LONGEST_BODY} character limit"
        )
    send_at = _send_at(form, service, account.now())
    return Message(
        sid=account.identifiers.sid("SM"),
        to=to,
        from_=from_,
        body=body,
        segments=count_segments(body),
        created=account.now(),
        service_sid=service,
        status="scheduled" if send_at else "accepted" if service else "queued",
        status_callback=url_in(form, "StatusCallback", 21609),
        validity=number_in(form, "ValidityPeriod", 1, _LONGEST_VALIDITY, 90007),
        send_at=send_at,
    )


def _check_recipient(to: str, from_: str, account: Account) -> None:
    code = recipient_error(to)
    if code is None and not account.message_centre.permits(to):
        code = 21408
    if code is None and account.message_centre.opt_outs.forbids(to, from_):
        code = 21610
    if code is not None:
        raise _refused(code, to, from_)
    if to == from_:
        raise bad_request(21266, f"'To' and 'From' number cannot be the same: {to}")


def _own(from_: str, account: Account) -> str:
    if not from_:
        raise bad_request(21603, "A 'From' phone number is required.")
    code = sender_error(from_, account.numbers.numbers())
    if code is not None:
        raise _refused(code, "", from_)
    return from_


def _of_service(service: str, account: Account) -> str:
    able = [own.number for own in account.numbers.numbers() if own.sms]
    if service not in account.services:
        raise Refusal(404, 21701, f"The Messaging Service does not exist: {service}")
    if not able:
        raise bad_request(21703, "The Messaging Service contains no phone numbers.")
    return able[0]


def _send_at(form: Mapping[str, str], service: str | None, now: datetime) -> datetime | None:
    """When a scheduled message is to go, None for at once.

    https://www.twilio.com/docs/messaging/features/message-scheduling
    """
    if not form.get("SendAt") and not form.get("ScheduleType"):
        return None
    if form.get("ScheduleType") != "fixed":
        raise bad_request(35126, "ScheduleType must be fixed to schedule a message")
    if not form.get("SendAt"):
        raise bad_request(35111, "SendAt timestamp is missing")
    if not service:
        raise bad_request(35118, "MessagingServiceSid is required to schedule a message")
    try:
        moment = datetime.fromisoformat(form["SendAt"])
        if moment.tzinfo and _SOONEST < moment - now <= _LATEST:
            return moment
    except ValueError:
        pass  # the same code says that it is no time at all
    raise bad_request(
        35115, "SendAt must be a time in UTC, more than 300 seconds and at most 35 days ahead"
    )


def _refused(code: int, to: str, from_: str) -> Refusal:
    return bad_request(code, _REASONS[code].format(to=to, from_=from_))
