"""The base of every model that an author fills in by YAML: frozen, and strict about its keys."""

from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, StringConstraints


class Model(BaseModel):
    """A value read from YAML: it never changes, and a key it does not know is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


def _one_or_many(value: object) -> object:
    """Lets an author write `source: S0` for `source: [S0]`."""
    return [value] if isinstance(value, str) else value


Text = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]
Key = Annotated[str, StringConstraints(pattern=r"^[1-9]$")]
LanguageCode = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")]
TextList = Annotated[tuple[Text, ...], BeforeValidator(_one_or_many)]
