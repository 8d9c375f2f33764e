"""`ivr schema`: the JSON Schemas by which editors complete and check the YAML as it is typed."""

import json
from pathlib import Path
from typing import Any

import click
from pydantic import BaseModel

from ivr.check.wording import Wording
from ivr.commands.files import keep
from ivr.commands.helping.referred import Troubles
from ivr.engine.directory import Directory
from ivr.engine.prompts import Prompts
from ivr.engine.tree import Tree

SCHEMAS: dict[str, type[BaseModel]] = {
    "data/tree.schema.json": Tree,
    "data/agencies.schema.json": Directory,
    "data/troubles.schema.json": Troubles,
    "prompts/prompts.schema.json": Prompts,
    "prompts/wording/wording.schema.json": Wording,
}


@click.command()
def schema() -> None:
    """Writes the JSON Schemas beside the YAML files they describe."""
    if not Path("data").is_dir() or not Path("prompts").is_dir():
        raise click.ClickException(
            f"{Path.cwd()} has no data and prompts: start in the folder that has them"
        )
    for name, model in SCHEMAS.items():
        keep(Path.cwd() / name, schema_text(model).encode())
        click.echo(name)


def schema_text(model: type[BaseModel]) -> str:
    """A model's JSON Schema (2020-12) as a file holds it."""
    return json.dumps(_as_typed(model.model_json_schema()), ensure_ascii=False, indent=2) + "\n"


def _as_typed(schema: Any) -> Any:
    """Lets editors accept what our loader accepts: a number where text is wanted, a lone source.

    The loader takes every scalar as the text its author wrote; an editor sees YAML's own types.
    """
    if isinstance(schema, list):
        return [_as_typed(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    typed = {key: _as_typed(value) for key, value in schema.items()}
    if "patternProperties" in typed:
        typed["additionalProperties"] = False  # a key of another form is as wrong as a wrong value
    if typed.get("type") == "string" and "enum" not in typed and "const" not in typed:
        typed["type"] = ["string", "number"]
    if typed.get("type") == "array" and isinstance(typed.get("items"), dict):
        single = typed["items"].get("type") == ["string", "number"] and "minItems" not in typed
        if single and typed.get("prefixItems") is None:
            typed["type"] = ["array", "string"]
    return typed
