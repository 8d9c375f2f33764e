"""docs/twiml.md is held to the code: every element, every attribute, and nothing besides."""

import re
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest
from flask import Flask, Response

import ringback
from ringback.twiml.schema import Attribute, Schema
from ringback.twiml.verbs import SCHEMAS
from simulator.tests.booth import twiml

PAGE = Path(__file__).resolve().parents[1] / "docs" / "twiml.md"
# What a call can report by a code: these files, and all verbs.
CALL = ["calls/call", "calls/callee", "calls/call_leg", "twiml/interpreter"]
CALL += ["twiml/schema_check", "twiml/ssml", "webhooks/connection_policy", "webhooks/errors"]
CALL += ["webhooks/document", "webhooks/fetcher", "webhooks/request"]
HEAD = [
    "| element | attribute | values | default | code | here |",
    "|---|---|---|---|---|---|",
]


def documented() -> dict[str, list[str]]:
    """The lines of the page under each verb's heading."""
    verbs = PAGE.read_text(encoding="utf-8").partition("\n## Verbs\n")[2].partition("\n## ")[0]
    parts = re.split(r"^### (.+)$", verbs, flags=re.MULTILINE)
    return {
        heading: [line for line in lines.splitlines() if line]
        for heading, lines in zip(parts[1::2], parts[2::2], strict=True)
    }


def inside(schema: Schema) -> Iterator[Schema]:
    """The verb and all that may stand inside it; other verbs have sections of their own."""
    yield schema
    for nested in schema.nested:
        if nested.tag not in SCHEMAS or nested.attributes != SCHEMAS[nested.tag].attributes:
            yield from inside(nested)


def rows(schema: Schema) -> Iterator[str]:
    """The element's rows as the page must have them; attributes alike in all share one."""
    element = f"[{schema.tag}]({schema.page})"
    if not schema.attributes:
        yield f"| {element} | none | | | | |"
    for cells, alike in groupby(schema.attributes, _cells):
        names = ", ".join(f"`{attribute.name}`" for attribute in alike)
        yield "".join(f"| {cell} " if cell else "| " for cell in (element, names, *cells)) + "|"
        element = schema.tag


def table(verb: Schema) -> list[str]:
    """The verb's table, itself first; an element that may stand in two places is there once."""
    schemas = {(schema.tag, schema.page): schema for schema in inside(verb)}
    return [*HEAD, *(row for schema in schemas.values() for row in rows(schema))]


def _cells(attribute: Attribute) -> tuple[str, str, str, str]:
    default = f"`{attribute.default}`" if attribute.default else attribute.otherwise
    # What takes any text can never be warned of.
    code = "" if attribute.allowed in ("text", "URL") else str(attribute.code)
    return attribute.allowed, default, code, attribute.support


def test_every_verb_has_its_heading_and_no_other_has() -> None:
    assert list(documented()) == list(SCHEMAS)


@pytest.mark.parametrize("verb", SCHEMAS)
def test_every_table_is_what_the_code_declares(verb: str) -> None:
    lines = [line for line in documented()[verb] if line.startswith("|")]
    expected = table(SCHEMAS[verb])
    assert lines == expected, "\n".join(["expected:", *expected])


@pytest.mark.parametrize("verb", SCHEMAS)
def test_what_is_announced_says_what_is_done_instead(verb: str) -> None:
    text = " ".join(documented()[verb])
    for schema in inside(SCHEMAS[verb]):
        if schema.support == "announced":
            assert f"Announced: {schema.instead}." in text, schema.tag


def test_every_code_of_the_simulator_is_on_the_page() -> None:
    """Warnings and errors of calls that are written in the code as numbers."""
    folder = Path(ringback.__file__).parent
    sources = [
        *(folder / f"{name}.py" for name in CALL),
        *(folder / "twiml" / "verbs").glob("*.py"),
    ]
    text = "\n".join(source.read_text(encoding="utf-8") for source in sources)
    codes = {code.replace("_", "") for code in re.findall(r"\b1[1-5]_?\d{3}\b(?!\d)", text)}
    page = PAGE.read_text(encoding="utf-8")
    assert not sorted(code for code in codes if code not in page)


def test_the_example_works() -> None:
    app = Flask("example")

    @app.post("/voice")
    def voice() -> Response:
        return twiml('<Gather numDigits="1"/><Gather input="speech"/>')

    source = PAGE.read_text(encoding="utf-8").partition("```python\n")[2].partition("```")[0]
    names: dict[str, Any] = {"app": app}
    exec(compile(source, str(PAGE), "exec"), names)
    assert [event.keys for event in names["call"].of("pressed")] == ["1"]
