"""Lines of any size that may be served: a tree of questions over referrals, in two languages.

Everything that grows with a real line grows with these: nodes, words in both languages, agencies,
their sources and hours. What the line itself says is the shipped line's.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from ivr.files.folders import LineTexts
from ivr.files.yaml_source import SourceText

_ROOT = Path(__file__).resolve().parent.parent
_KEYS = 5  # choices of a question; the sixth would make a menu no longer than a caller bears
_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_HOURS = 24  # kinds of opening hours; towns keep few kinds, however many they are


class _Dumper(getattr(yaml, "CSafeDumper", yaml.SafeDumper)):  # type: ignore[misc]
    """Writes each value out, as people do."""

    def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002
        return True


def grown(nodes: int) -> LineTexts:
    """A line with `nodes` nodes, about four fifths of them referrals with an agency each.

    Raises ValueError below eight nodes: a question, its keys and the line's own two ways.
    """
    if nodes < 8:
        raise ValueError("expected eight nodes or more")
    tree, english = _tree(nodes)
    referred = [name for name, node in tree["nodes"].items() if "refer" in node]
    agencies = {name: _agency(number) for number, name in enumerate(_agencies(referred))}
    directory = {
        "calendar": {
            "timezone": "Asia/Tokyo",
            "holidays": "JP",
            "closures": {"year_end": {"first": "12-29", "last": "01-03"}},
        },
        "agencies": agencies,
        "sources": {
            f"page_{number}": {
                "title": f"Page {number}",
                "official": "true",
                "read": "2026-11",
                "numbers": {name: agency["phones"][0]["number"]},
            }
            for number, (name, agency) in enumerate(agencies.items())
        },
    }
    prompts = {language: _prompts(language) for language in ("ja", "en")}
    prompts["en"]["tree"] = english
    prompts["en"]["agencies"] = {
        name: {"name": f"Agency {number}"} for number, name in enumerate(agencies)
    }
    return LineTexts(
        _text("tree", tree),
        _text("agencies", directory),
        {language: _text(language, words) for language, words in prompts.items()},
    )


def write(texts: LineTexts, folder: Path) -> dict[str, str]:
    """Puts a line's files into `folder`; gives the environment that serves it."""
    data, prompts = folder / "data", folder / "prompts"
    for place in (data, prompts):
        place.mkdir(parents=True)
    (data / "tree.yaml").write_text(texts.tree.text, encoding="utf-8")
    (data / "agencies.yaml").write_text(texts.agencies.text, encoding="utf-8")
    for language, words in texts.prompts.items():
        (prompts / f"{language}.yaml").write_text(words.text, encoding="utf-8")
    return {"IVR_DATA": str(data), "IVR_PROMPTS": str(prompts)}


def names(nodes: int) -> list[str]:
    """The names of a line's nodes, breadth first, its own two ways not among them."""
    return [f"n{number}" for number in range(nodes - 2)]


def _questions(nodes: int) -> int:
    """How many of the nodes ask, so that every key of theirs leads to a node of its own."""
    return max(1, (nodes - 3 + _KEYS - 1) // _KEYS)


def _tree(nodes: int) -> tuple[dict[str, Any], dict[str, Any]]:
    """The tree, breadth first, and its words in English."""
    inner, ways = _questions(nodes), nodes - 2  # the other two are `person` and `no_keys`
    found: dict[str, Any] = {}
    english: dict[str, Any] = {}
    for number in range(ways):
        name = f"n{number}"
        if number < inner:
            below = range(_KEYS * number + 1, min(_KEYS * number + 1 + _KEYS, ways))
            found[name] = {
                "ask": "どれに近いですか。",
                "choices": {
                    str(key): {"say": f"用件{child}は", "go": f"n{child}"}
                    for key, child in enumerate(below, 1)
                },
            }
            english[name] = {
                "ask": "Which is closest?",
                "choices": {str(k): f"For matter {c}," for k, c in enumerate(below, 1)},
            }
        else:
            found[name] = {"refer": [f"a{number}", "desk"], "after": "また、お電話ください。"}
            english[name] = {"after": "You can call again."}
    found["person"] = found["no_keys"] = {"refer": ["desk"]}
    head = {
        "name": "まどぐち",
        "language": "ja",
        "languages": {"9": "en"},
        "country": "JP",
        "opening": {
            "emergency": "命が危ないときは、電話を切って、110番へ。",
            "greeting": "相談です。",
        },
        "start": "n0",
        "person": "person",
        "fallback": "no_keys",
        "nodes": found,
    }
    opening = {"emergency": "In danger? Hang up, and call one one zero.", "greeting": "Help line."}
    return head, {"name": "Madoguchi", "opening": opening, "nodes": english}


def _agencies(referrals: list[str]) -> Iterator[str]:
    yield "desk"
    yield from (f"a{name[1:]}" for name in referrals if name.startswith("n") and name != "no_keys")


def _agency(number: int) -> dict[str, Any]:
    """The first one is open day and night; the others keep hours of `_HOURS` kinds."""
    fact = {"trust": "V", "source": f"page_{number}"}
    kind = number % _HOURS
    hours = (
        {"byday": list(_DAYS), "opens_at": "00:00", "closes_at": "24:00"}
        if number == 0
        else {
            "byday": list(_DAYS[: 5 + kind % 3]),
            "opens_at": f"{8 + kind % 4:02d}:00",
            "closes_at": f"{16 + kind % 8:02d}:30",
        }
    )
    return {
        "name": f"窓口{number}",
        "phones": [{"number": f"03-{1000 + number // 10_000}-{number % 10_000:04d}", **fact}],
        "hours": {
            "schedules": [hours],
            "closed_on": [] if number == 0 else ["holidays", "year_end"],
            **fact,
        },
        "languages": {"codes": ["ja", "en"] if number % 2 == 0 else ["ja"], **fact},
    }


def _prompts(language: str) -> dict[str, Any]:
    text = (_ROOT / "prompts" / f"{language}.yaml").read_text(encoding="utf-8")
    words: dict[str, Any] = yaml.load(text, Loader=yaml.BaseLoader)
    return words


def _text(name: str, values: dict[str, Any]) -> SourceText:
    text = yaml.dump(values, Dumper=_Dumper, allow_unicode=True, sort_keys=False)
    return SourceText(f"{name}.yaml", text)
