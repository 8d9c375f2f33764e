"""The fuzz targets hold on every seed, so what `make fuzz` starts from is sound and stays so."""

from importlib import import_module
from typing import Any

import pytest

from fuzz import TARGETS
from fuzz.parts import Parts, joined


@pytest.fixture(params=TARGETS)
def target(request: pytest.FixtureRequest) -> Any:
    return import_module(f"fuzz.{request.param}")


def test_no_seed_breaks_a_promise(target: Any) -> None:
    seeds = list(target.seeds())
    assert len(seeds) >= 5
    for seed in seeds:
        target.attempt(seed)


@pytest.mark.parametrize("data", [b"", b"\x1e" * 9, b"\0", bytes(range(256)), b"9" * 5000])
def test_nor_does_an_input_without_form(target: Any, data: bytes) -> None:
    target.attempt(data)


def test_what_is_joined_is_read_part_by_part() -> None:
    parts = Parts(joined("2", "ab", b"\xff", "", "x", "y"))
    assert parts.one_of("abc") == "c"
    assert (parts.text(), parts.text(), parts.raw()) == ("ab", "�", b"")
    assert list(parts.rest()) == [b"x", b"y"]
    assert (parts.raw(), parts.one_of("abc")) == (b"", "a")
