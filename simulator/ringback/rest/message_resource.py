"""The Message resource: create, fetch, list, redact, cancel, delete.

https://www.twilio.com/docs/messaging/api/message-resource
"""

from flask import jsonify, request
from flask.typing import ResponseReturnValue

from ringback.messages.message import Message
from ringback.rest.errors import bad_request
from ringback.rest.new_message import new_message
from ringback.rest.paging import in_date_range, page, query_matches
from ringback.rest.resource import Account, common_fields, found, rfc2822, uri

_CANCELABLE = frozenset({"scheduled", "accepted", "queued"})


def create(account: Account) -> ResponseReturnValue:
    """POST /Messages"""
    message = new_message(request.form, account)
    account.message_centre.take(message)
    return jsonify(_as_json(message, account)), 201


def fetch(account: Account, sid: str) -> ResponseReturnValue:
    """GET /Messages/<sid>"""
    return jsonify(_as_json(_find(account, sid), account))


def read(account: Account) -> ResponseReturnValue:
    """GET /Messages, newest first; by To, From and DateSent."""
    matching = (
        message
        for message in reversed(account.message_centre.log.all())
        if query_matches("To", message.to)
        and query_matches("From", message.from_)
        and in_date_range("DateSent", message.sent or message.created)
    )
    return page("messages", matching, lambda message: _as_json(message, account))


def update(account: Account, sid: str) -> ResponseReturnValue:
    """POST /Messages/<sid>: an empty Body redacts it, Status=canceled cancels it.

    https://www.twilio.com/docs/api/errors/30409 for one that is on its way.
    """
    message = _find(account, sid)
    if request.form.get("Status"):
        if request.form["Status"] != "canceled":
            raise bad_request(20001, "Status can only be set to canceled")
        if message.status not in _CANCELABLE:
            raise bad_request(30409, f"This message cannot be canceled: it is {message.status}")
        account.message_centre.cancel(sid)
    if "Body" in request.form:
        if request.form["Body"]:
            raise bad_request(20001, "Body can only be set to nothing, which redacts it")
        account.message_centre.log.change(sid, body="")
    return fetch(account, sid)


def delete(account: Account, sid: str) -> ResponseReturnValue:
    """DELETE /Messages/<sid>"""
    _find(account, sid)
    account.message_centre.log.remove(sid)
    return "", 204


def _find(account: Account, sid: str) -> Message:
    return found(account.message_centre.log.find(sid))


def _as_json(message: Message, account: Account) -> dict[str, object]:
    """A message as the API shows it.

    While a Messaging Service has only accepted it, it has no sender yet and num_segments "0".
    """
    unknown = message.status in ("accepted", "scheduled")
    updated = message.updated or message.created
    return {
        **common_fields(account, "Messages", message.sid, message.created, updated),
        "body": message.body,
        "date_sent": rfc2822(message.sent),
        "direction": message.direction,
        "error_code": message.error_code,
        "error_message": None,
        "from": None if unknown else message.from_,
        "messaging_service_sid": message.service_sid,
        "num_media": "0",
        "num_segments": "0" if unknown else str(message.segments),
        "price": None,
        "price_unit": "USD",
        "status": message.status,
        "subresource_uris": {"media": uri(account, "Messages", message.sid, "Media")},
        "to": message.to,
    }
