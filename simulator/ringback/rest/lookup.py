"""Lookup v2, the free part and the line type, from Google's numbering plan and not from carriers.

https://www.twilio.com/docs/lookup/v2-api
"""

import phonenumbers
from flask import jsonify, request
from flask.typing import ResponseReturnValue
from phonenumbers import NumberParseException, PhoneNumberFormat, PhoneNumberType, ValidationResult

from ringback.rest.errors import not_simulated
from ringback.rest.resource import Account

# https://www.twilio.com/docs/lookup/v2-api/line-type-intelligence#type-property-values. Whether
# a VoIP number is tied to a place is not in the plan; nonFixedVoip is the usual one [INF].
_LINE_TYPES = {
    PhoneNumberType.MOBILE: "mobile",
    PhoneNumberType.FIXED_LINE: "landline",
    PhoneNumberType.VOIP: "nonFixedVoip",
    PhoneNumberType.TOLL_FREE: "tollFree",
    PhoneNumberType.PREMIUM_RATE: "premium",
    PhoneNumberType.SHARED_COST: "sharedCost",
    PhoneNumberType.PERSONAL_NUMBER: "personal",
    PhoneNumberType.PAGER: "pager",
    PhoneNumberType.UAN: "uan",
    PhoneNumberType.VOICEMAIL: "voicemail",
}
_ERRORS = {
    ValidationResult.TOO_SHORT: "TOO_SHORT",
    ValidationResult.TOO_LONG: "TOO_LONG",
    ValidationResult.INVALID_COUNTRY_CODE: "INVALID_COUNTRY_CODE",
    ValidationResult.INVALID_LENGTH: "INVALID_LENGTH",
}
_PACKAGES = (
    "caller_name",
    "sim_swap",
    "call_forwarding",
    "line_status",
    "identity_match",
    "reassigned_number",
    "sms_pumping_risk",
    "phone_number_quality_score",
    "pre_fill",
)


def fetch(account: Account, number: str) -> ResponseReturnValue:
    """GET /v2/PhoneNumbers/<number>; Fields may ask for line_type_intelligence.

    A number in national form is read as CountryCode's, US when there is none.
    """
    del account
    wanted = [name.strip() for name in request.args.get("Fields", "").split(",") if name.strip()]
    for name in wanted:
        if name not in ("line_type_intelligence", "validation"):
            raise not_simulated(f"Lookup's {name}")
    with_type = "line_type_intelligence" in wanted
    try:
        parsed = phonenumbers.parse(number, request.args.get("CountryCode") or "US")
    except NumberParseException:
        return jsonify(_as_json(number, None, ["NOT_A_NUMBER"], with_type))
    valid = phonenumbers.is_valid_number(parsed)
    reason = _ERRORS.get(
        phonenumbers.is_possible_number_with_reason(parsed), "INVALID_BUT_POSSIBLE"
    )
    return jsonify(_as_json(number, parsed, [] if valid else [reason], with_type))


def _as_json(
    asked: str, number: phonenumbers.PhoneNumber | None, errors: list[str], with_type: bool
) -> dict[str, object]:
    known = number if number and not errors else None
    e164 = phonenumbers.format_number(number, PhoneNumberFormat.E164) if number else asked
    return {
        **dict.fromkeys(_PACKAGES),
        "calling_country_code": str(known.country_code) if known else None,
        "country_code": phonenumbers.region_code_for_number(known) if known else None,
        "line_type_intelligence": _line_type(known) if with_type else None,
        "national_format": known and phonenumbers.format_number(known, PhoneNumberFormat.NATIONAL),
        "phone_number": e164,
        "url": f"{request.url_root}v2/PhoneNumbers/{e164}",
        "valid": known is not None,
        "validation_errors": errors,
    }


def _line_type(number: phonenumbers.PhoneNumber | None) -> dict[str, object]:
    kind = _LINE_TYPES.get(phonenumbers.number_type(number)) if number else None
    return {
        "carrier_name": None,
        "error_code": None,
        "mobile_country_code": None,
        "mobile_network_code": None,
        "type": kind,
    }
