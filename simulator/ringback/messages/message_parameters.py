"""The parameters of the requests about a message: an inbound text, and a status callback.

https://www.twilio.com/docs/messaging/guides/webhook-request
https://www.twilio.com/docs/messaging/guides/outbound-message-status-in-status-callbacks
"""

from datetime import UTC, datetime

from ringback.messages.message import Message
from ringback.webhooks.parameters import API_VERSION, place_parameters


def text_parameters(
    message: Message, account_sid: str, opt_out_type: str | None = None
) -> dict[str, str]:
    """The form of a request for an inbound text. `opt_out_type` is START, STOP or HELP where
    Advanced Opt-Out has dealt with a keyword:
    https://www.twilio.com/docs/messaging/tutorials/advanced-opt-out
    """
    fields = {
        "AccountSid": account_sid,
        "ApiVersion": API_VERSION,
        "Body": message.body,
        "From": message.from_,
        "MessageSid": message.sid,
        "NumMedia": "0",
        "NumSegments": str(message.segments),
        "SmsMessageSid": message.sid,
        "SmsSid": message.sid,
        "SmsStatus": "received",
        "To": message.to,
    }
    if message.service_sid:
        fields["MessagingServiceSid"] = message.service_sid
    if opt_out_type:
        fields["OptOutType"] = opt_out_type
    return fields | place_parameters("From", message.from_) | place_parameters("To", message.to)


def callback_parameters(message: Message, account_sid: str, now: datetime) -> dict[str, str]:
    """The form of a status callback for the message as it stands.

    ErrorCode comes with failed and undelivered only; RawDlrDoneDate (YYMMDDhhmm) with a receipt
    from the recipient's carrier:
    https://www.twilio.com/en-us/changelog/addition-of-rawdlrdonedate-to-delivered-and-undelivered-status-webhooks
    """
    fields = {
        "AccountSid": account_sid,
        "ApiVersion": API_VERSION,
        "From": message.from_,
        "MessageSid": message.sid,
        "MessageStatus": message.status,
        "SmsSid": message.sid,
        "SmsStatus": message.status,
        "To": message.to,
    }
    if message.service_sid:
        fields["MessagingServiceSid"] = message.service_sid
    if message.error_code is not None:
        fields["ErrorCode"] = str(message.error_code)
    if message.status in ("delivered", "undelivered"):
        fields["RawDlrDoneDate"] = now.astimezone(UTC).strftime("%y%m%d%H%M")
    return fields
