"""Lookup v2. https://www.twilio.com/docs/lookup/v2-api"""

from collections.abc import Iterator

import pytest
from twilio.rest import Client

from ringback import Carrier
from simulator.tests.booth import START
from simulator.tests.test_rest import connect
from simulator.tests.test_rest_messages import code


@pytest.fixture
def client() -> Iterator[Client]:
    carrier = Carrier(start=START)
    with carrier.rest_api() as api:
        client = connect(carrier, api.url)
        client.lookups.base_url = api.url
        yield client


def test_a_number_is_written_in_both_ways(client: Client) -> None:
    found = client.lookups.v2.phone_numbers("+819012345678").fetch()
    assert (found.valid, found.country_code, found.calling_country_code) == (True, "JP", "81")
    assert (found.phone_number, found.national_format) == ("+819012345678", "090-1234-5678")
    assert found.line_type_intelligence is None  # not asked for
    assert found.validation_errors == []


def test_a_number_in_national_form_needs_its_country(client: Client) -> None:
    found = client.lookups.v2.phone_numbers("09012345678").fetch(country_code="JP")
    assert found.phone_number == "+819012345678"
    assert client.lookups.v2.phone_numbers("09012345678").fetch().valid is False


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        ("+819012345678", "mobile"),
        ("+81312345678", "landline"),
        ("+815012345678", "nonFixedVoip"),
        ("+81120123456", "tollFree"),
        ("+81570012345", "uan"),
    ],
)
def test_the_line_type_comes_from_the_numbering_plan(
    client: Client, number: str, kind: str
) -> None:
    """https://www.twilio.com/docs/lookup/v2-api/line-type-intelligence"""
    found = client.lookups.v2.phone_numbers(number).fetch(fields="line_type_intelligence")
    assert found.line_type_intelligence["type"] == kind


@pytest.mark.parametrize(
    ("number", "errors"),
    [("+8190", ["TOO_SHORT"]), ("+14155552671000", ["TOO_LONG"]), ("hello", ["NOT_A_NUMBER"])],
)
def test_what_is_wrong_with_a_number_is_said(
    client: Client, number: str, errors: list[str]
) -> None:
    """https://www.twilio.com/docs/lookup/v2-api#validation-errors"""
    found = client.lookups.v2.phone_numbers(number).fetch(fields="line_type_intelligence")
    assert (found.valid, found.validation_errors) == (False, errors)
    assert found.line_type_intelligence["type"] is None


def test_other_packages_are_not_made_up(client: Client) -> None:
    lookup = client.lookups.v2.phone_numbers("+819012345678")
    assert code(lookup.fetch, fields="sim_swap") == (400, 20001)
