"""Docs that cannot rot: what they name exists, and what exists is named."""

import ast
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from ivr.commands import COMMANDS, main
from ivr.settings import Settings

ROOT = Path(__file__).resolve().parents[1]
PAGES = [
    ROOT / "README.md",
    *sorted((ROOT / "docs").glob("*.md")),
    *sorted((ROOT / "simulator" / "docs").glob("*.md")),
]
TEXT = "\n".join(page.read_text(encoding="utf-8") for page in PAGES)


def test_every_variable_of_the_environment_is_explained() -> None:
    for field in Settings.model_fields.values():
        assert f"`{field.alias}`" in TEXT, field.alias


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_named_and_helps(command: str) -> None:
    assert f"ivr {command}" in TEXT
    result = CliRunner().invoke(main, [command, "--help"])
    assert result.exit_code == 0
    assert result.output.startswith("Usage:")


def test_every_page_is_found_from_the_readme() -> None:
    readme = PAGES[0].read_text(encoding="utf-8")
    for page in PAGES[1:]:
        assert f"({page.relative_to(ROOT)})" in readme


def test_every_link_to_a_file_leads_somewhere() -> None:
    for page in [*PAGES, ROOT / "README.ja.md"]:
        for target in re.findall(r"\]\(([^)#]+)\)", page.read_text(encoding="utf-8")):
            if not target.startswith("http"):
                assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_every_make_target_that_is_named_exists() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    named = set(re.findall(r"(?:`|\$ |; |&& )make ([a-z]+)", TEXT))
    assert named
    assert named <= targets


def test_every_folder_of_the_house_is_on_the_plan() -> None:
    plan = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    for folder in (ROOT / "ivr").iterdir():
        if (folder / "__init__.py").exists():
            assert f"`ivr/{folder.name}`" in plan


def test_every_place_that_the_plan_answers_with_exists() -> None:
    """The page lists where things are; a file that moved would send a reader astray."""
    plan = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    table = plan.partition("## Where is")[2].partition("\n## ")[0]
    rows = [row for row in table.splitlines() if row.startswith("| Where")]
    assert len(rows) >= 7
    for row in rows:
        files = re.findall(r"`([^`]+)`", row.split("|")[2])
        assert files, row
        for file in files:
            assert (ROOT / file).is_file(), row


def test_the_glossary_is_short() -> None:
    plan = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    words = plan.partition("## Words")[2].partition("\n## ")[0]
    rows = [row for row in words.splitlines() if row.startswith("| ")][1:]
    assert 10 <= len(rows) <= 25


def test_every_package_opens_with_its_one_sentence() -> None:
    folders = [
        *(ROOT / "ivr").rglob("__init__.py"),
        *(ROOT / "simulator/ringback").rglob("__init__.py"),
    ]
    for file in folders:
        if file.parent == ROOT / "ivr":
            continue
        opening = ast.get_docstring(ast.parse(file.read_text(encoding="utf-8")))
        assert opening, file
