"""The JSON Schemas by which editors complete and check the YAML."""

import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from ivr.commands.schema import SCHEMAS, schema_text

ROOT = Path(__file__).resolve().parents[2]
TOWN = Path(__file__).parent.parent / "lines" / "town"
LINES = [ROOT, ROOT / "examples" / "consumer-line", TOWN]
TREE, AGENCIES, TROUBLES, PROMPTS, WORDING = SCHEMAS


class EditorLoader(yaml.BaseLoader):
    """YAML as editors see it (1.2's core schema): numbers and true/false have their types."""


CORE = {
    "bool": r"true|false",
    "null": r"null|~|",
    "int": r"[-+]?[0-9]+",
    "float": r"[-+]?(\.[0-9]+|[0-9]+\.[0-9]*)",
}
for name, pattern in CORE.items():
    EditorLoader.add_implicit_resolver(
        f"tag:yaml.org,2002:{name}", re.compile(rf"^({pattern})$"), None
    )


def _typed(loader: EditorLoader, node: yaml.ScalarNode) -> Any:
    text = node.value
    if node.tag.endswith("null"):
        return None
    if node.tag.endswith("bool"):
        return text == "true"
    return float(text) if node.tag.endswith("float") else int(text)


for name in CORE:
    EditorLoader.add_constructor(f"tag:yaml.org,2002:{name}", _typed)


def as_editors_see(file: Path) -> Any:
    """The file's values; JSON knows keys as texts alone."""
    return json.loads(json.dumps(yaml.load(file.read_text(encoding="utf-8"), EditorLoader)))


def complaints(schema: str, value: Any) -> list[str]:
    validator = jsonschema.Draft202012Validator(json.loads((ROOT / schema).read_text("utf-8")))
    return [error.message for error in validator.iter_errors(value)]


@pytest.mark.parametrize("name", SCHEMAS)
def test_the_committed_schema_is_fresh(name: str) -> None:
    """After a change of the models: `make schema`."""
    assert (ROOT / name).read_text(encoding="utf-8") == schema_text(SCHEMAS[name])


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_schema_is_one(name: str) -> None:
    jsonschema.Draft202012Validator.check_schema(json.loads(schema_text(SCHEMAS[name])))


@pytest.mark.parametrize("folder", LINES, ids=lambda folder: folder.name)
def test_what_the_line_accepts_an_editor_accepts(folder: Path) -> None:
    """No red underline below a file that `ivr check` passes."""
    assert complaints(TREE, as_editors_see(folder / "data" / "tree.yaml")) == []
    assert complaints(AGENCIES, as_editors_see(folder / "data" / "agencies.yaml")) == []
    for file in (folder / "data").glob("troubles.yaml"):
        assert complaints(TROUBLES, as_editors_see(file)) == []
    for file in (folder / "prompts").glob("*.yaml"):
        assert complaints(PROMPTS, as_editors_see(file)) == []
    for file in (folder / "prompts" / "wording").glob("*.yaml"):
        assert complaints(WORDING, as_editors_see(file)) == []


def test_an_author_may_leave_out_quotes_and_brackets() -> None:
    """Scalars are texts to the line, and a lone source needs no list: so to the editor."""
    agencies = as_editors_see(TOWN / "data" / "agencies.yaml")
    desk = agencies["agencies"]["second_desk"]
    desk["phones"][0] |= {"number": 188, "source": ["invented"]}
    desk["name"] = 2026
    assert complaints(AGENCIES, agencies) == []


@pytest.mark.parametrize(
    ("key", "value"),
    [("falback", "top"), ("start", ["top"]), ("country", "Japan"), ("languages", {"0": "en"})],
)
def test_what_the_line_refuses_an_editor_underlines(key: str, value: Any) -> None:
    """Wrong keys and wrong kinds of values are seen as they are typed."""
    tree = as_editors_see(TOWN / "data" / "tree.yaml")
    tree[key] = value
    assert complaints(TREE, tree)


@pytest.mark.parametrize("node", [{"aks": "?"}, {"refer": []}, {"ask": "?", "refer": ["a"]}, {}])
def test_a_node_is_a_question_or_a_referral_in_an_editor_too(node: dict[str, Any]) -> None:
    tree = as_editors_see(TOWN / "data" / "tree.yaml")
    tree["nodes"]["person"] = node
    assert complaints(TREE, tree)


@pytest.mark.parametrize("folder", LINES[:2], ids=lambda folder: folder.name)
def test_every_file_names_its_schema(folder: Path) -> None:
    """So that an editor finds it without being told."""
    named = r"# yaml-language-server: \$schema=(\S+)\n"
    for file in (*(folder / "data").glob("*.yaml"), *(folder / "prompts").glob("*.yaml")):
        found = re.match(named, file.read_text(encoding="utf-8"))
        assert found, file.name
        assert (file.parent / found[1]).resolve().is_relative_to(ROOT)
        assert str((file.parent / found[1]).resolve().relative_to(ROOT)) in SCHEMAS
