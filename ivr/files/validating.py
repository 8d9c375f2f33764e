"""From a file's values to a model; what does not fit becomes problems an author can fix."""

import types
import typing
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from ivr.files.problems import nearest
from ivr.files.yaml_source import Document

M = TypeVar("M", bound=BaseModel)
NOTHING: Mapping[str, Any] = MappingProxyType({})

_WANTED = {
    "string_type": "expected text",
    "tuple_type": "expected a list, such as [a, b]",
    "dict_type": "expected keys with values",
    "model_type": "expected keys with values",
    "model_attributes_type": "expected keys with values",
    "bool_parsing": "expected true or false",
    "int_parsing": "expected a whole number",
    "date_from_datetime_parsing": "expected a day such as 2026-11-23",
    "date_parsing": "expected a day such as 2026-11-23",
    "string_too_short": "expected some text",
    "too_short": "expected at least one",
}


def validate(
    model: type[M], document: Document, entries: str = "", stand_ins: Mapping[str, Any] = NOTHING
) -> M | None:
    """The document as `model`, or None with every mismatch added to `document.problems`.

    What is wrong is set aside where it can be (single `entries` of many, and the keys that have
    one of `stand_ins`), and the rest is given back: so what the rest gets wrong is reported in the
    same breath. A document with problems never serves a call.
    """
    if document.data is None:
        return None
    try:
        return model.model_validate(document.data)
    except ValidationError as error:
        mismatches = error.errors(include_url=False)
    for detail in mismatches:
        code, message = _explain(model, detail)
        document.problem(detail["loc"], code, message)
    if not isinstance(document.data, dict):
        return None
    rest = dict(document.data)
    for where in (detail["loc"] for detail in mismatches):
        held = rest.get(entries)
        if where[:1] == (entries,) and len(where) > 1 and isinstance(held, dict):
            document.set_aside.add(str(where[1]))
            rest[entries] = {name: v for name, v in held.items() if name != str(where[1])}
        elif where:
            key = str(where[0])
            rest.pop(key, None)
            if key in stand_ins:
                rest[key] = stand_ins[key]
                document.set_aside.add(str(stand_ins[key]))  # no node is looked for by that name
    try:
        return model.model_validate(rest)
    except ValidationError:
        return None


def _explain(model: type[BaseModel], detail: ErrorDetails) -> tuple[str, str]:
    where, kind = detail["loc"], detail["type"]
    key = where[-1] if where else ""
    if key == "[key]":
        return "wrong-key", f"`{where[-2]}` can't be a key here: {_reason(detail)}"
    if kind == "extra_forbidden":
        right = nearest(str(key), _keys(model, where))
        return "unknown-key", f"`{key}` means nothing here; {right}"
    if kind == "missing":
        return "missing-key", f"`{key}` is missing"
    if kind == "enum":
        wanted = detail.get("ctx", {}).get("expected", "")
        known = [word.strip(" '") for word in wanted.replace(" or ", ", ").split(",")]
        return "wrong-value", f"`{key}` is {_shown(detail)}; {nearest(str(detail['input']), known)}"
    return "wrong-value", f"`{key}` is {_shown(detail)}; {_reason(detail)}"


def _reason(detail: ErrorDetails) -> str:
    if detail["type"] == "string_pattern_mismatch":
        return f"expected the form {detail['ctx']['pattern']}"
    said = detail["msg"].removeprefix("Value error, ")
    return _WANTED.get(detail["type"], said[:1].lower() + said[1:])


def _shown(detail: ErrorDetails) -> str:
    value = detail["input"]
    if value is None:
        return "empty"
    if isinstance(value, dict):
        return "a group of keys"
    return "a list" if isinstance(value, list) else f"`{value}`"


def _keys(model: type[BaseModel], where: tuple[int | str, ...]) -> list[str]:
    """The keys that would have been right at `where`: its last step names the wrong one."""
    kinds: list[Any] = [model]
    for step in where[:-1]:
        kinds = [inner for kind in kinds for inner in _inside(kind, step)]
    return [field for kind in kinds if _is_model(kind) for field in kind.model_fields]


def _inside(kind: Any, step: int | str) -> list[Any]:
    if _is_model(kind):
        field = kind.model_fields.get(step)
        if field is None:  # the tag of a union stands in the path, and chooses
            return [kind] if getattr(kind, "tag", None) == step else []
        return _alternatives(field.annotation)
    args = typing.get_args(kind)
    return _alternatives(args[-1] if typing.get_origin(kind) is dict else args[0]) if args else []


def _alternatives(kind: Any) -> list[Any]:
    if typing.get_origin(kind) is typing.Annotated:
        return _alternatives(typing.get_args(kind)[0])
    if typing.get_origin(kind) in (typing.Union, types.UnionType):
        return [inner for arg in typing.get_args(kind) for inner in _alternatives(arg)]
    return [kind]


def _is_model(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, BaseModel)
