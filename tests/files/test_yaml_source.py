"""YAML as values that remember their lines, whatever somebody typed."""

from itertools import pairwise

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from ivr.files import yaml_source
from ivr.files.yaml_source import Document, SourceText, read_yaml
from tests.support.authors import FILES, TOWN, Files


def read(text: str) -> Document:
    return read_yaml(SourceText("a.yaml", text))


def codes(document: Document) -> list[str]:
    return [problem.code for problem in document.problems]


def test_every_value_remembers_its_line() -> None:
    document = read("a: 1\nb:\n  - x\n  - y: {z: 2}\n")
    assert document.data == {"a": "1", "b": ["x", {"y": {"z": "2"}}]}
    paths = [("a",), ("b",), ("b", 0), ("b", 1), ("b", 1, "y"), ("b", 1, "y", "z")]
    assert [document.line_of(path) for path in paths] == [1, 2, 3, 4, 4, 4]
    assert document.line_of(("b", 1, "y", "gone", "deeper")) == 4
    assert document.line_of(("nothing",)) == 1


def test_no_scalar_is_taken_for_anything_else() -> None:
    document = read("a: no\nb: 8:30\nc: 0120\nd: 1_0\ne: 2026-11-23\nf: 'null'\ng: ''\n")
    assert list(document.data.values()) == ["no", "8:30", "0120", "1_0", "2026-11-23", "null", ""]
    assert read("a: ~\nb: null\nc:\n").data == {"a": None, "b": None, "c": None}


def test_a_key_that_stands_twice_names_both_lines() -> None:
    document = read("a: 1\nb: 2\na: 3\n")
    assert document.data == {"a": "1", "b": "2"}
    (problem,) = document.problems
    assert (problem.line, problem.code) == (3, "duplicate-key")
    assert "line 1" in problem.message


def test_an_alias_is_as_good_as_its_text() -> None:
    document = read("a: &office [MO, TU]\nb: *office\n")
    assert document.data == {"a": ["MO", "TU"], "b": ["MO", "TU"]}
    assert not document.problems


@pytest.mark.parametrize("text", ["a: &a [*a]", "a: &a {b: *a}", "&a [*a]", "a: &a [[*a], x]"])
def test_an_alias_of_itself_is_told(text: str) -> None:
    assert set(codes(read(text))) == {"too-deep"}


def test_an_alias_that_holds_itself_twice_is_told_as_quickly(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Each level doubles the work: told at the first, not after two to the fiftieth."""
    monkeypatch.setattr("ivr.files.yaml_source._MAX_DEPTH", 10)
    assert len(codes(read("a: &a [*a, *a]"))) < 10


def test_an_alias_bomb_is_refused_before_it_goes_off() -> None:
    """Nine lines of nine aliases each are four hundred million values."""
    lines = ["a: &a [x, x, x, x, x, x, x, x, x]"]
    for before, name in pairwise("abcdefghi"):
        lines.append(f"{name}: &{name} [{', '.join([f'*{before}'] * 9)}]")
    document = read("\n".join(lines))
    assert codes(document) == ["too-deep"]
    assert "aliases" in document.problems[0].message
    assert len(document.lines) < 20_000


@pytest.mark.parametrize("text", ["[" * 60 + "]" * 60, "[" * 1000, "{a: " * 1000])
def test_what_is_nested_too_deep_is_told(text: str) -> None:
    """However deep: a problem, never an exception."""
    assert read(text).problems


@pytest.mark.parametrize("sign", ["\x00", "\x08", "\x0b", "\x1b"])
def test_an_unprintable_sign_is_told_with_its_line(sign: str) -> None:
    """Such signs come by copying from a word processor; the complaint is one line all the same."""
    (problem,) = read(f"a: 1\nb: x{sign}y\n").problems
    assert (problem.line, problem.code) == (2, "yaml")
    assert "\n" not in problem.message


@pytest.mark.parametrize("text", ["a: [", "a: 'x", "a: b: c", "\ta: b", "a: *b", "a: @b", "- a\nb"])
def test_what_is_not_yaml_is_told(text: str) -> None:
    document = read(text)
    assert document.data is None
    assert len(document.problems) == 1
    assert str(document.problems[0]).count("\n") == 0


@example("null")
@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=60))
def test_no_text_at_all_breaks_the_reader(text: str) -> None:
    """Whatever stands in a file: values or problems, never an exception."""
    document = read(text)
    assert document.data is not None or document.problems


@settings(max_examples=settings.default.max_examples // 2)  # type: ignore[union-attr]
@given(
    file=st.sampled_from(FILES),
    where=st.floats(0, 1),
    cut=st.integers(0, 30),
    typed=st.text("ab{}[]:,#&*!|>'\"%@`-? \n\tあ19", max_size=4),
)
def test_a_slip_of_the_fingers_anywhere_is_a_line_or_its_problems(
    file: str, where: float, cut: int, typed: str
) -> None:
    """Nothing half-loaded ever serves a call: a sound line, or its problems and where they are."""
    files = Files()
    text = files.texts[file]
    at = int(where * len(text))
    files.texts[file] = text[:at] + typed + text[at + cut :]
    for problem in files.problems():
        assert 1 <= problem.line <= files.texts[problem.file].count("\n") + 1


@pytest.mark.parametrize("name", sorted(FILES))
def test_both_parsers_read_the_same(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """libyaml's and PyYAML's own, which reads where a build lacks libyaml."""
    text = (TOWN / name).read_text(encoding="utf-8")
    fast = read(text)
    monkeypatch.setattr(yaml_source, "_FAST_LOADER", yaml.BaseLoader)
    assert read(text) == fast


@pytest.mark.parametrize(
    "text",
    [
        *("a: ~", "{a, b: c}", "[?a]", "- - - a", "!!int 3", "a: |\n  x\n y: 1", "a: b\n---\nc: d"),
        *("a:\tb", "\ta: b", "? a\n: b", "a: *b", "[a, b]: c", "\ud800", "a\x00b"),
        *("", "#", "%x", "-"),
    ],
)
def test_both_parsers_say_the_same_of_what_people_rarely_write(
    text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    fast = read(text)
    monkeypatch.setattr(yaml_source, "_FAST_LOADER", yaml.BaseLoader)
    assert read(text) == fast


def test_a_file_of_nothing_but_brackets_ends_in_a_problem() -> None:
    """Not in the end of the process: libyaml stops at a depth, and so does PyYAML's reader."""
    assert codes(read("[" * 100_000)) == ["too-deep"]
