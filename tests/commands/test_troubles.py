"""Every trouble that callers are known to have leads to who helps; docs/help.md shows it."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from ivr.check.loading import open_line
from ivr.commands import main
from ivr.commands.helping.page import help_page
from ivr.commands.helping.referred import MOMENTS, Trouble, moment, referred, wrong
from ivr.commands.troubles import read_troubles
from ivr.engine import CallerKind, Line
from ivr.files.problems import LineRefused
from tests.conftest import ROOT
from tests.support.calls import TOKYO

LISTED = read_troubles(ROOT / "data" / "troubles.yaml", open_line(ROOT / "data", ROOT / "prompts"))


def test_the_committed_page_says_who_is_named_today(line: Line) -> None:
    page = (ROOT / "docs" / "help.md").read_text(encoding="utf-8")
    assert page == help_page(line, LISTED, TOKYO), "write it anew: ivr troubles --write docs"


def test_at_least_twenty_troubles_are_listed() -> None:
    assert len({one.trouble for one in LISTED}) >= 20


@pytest.mark.parametrize("trouble", LISTED, ids=lambda one: one.english)
def test_each_trouble_hears_its_own_agency_first_and_a_number(line: Line, trouble: Trouble) -> None:
    """From every kind of line, at every hour, in every language."""
    assert list(wrong(line, trouble, TOKYO)) == []


def test_an_agency_is_named_with_its_number_where_that_is_read(line: Line) -> None:
    """法テラス at night says when it opens; who answers then is named with a number."""
    found = referred(line, "4", "ja", CallerKind.MOBILE, moment("at night", TOKYO))
    assert [(one.agency, one.number) for one in found] == [
        ("houterasu", None),
        ("yorisoi", "0120-279-338"),
    ]
    assert set(MOMENTS) == {"by day", "at night", "New Year"}


def test_who_is_named_wrongly_is_named_in_words(line: Line) -> None:
    trouble = Trouble(trouble="だまされた", english="Cheated", keys="4", first=("police_9110",))
    found = list(wrong(line, trouble, TOKYO))
    assert found[0] == (
        "だまされた (en, by day, mobile): houterasu_multilingual is named first, not police_9110"
    )


@pytest.mark.parametrize(
    ("listed", "wanted"),
    [
        ("- {trouble: a, english: b, keys: 1, frist: [yorisoi]}", [":2:", "first", "frist"]),
        ("- {trouble: a, english: b, keys: 1, first: [yorisio]}", [":2:", "`yorisoi`"]),
        ("- {trouble: a, english: b, first: [x]}\n- {keys: 1}", [":2:", ":3:", "keys"]),
        ("[", ["yaml"]),
        ("", ["troubles"]),
    ],
)
def test_a_list_that_is_wrong_is_refused_with_file_and_line(
    line: Line, tmp_path: Path, listed: str, wanted: list[str]
) -> None:
    file = tmp_path / "troubles.yaml"
    file.write_text(f"troubles:\n{listed}\n", encoding="utf-8")
    with pytest.raises(LineRefused) as refused:
        read_troubles(file, line)
    for words in ("troubles.yaml", *wanted):
        assert words in str(refused.value)


def test_a_list_that_is_not_there_is_refused(line: Line, tmp_path: Path) -> None:
    with pytest.raises(LineRefused, match="can't be read"):
        read_troubles(tmp_path / "troubles.yaml", line)


def test_keys_are_text_with_quotes_or_without(line: Line, tmp_path: Path) -> None:
    """As everywhere in a line's files: what the author typed counts."""
    file = tmp_path / "troubles.yaml"
    file.write_text("troubles:\n- {trouble: a, english: b, keys: 2, first: [yorisoi]}\n", "utf-8")
    assert read_troubles(file, line)[0].keys == "2"


def test_the_command_writes_the_page(tmp_path: Path) -> None:
    done = CliRunner().invoke(main, ["troubles", "--write", str(tmp_path)])
    assert done.exit_code == 0, done.output
    assert (tmp_path / "help.md").read_text(encoding="utf-8").startswith("# Who helps whom?")
