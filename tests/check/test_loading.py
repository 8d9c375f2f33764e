"""Every mistake of an author is reported with its file, its line and what would be right."""

import re

import pytest

from ivr.check.loading import load_line
from ivr.engine import Line
from ivr.files.folders import LineTexts
from ivr.files.problems import LineRefused
from ivr.files.yaml_source import SourceText
from tests.check import mistakes_between_files, mistakes_in_a_file
from tests.support.authors import HERE, Files
from tests.support.calls import Call

TREE, AGENCIES = "data/tree.yaml", "data/agencies.yaml"
JA, EN = "prompts/ja.yaml", "prompts/en.yaml"
SCHEDULE = '      schedules:\n        - {byday: [MO], opens_at: "08:30", closes_at: "17:15"}'


def test_the_town_as_it_stands_is_sound() -> None:
    files = Files()
    assert files.complaints() == []
    assert isinstance(files.load(), Line)


MISTAKES = mistakes_in_a_file.MISTAKES | mistakes_between_files.MISTAKES


@pytest.mark.parametrize(
    ("file", "old", "new", "code", "piece"), MISTAKES.values(), ids=MISTAKES.keys()
)
def test_a_mistake_is_reported(file: str, old: str, new: str, code: str, piece: str) -> None:
    """Nothing half-loaded serves a call; the author reads file, line, code and what is right."""
    files = Files()
    line = files.change(file, old, new)
    reported = [problem for problem in files.problems() if problem.code == code]
    assert piece in " ".join(problem.message for problem in reported)
    if HERE in new:
        assert f"{file}:{line}: error: {code}: " in " ".join(map(str, reported))
    assert all(problem.severity == "error" for problem in reported)


# The same for the inside of a node, where a question and a referral have keys of their own.
IN_A_NODE = {
    "misspelt go": (
        "      1: {say: 話すには, go: talk}",
        "      §1: {say: 話すには, goo: talk}",
        "go",
    ),
    "misspelt stay": ("    stay: 押せない", "    §stya: 押せない", "stay"),
    "misspelt silence": ("    silence: talk", "    §silense: talk", "silence"),
    "misspelt together": ("    together: 2", "    §togethr: 2", "together"),
    "misspelt after": ("    after: いつ", "    §aftr: いつ", "after"),
    "misspelt choices": (
        "    choices:\n      1: {say: 話",
        "    §choises:\n      1: {say: 話",
        "choices",
    ),
}


@pytest.mark.parametrize(("old", "new", "right"), IN_A_NODE.values(), ids=IN_A_NODE.keys())
def test_a_misspelt_key_of_a_node_is_reported_with_its_line(old: str, new: str, right: str) -> None:
    """The line of the key itself, and the nearest key that this kind of node has."""
    files = Files()
    line = files.change(TREE, old, new)
    (reported,) = [problem for problem in files.problems() if problem.code == "unknown-key"]
    assert (reported.file, reported.line) == (TREE, line)
    assert f"did you mean `{right}`?" in reported.message


@pytest.mark.parametrize(
    ("old", "new", "piece"),
    [
        ("    together: 2", "    §together: 4", "`4`"),
        ("    together: 2", "    §together: two", "expected a whole number"),
        ("      3: {say: ネット", "      §0: {say: ネット", "`0` can't be a key here"),
        ("    after: いつ切っても、大丈夫です。", "    after: §[a]", "expected text"),
    ],
)
def test_a_wrong_value_in_a_node_is_reported_with_its_line(old: str, new: str, piece: str) -> None:
    """However deep it stands."""
    files = Files()
    line = files.change(TREE, old, new)
    (reported,) = files.problems()
    assert (reported.file, reported.line) == (TREE, line)
    assert piece in reported.message


def test_all_mistakes_of_all_files_are_reported_at_once_in_order() -> None:
    """Nobody fixes a line one complaint at a time."""
    files = Files()
    files.change(EN, "  pen: Please have a pen ready.\n", "")
    files.change(TREE, "go: talk}", "go: tlak}")
    files.change(TREE, "refer: [form_desk]", "refer: [form_dask]")
    files.change(AGENCIES, "trust: L, source: invented", "trust: L, source: invnted")
    files.change(JA, "  pen: メモをご用意ください。", "  pen: '{pen}'")
    problems = files.problems()
    assert [(p.file, p.code) for p in problems] == [
        (AGENCIES, "unknown-source"),
        (TREE, "missing-target"),
        (TREE, "unknown-agency"),
        (EN, "missing-key"),
        (JA, "wrong-value"),
    ]
    assert list(problems) == sorted(problems)


def test_a_problem_is_one_line_that_editors_can_jump_to() -> None:
    """`file:line: severity: code: message`, as `ivr check` prints it."""
    files = Files()
    line = files.change(TREE, "start: top", "§start: topp")
    assert files.complaints() == [
        f"data/tree.yaml:{line}: error: missing-target: no node `topp`; did you mean `top`?"
    ]


@pytest.mark.parametrize("file", [TREE, AGENCIES, JA, EN])
@pytest.mark.parametrize("content", ["", "\n\n", "# only a comment\n", "null", "~"])
def test_an_empty_file_is_reported_as_such(file: str, content: str) -> None:
    files = Files()
    files.texts[file] = content
    assert f"{file}:1: error: empty-file: the file is empty; expected keys and values" in (
        files.complaints()
    )


@pytest.mark.parametrize("file", [TREE, AGENCIES, JA, EN])
@pytest.mark.parametrize("content", ["hello", "- a\n- b", "true", "[]", '"text"', "{}", "a: b"])
def test_a_file_of_another_kind_is_refused(file: str, content: str) -> None:
    files = Files()
    files.texts[file] = content
    reported = [problem for problem in files.problems() if problem.file == file]
    assert reported
    assert all(problem.line == 1 for problem in reported)


def test_a_line_without_its_own_language_is_refused() -> None:
    files = Files()
    del files.texts[JA]
    (reported,) = files.problems()
    assert reported.code == "unknown-language"
    assert "write prompts/ja.yaml" in reported.message


def test_a_translation_without_the_trees_words_is_refused() -> None:
    files = Files()
    text = files.texts[EN]
    files.texts[EN] = text[: text.index("\ntree:")] + text[text.index("\nagencies:") :]
    (reported,) = files.problems()
    assert (reported.file, reported.code) == (EN, "untranslated")


def test_the_exception_says_all_that_is_wrong() -> None:
    texts = LineTexts(SourceText("t", ""), SourceText("a", ""), {})
    with pytest.raises(LineRefused, match=r"a:1: error: empty-file.*\nt:1: error: empty-file"):
        load_line(texts)


def test_scalars_stay_what_the_author_wrote() -> None:
    """No `no` that becomes false, no 8:30 that becomes 510, no 0120 that becomes octal."""
    files = Files()
    files.change(TREE, "greeting: まちの案内です。", "greeting: no")
    files.change(AGENCIES, 'opens_at: "08:30"', "opens_at: 08:30")
    files.change(AGENCIES, "0120-061-338", "0120")
    line = files.load()
    assert line.tree.opening.greeting == "no"
    assert line.agency("police").hours.schedules[0].opens_at == "08:30"  # type: ignore[union-attr]
    assert line.agency("second_desk").phones[0].number == "0120"


def test_a_node_without_words_needs_no_translation(town: Line) -> None:
    assert "forms" not in (town.scripts["en"].prompts.tree.nodes)  # type: ignore[union-attr]
    assert town.scripts["en"].node("forms").say is None


# What would fail, or mislead, only in the middle of a call: reported beforehand.
TOO_LATE = {
    "no such time zone": (AGENCIES, "timezone: Asia/Tokyo", "§timezone: Asia/Tokio"),
    "a time zone that is a path": (AGENCIES, "timezone: Asia/Tokyo", "§timezone: ../tokyo"),
    "no such country": (TREE, "country: JP", "§country: JA"),
    "no such month": (AGENCIES, 'first: "12-29"', 'first: §"13-29"'),
    "no such day of a month": (AGENCIES, 'last: "01-03"', 'last: §"01-33"'),
    "full-width digits in a day": (AGENCIES, 'last: "01-03"', 'last: §"０１-０３"'),
    "full-width digits in a time": (AGENCIES, 'opens_at: "08:30"', 'opens_at: §"0８:30"'),
    "no such locale": (JA, "locale: ja-JP", "§locale: ja-JX"),
    "no such language's locale": (EN, "locale: en-US", "§locale: qq-US"),
    "a time pattern that says nothing": (EN, "  hour: h a", "  §hour: hhh a"),
    "a day pattern that says nothing": (EN, "  date: MMMM d", "  §date: MMMM ddd"),
    "a text pattern that says nothing": (JA, "  time: H:mm", "  §time: HHH:mm"),
    "a place with a format": (JA, 'press: "{key}を。"', '§press: "{key:d}を。"'),
    "a place with a conversion": (JA, 'press: "{key}を。"', '§press: "{key!r}を。"'),
}


@pytest.mark.parametrize(("file", "old", "new"), TOO_LATE.values(), ids=TOO_LATE.keys())
def test_what_would_fail_in_a_call_is_reported_before_it(file: str, old: str, new: str) -> None:
    """LineRefused, always, with file and line: never another exception, never a broken call."""
    files = Files()
    line = files.change(file, old, new)
    assert (file, line) in [(problem.file, problem.line) for problem in files.problems()]


@pytest.mark.parametrize("key", ["1", "2"])
def test_a_language_has_no_key_that_referrals_need(key: str) -> None:
    """Keys 1 and 2 are the text and the next agency; a language there would take them away."""
    files = Files()
    for file in (TREE, EN):  # no question is in the way: all choices are 4, 5 and 6
        files.texts[file] = re.sub(
            r"(?m)^( +)([123]): ", lambda m: f"{m[1]}{int(m[2]) + 3}: ", files.texts[file]
        )
    assert files.complaints() == []
    line = files.change(TREE, "languages: {9: en}", f"languages: {{§{key}: en}}")
    (reported,) = files.problems()
    assert (reported.file, reported.line, reported.code) == (TREE, line, "key-taken")


def test_a_language_that_babel_writes_otherwise_can_be_spoken() -> None:
    """A line may speak zh-Hant: its callers are reported in Chinese who answers in Japanese."""
    files = Files()
    files.change(TREE, "languages: {9: en}", "languages: {9: zh-Hant}")
    files.change(EN, "language: en", "language: zh-Hant")
    files.change(EN, "locale: en-US", "locale: zh-TW")
    files.texts["prompts/zh-Hant.yaml"] = files.texts.pop(EN)
    call = Call(files.load(), language="zh-Hant")
    call.press("1")
    assert "日" in call.words


def test_a_pause_between_words_is_kept() -> None:
    """Where an author joins by a comma and a blank, a text reads so."""
    assert Files().load().scripts["en"].prompts.text.join == ", "
