"""From a file's values to a model; what does not fit becomes problems an author can mend."""

import types
import typing
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from ivr.engine.problems import nearest
from ivr.engine.yaml_source import Document

M = TypeVar("M", bound=BaseModel)

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


def validate(model: type[M], document: Document, entries: str = "") -> M | None:
    """The document as `model`, or None with every mismatch added to `document.problems`.

    Where only single entries of the mapping `entries` are wrong (one node of many), they are set
    aside, and the rest is given back: so what the rest gets wrong is told in the same breath.
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
    inside = [detail["loc"] for detail in mismatches if detail["loc"][:1] == (entries,)]
    wrong = {str(where[1]) for where in inside if len(where) > 1}
    held = document.data.get(entries) if isinstance(document.data, dict) else None
    if not wrong or not isinstance(held, dict):
        return None
    document.set_aside |= wrong
    rest = {name: value for name, value in held.items() if name not in wrong}
    try:
        return model.model_validate({**document.data, entries: rest})
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
