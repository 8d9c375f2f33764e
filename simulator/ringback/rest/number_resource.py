"""The IncomingPhoneNumber resource: fetch, list, set up.

https://www.twilio.com/docs/phone-numbers/api/incomingphonenumber-resource
"""

from collections.abc import Mapping

from flask import jsonify, request
from flask.typing import ResponseReturnValue

from ringback.numbers.account_numbers import OwnedNumber
from ringback.rest.errors import bad_request
from ringback.rest.forms import is_url, method_in, refuse_unsimulated
from ringback.rest.paging import page, query_matches
from ringback.rest.resource import Account, common_fields, found

_URLS = {
    "VoiceUrl": "voice_url",
    "VoiceFallbackUrl": "voice_fallback_url",
    "SmsUrl": "sms_url",
    "SmsFallbackUrl": "sms_fallback_url",
    "StatusCallback": "status_callback",
}
_METHODS = {
    "VoiceMethod": "voice_method",
    "VoiceFallbackMethod": "voice_fallback_method",
    "SmsMethod": "sms_method",
    "SmsFallbackMethod": "sms_fallback_method",
    "StatusCallbackMethod": "status_callback_method",
}
_UNSIMULATED = ("VoiceApplicationSid", "SmsApplicationSid", "TrunkSid", "AccountSid")


def fetch(account: Account, sid: str) -> ResponseReturnValue:
    """GET /IncomingPhoneNumbers/<sid>"""
    return jsonify(_as_json(_find(account, sid), account))


def read(account: Account) -> ResponseReturnValue:
    """GET /IncomingPhoneNumbers; by PhoneNumber and FriendlyName."""
    matching = (
        owned
        for owned in account.numbers.incoming()
        if query_matches("PhoneNumber", owned.number.number)
        and query_matches("FriendlyName", owned.number.friendly_name or owned.number.number)
    )
    return page("incoming_phone_numbers", matching, lambda owned: _as_json(owned, account))


def update(account: Account, sid: str) -> ResponseReturnValue:
    """POST /IncomingPhoneNumbers/<sid>: where its webhooks are. An empty field clears it."""
    form = request.form
    refuse_unsimulated(form, _UNSIMULATED)
    changes = _changes(form)
    after = vars(_find(account, sid).number) | changes
    if after["voice_fallback_url"] and not after["voice_url"]:
        # https://www.twilio.com/docs/api/errors/21405
        raise bad_request(21405, "Cannot set VoiceFallbackUrl without setting VoiceUrl")
    if after["sms_fallback_url"] and not after["sms_url"]:
        # https://www.twilio.com/docs/api/errors/21406
        raise bad_request(21406, "Cannot set SmsFallbackUrl without setting SmsUrl")
    return jsonify(_as_json(account.numbers.change(sid, changes, account.now()), account))


def _changes(form: Mapping[str, str]) -> dict[str, str]:
    changes = {}
    for name, field in _URLS.items():
        if name in form:
            changes[field] = form[name].strip()
            if changes[field] and not is_url(changes[field]):
                # https://www.twilio.com/docs/api/errors/21402
                raise bad_request(21402, f"{name} is not a valid URL: {form[name]}")
    for name, field in _METHODS.items():
        if name in form:
            changes[field] = method_in(form, name, 21403)
    if "FriendlyName" in form:
        changes["friendly_name"] = form["FriendlyName"]
    return changes


def _find(account: Account, sid: str) -> OwnedNumber:
    return found(account.numbers.find(sid))


def _as_json(owned: OwnedNumber, account: Account) -> dict[str, object]:
    number = owned.number
    fields = {name: getattr(number, name) for name in (*_URLS.values(), *_METHODS.values())}
    return {
        **common_fields(account, "IncomingPhoneNumbers", owned.sid, owned.created, owned.updated),
        **fields,
        "address_requirements": "none",
        "address_sid": None,
        "beta": False,
        "bundle_sid": None,
        "capabilities": {"fax": False, "mms": False, "sms": number.sms, "voice": True},
        "friendly_name": number.friendly_name or number.number,
        "origin": "twilio",
        "phone_number": number.number,
        "sms_application_sid": "",
        "status": "in-use",
        "trunk_sid": None,
        "voice_application_sid": "",
        "voice_caller_id_lookup": False,
        "voice_receive_mode": "voice",
    }
