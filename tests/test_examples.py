"""Another line altogether, by IVR_DATA and IVR_PROMPTS alone: nothing in `ivr/` knows the first."""

import re
from datetime import datetime
from pathlib import Path

import pytest

from tests.support.authors import all_found
from tests.support.telephone import telephone

EXAMPLES = sorted((Path(__file__).resolve().parents[1] / "examples").iterdir())
TUESDAY = datetime.fromisoformat("2026-11-24T12:00:00+00:00")
CHRISTMAS = datetime.fromisoformat("2026-12-25T12:00:00+00:00")
BRITISH_MOBILE = "+447400123456"
JAPANESE = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]")


def environ(example: Path) -> dict[str, str]:
    return {"IVR_DATA": str(example / "data"), "IVR_PROMPTS": str(example / "prompts")}


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.name)
def test_an_example_is_sound(example: Path) -> None:
    assert all_found(environ(example)) == []


@pytest.mark.parametrize("keys", ["1 2 1 .", "2 2 2 .", "- - -", "0 # * 9 8 8 8", "1 - - - - - -"])
@pytest.mark.parametrize("at", [TUESDAY, CHRISTMAS])
def test_the_consumers_line_speaks_english_alone_and_leads_to_its_own_agencies(
    keys: str, at: datetime, tmp_path: Path
) -> None:
    with telephone(at, tmp_path, environ(EXAMPLES[0])) as phone:
        call = phone.call(keys, from_=BRITISH_MOBILE)
    assert call.went_well, call
    assert call.heard.startswith("If you are in danger, hang up, and call nine nine nine.")
    assert not JAPANESE.search(call.heard)


def test_its_agency_is_texted_in_english_to_a_mobile_of_its_own_country(tmp_path: Path) -> None:
    with telephone(TUESDAY, tmp_path, environ(EXAMPLES[0])) as phone:
        call = phone.call("1 1 .", from_=BRITISH_MOBILE)
    [text] = call.of("texted")
    assert text.to == BRITISH_MOBILE
    assert (text.body or "").splitlines()[:3] == [
        "Information from Fair Deal",
        "Scam Desk",
        "0808-157-0192",
    ]


def test_its_bank_holidays_close_its_doors(tmp_path: Path) -> None:
    with telephone(CHRISTMAS, tmp_path, environ(EXAMPLES[0])) as phone:
        heard = phone.call("0 .", from_=BRITISH_MOBILE).heard
    # Friday is Christmas, Saturday Boxing Day, and Monday its substitute.
    assert "They are closed now. They open on Tuesday at 9 am." in heard
