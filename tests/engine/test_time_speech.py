"""When a closed agency opens, as it is said."""

from datetime import datetime

import pytest

from ivr.engine import Line
from ivr.engine.time_speech import when


@pytest.mark.parametrize(
    ("opens", "days_ahead", "japanese", "english"),
    [
        ("2026-11-24 09:00", 0, "きょう、9時", "today at 9 AM"),
        ("2026-11-24 13:30", 0, "きょう、13時30分", "today at 1:30 PM"),
        ("2026-11-25 00:00", 1, "あした、0時", "tomorrow at 12 AM"),
        ("2026-11-26 09:00", 2, "木曜日、9時", "Thursday at 9 AM"),
        ("2026-11-30 09:05", 6, "月曜日、9時5分", "Monday at 9:05 AM"),
        ("2026-12-01 09:00", 7, "12月1日、9時", "on December 1 at 9 AM"),
        ("2027-01-04 09:00", 12, "1月4日、9時", "on January 4 at 9 AM"),
    ],
)
def test_an_opening_time_is_said_as_people_say_it(
    town: Line, opens: str, days_ahead: int, japanese: str, english: str
) -> None:
    """Caller rule F2: near days by name, a weekday within the week, else a date."""
    at = datetime.fromisoformat(opens)
    assert when(at, days_ahead, town.scripts["ja"].prompts) == japanese
    assert when(at, days_ahead, town.scripts["en"].prompts) == english
