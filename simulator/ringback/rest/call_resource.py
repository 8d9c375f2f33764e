"""The Call resource: make one, fetch, list, redirect, end.

https://www.twilio.com/docs/voice/api/call-resource
"""

from collections.abc import Mapping

from flask import jsonify, request
from flask.typing import ResponseReturnValue

from ringback.calls.call_log import LoggedCall
from ringback.calls.outbound_queue import OutboundCall
from ringback.numbers.number import is_e164
from ringback.rest.errors import bad_request
from ringback.rest.forms import method_in, number_in, refuse_unsimulated, url_in
from ringback.rest.paging import in_date_range, page, query_matches
from ringback.rest.resource import Account, common_fields, found, rfc2822

_EVENTS = frozenset({"initiated", "ringing", "answered", "completed"})
_UNSIMULATED = ("ApplicationSid", "SendDigits", "Record", "MachineDetection", "SipAuthUsername")
_OVER = frozenset({"completed", "busy", "no-answer", "failed", "canceled"})
# The numbers that stand for an outcome: https://www.twilio.com/docs/iam/test-credentials#test-calls
_MAGIC_TO = {
    "+15005550001": (21217, "Phone number does not appear to be valid"),
    "+15005550002": (21214, "'To' phone number cannot be reached"),
    "+15005550003": (21215, "Account not authorized to call {to}"),
    "+15005550004": (21216, "Account not allowed to call {to}"),
}
_DEFAULT_TIMEOUT, _LONGEST_TIMEOUT = 60, 600


def create(account: Account) -> ResponseReturnValue:
    """POST /Calls"""
    call = _new_call(request.form, request.form.getlist("StatusCallbackEvent"), account)
    account.switchboard.outbound.add(call)
    return jsonify(_as_json(_find(account, call.sid), account)), 201


def fetch(account: Account, sid: str) -> ResponseReturnValue:
    """GET /Calls/<sid>"""
    return jsonify(_as_json(_find(account, sid), account))


def read(account: Account) -> ResponseReturnValue:
    """GET /Calls, newest first; by To, From, Status and StartTime."""
    matching = (
        call
        for call in reversed(account.switchboard.log.all())
        if query_matches("To", call.to)
        and query_matches("From", call.from_)
        and query_matches("Status", call.status)
        and in_date_range("StartTime", call.started or call.created)
    )
    return page("calls", matching, lambda call: _as_json(call, account))


def update(account: Account, sid: str) -> ResponseReturnValue:
    """POST /Calls/<sid>: redirects a call (Url, Twiml) or ends it (Status).

    canceled ends only what is not answered yet. https://www.twilio.com/docs/api/errors/21220 for a
    call that is over.
    """
    call, form = _find(account, sid), request.form
    refuse_unsimulated(form, ("FallbackUrl", "StatusCallback"))
    status = form.get("Status", "")
    if status not in ("", "canceled", "completed"):
        raise bad_request(20001, f"Invalid Status: {status}; expected canceled or completed")
    if call.status in _OVER:
        raise bad_request(21220, "Call is not in-progress. Cannot redirect.")
    if status == "completed" or (status and call.status != "in-progress"):
        account.switchboard.end(sid)
    elif not status:
        _redirect(form, account, sid)
    return fetch(account, sid)


def _redirect(form: Mapping[str, str], account: Account, sid: str) -> None:
    url, twiml = url_in(form, "Url", 21205), form.get("Twiml", "")
    if not url and not twiml:
        raise bad_request(20001, "Nothing to change: expected Url, Twiml or Status")
    if not account.switchboard.redirect(sid, url, method_in(form, "Method", 21209), twiml):
        raise bad_request(21220, "Call is not in-progress. Cannot redirect.")


def _new_call(form: Mapping[str, str], events: list[str], account: Account) -> OutboundCall:
    refuse_unsimulated(form, _UNSIMULATED)
    to, from_, twiml = form.get("To", ""), form.get("From", ""), form.get("Twiml", "")
    _check(to, from_, account)
    url = url_in(form, "Url", 21205)
    if not url and not twiml:
        raise bad_request(21205, "Url parameter is required, or Twiml.")
    wrong = set(events) - _EVENTS
    if wrong:
        raise bad_request(21626, f"Invalid StatusCallbackEvent: {', '.join(sorted(wrong))}")
    return OutboundCall(
        sid=account.identifiers.sid("CA"),
        to=to,
        from_=from_,
        created=account.now(),
        url=url or "",
        twiml="" if url else twiml,
        method=method_in(form, "Method", 21209),
        fallback_url=url_in(form, "FallbackUrl", 21205),
        fallback_method=method_in(form, "FallbackMethod", 21209),
        timeout=number_in(form, "Timeout", 1, _LONGEST_TIMEOUT, 20001) or _DEFAULT_TIMEOUT,
        status_callback=url_in(form, "StatusCallback", 21609),
        callback_method=method_in(form, "StatusCallbackMethod", 21209),
        callback_events=frozenset(events) or frozenset({"completed"}),
    )


def _check(to: str, from_: str, account: Account) -> None:
    if not to:
        raise bad_request(21201, "No 'To' number is specified")
    if not from_:
        raise bad_request(21213, "A 'From' phone number is required.")
    if to in _MAGIC_TO:
        code, text = _MAGIC_TO[to]
        raise bad_request(code, text.format(to=to))
    if not is_e164(to):
        raise bad_request(21211, f"Invalid 'To' Phone Number: {to}")
    if not is_e164(from_) or from_ == "+15005550001":
        raise bad_request(21212, f"Invalid 'From' Phone Number: {from_}")
    if account.numbers.of(from_) is None:
        raise bad_request(21210, f"Source phone number provided, {from_}, is not yet verified")


def _find(account: Account, sid: str) -> LoggedCall:
    return found(account.switchboard.log.find(sid))


def _as_json(call: LoggedCall, account: Account) -> dict[str, object]:
    updated = call.ended or call.started or call.created
    return {
        **common_fields(account, "Calls", call.sid, call.created, updated),
        "answered_by": None,
        "caller_name": None,
        "direction": call.direction,
        "duration": None if call.seconds is None else str(call.seconds),
        "end_time": rfc2822(call.ended),
        "forwarded_from": None,
        "from": call.from_,
        "from_formatted": call.from_,
        "group_sid": None,
        "parent_call_sid": None,
        "phone_number_sid": None,
        "price": None,
        "price_unit": "USD",
        "queue_time": "0",
        "start_time": rfc2822(call.started),
        "status": call.status,
        "subresource_uris": {},
        "to": call.to,
        "to_formatted": call.to,
        "trunk_sid": None,
    }
