"""Every mistake of an author is reported with its file, its line and what would be right."""

import re

import pytest

from ivr.check.loading import load_line
from ivr.engine import Line
from ivr.files.folders import LineTexts
from ivr.files.problems import LineRefused
from ivr.files.yaml_source import SourceText
from tests.support.authors import HERE, Files
from tests.support.calls import Call

TREE, AGENCIES = "data/tree.yaml", "data/agencies.yaml"
JA, EN = "prompts/ja.yaml", "prompts/en.yaml"
SCHEDULE = '      schedules:\n        - {byday: [MO], opens_at: "08:30", closes_at: "17:15"}'


def test_the_town_as_it_stands_is_sound() -> None:
    files = Files()
    assert files.complaints() == []
    assert isinstance(files.load(), Line)


# Each row: the file, what stands there, what the author made of it (§ marks the line to be named),
# the code, and a piece of the message that the author gets.
MISTAKES = {
    # -- a key that means nothing, or is not there
    "misspelt key": (TREE, "fallback:", "§falback:", "unknown-key", "did you mean `fallback`?"),
    "misspelt key of an opening": (
        *(TREE, "  greeting:", "  §greting:"),
        *("unknown-key", "did you mean `greeting`?"),
    ),
    "misspelt key of an agency": (
        *(AGENCIES, "    spoken: 法律の相談所", "    §spokn: 法律の相談所"),
        *("unknown-key", "did you mean `spoken`?"),
    ),
    "misspelt key of a phone": (
        *(AGENCIES, "0120-061-338, cost:", "0120-061-338, §cst:"),
        *("unknown-key", "did you mean `cost`?"),
    ),
    "misspelt key of a prompt": (
        *(JA, "  no_match: その", "  §nomatch: その"),
        *("unknown-key", "did you mean `no_match`?"),
    ),
    "a key that is like no other": (TREE, "country: JP", "country: JP\n§zzz: 1", "unknown-key", ""),
    "missing key": (TREE, "person: person\n", "", "missing-key", "`person` is missing"),
    "missing trust": (
        *(AGENCIES, "{codes: [ja], trust: V, source", "§{codes: [ja], source"),
        *("missing-key", "`trust` is missing"),
    ),
    "missing prompt": (
        JA,
        "  pen: メモをご用意ください。\n",
        "",
        "missing-key",
        "`pen` is missing",
    ),
    "missing digit": (JA, "4: ヨン, ", "§", "wrong-value", "digits"),
    "duplicate key": (TREE, "start: top", "start: top\n§start: web", "duplicate-key", "`start`"),
    "duplicate node": (
        *(TREE, "  person:\n", "  §talk:\n    refer: [office]\n  person:\n"),
        *("duplicate-key", "keep one"),
    ),
    "duplicate choice": (
        *(TREE, "      3: {say: ネット", "      §2: {say: ネット"),
        *("duplicate-key", "`2` stands here again"),
    ),
    # -- a value of the wrong kind
    "list where text is expected": (
        *(TREE, "name: まちの案内", "name: §[まち, 案内]"),
        *("wrong-value", "`name` is a list; expected text"),
    ),
    "keys where text is expected": (
        *(TREE, "name: まちの案内", "name: §{a: b}"),
        *("wrong-value", "`name` is a group of keys; expected text"),
    ),
    "text where a list is expected": (
        *(AGENCIES, "{codes: [en, zh]", "{codes: §en"),
        *("wrong-value", "`codes` is `en`; expected a list"),
    ),
    "text where keys are expected": (
        *(AGENCIES, "  town_desk:\n    name: 役所の窓口", "  §town_desk: 役所の窓口"),
        *("wrong-value", "expected keys with values"),
    ),
    "nothing where text is expected": (
        *(TREE, "country: JP", "country: §"),
        *("wrong-value", "`country` is empty"),
    ),
    "empty text": (
        *(TREE, "name: まちの案内", 'name: §""'),
        *("wrong-value", "expected some text"),
    ),
    "not true or false": (
        *(AGENCIES, "official: false", "official: §perhaps"),
        *("wrong-value", "expected true or false"),
    ),
    "no such day": (
        *(
            AGENCIES,
            "{codes: [ja], trust: V,",
            "{codes: [ja], trust: V, §assured_date: 2026-02-30,",
        ),
        *("wrong-value", "expected a day such as"),
    ),
    "no such clock time": (
        *(AGENCIES, 'closes_at: "17:30"', '§closes_at: "25:30"'),
        *("wrong-value", "`closes_at` is `25:30`"),
    ),
    "a clock time without its zero": (
        *(AGENCIES, 'closes_at: "17:30"', "§closes_at: 9:30"),
        *("wrong-value", "`closes_at` is `9:30`"),
    ),
    "a number with spaces": (
        *(AGENCIES, "0120-061-338", "§0120 061 338"),
        *("wrong-value", "`0120 061 338`"),
    ),
    "an address without https": (
        *(AGENCIES, "https://night.example/", "§night.example"),
        *("wrong-value", "`night.example`"),
    ),
    "no schedule": (
        *(AGENCIES, SCHEDULE, "      §schedules: []"),
        *("wrong-value", "expected at least one"),
    ),
    "a schedule without days": (
        *(AGENCIES, '{byday: [MO], opens_at: "08:30"', '§{opens_at: "08:30"'),
        *("wrong-value", "byday"),
    ),
    "a fact without a source": (
        *(
            AGENCIES,
            "{codes: [pt], trust: V, source: invented}",
            "{codes: [pt], trust: V, §source: []}",
        ),
        *("wrong-value", "`source`"),
    ),
    "key 0 as a choice": (TREE, "      1: {say: 話す", "      §0: {say: 話す", "wrong-key", "`0`"),
    "a word as a choice": (
        TREE,
        "      1: {say: 話す",
        "      §one: {say: 話す",
        "wrong-key",
        "`one`",
    ),
    "a key that is a list": (
        TREE,
        "start: top",
        "start: top\n§[a, b]: c",
        "wrong-key",
        "a key must",
    ),
    "a node's name with a blank": (
        TREE,
        "  person:\n",
        "  §the person:\n",
        "wrong-key",
        "the person",
    ),
    "a node that is nothing": (
        *(TREE, "  person:\n    refer: [night_desk, foreign_desk]", "  §person:"),
        *("wrong-value", "a question (`choices`) or a referral (`refer`)"),
    ),
    "a place that nobody fills in": (
        *(JA, 'press: "{key}を。"', '§press: "{kye}を。"'),
        *("wrong-value", "expected a text with {key}"),
    ),
    "a place where none is": (
        *(JA, "again: もう一度。", '§again: "もう{one}度。"'),
        *("wrong-value", "no {places}"),
    ),
    "a brace left open": (JA, 'press: "{key}を。"', '§press: "{keyを。"', "wrong-value", "press"),
    # -- a word of a fixed list, misspelt
    "misspelt trust": (
        *(AGENCIES, "trust: L, source", "§trust: Vold, source"),
        *("wrong-value", "did you mean `V-old`?"),
    ),
    "misspelt weekday": (
        *(AGENCIES, "{byday: [MO], opens", "{byday: [§MON], opens"),
        *("wrong-value", "did you mean `MO`?"),
    ),
    "misspelt cost": (
        *(AGENCIES, "cost: navidial", "§cost: navidail"),
        *("wrong-value", "did you mean `navidial`?"),
    ),
    "misspelt kind of caller": (
        *(AGENCIES, "not_from: [ip_phone, foreign]", "not_from: [§ipphone, foreign]"),
        *("wrong-value", "did you mean `ip_phone`?"),
    ),
    # -- YAML itself
    "a tab": (TREE, "  top:\n    ask:", "  top:\n§\task:", "tab", "two spaces"),
    "a quote left open": (TREE, "name: まちの案内", 'name: "まちの案内', "yaml", "fix the YAML"),
    "a bracket left open": (TREE, "refer: [form_desk]\n", "refer: [form_desk\n", "yaml", "fix"),
    "an alias of nothing": (TREE, "start: top", "start: §*top", "yaml", "undefined alias"),
    "two documents": (TREE, "nodes:\n", "§---\nnodes:\n", "yaml", "another document"),
    # -- things that do not fit together
    "missing target": (
        *(TREE, "go: talk}", "§go: tlak}"),
        *("missing-target", "no node `tlak`; did you mean `talk`?"),
    ),
    "missing start": (TREE, "start: top", "§start: topp", "missing-target", "did you mean `top`?"),
    "missing fallback": (
        *(TREE, "fallback: no_keys", "§fallback: nokeys"),
        *("missing-target", "did you mean `no_keys`?"),
    ),
    "missing way of silence": (
        *(TREE, "    silence: talk", "    §silence: tlk"),
        *("missing-target", "did you mean `talk`?"),
    ),
    "unknown agency": (
        *(TREE, "refer: [form_desk]", "refer: [§form_dask]"),
        *("unknown-agency", "did you mean `form_desk`?"),
    ),
    "inactive agency": (
        *(AGENCIES, "    name: 役所の窓口", "    name: 役所の窓口\n    status: inactive"),
        *("inactive-agency", "`town_desk`"),
    ),
    "unknown source": (
        *(AGENCIES, "trust: L, source: invented", "trust: L, source: §invnted"),
        *("unknown-source", "did you mean `invented`?"),
    ),
    "unknown closure": (
        *(AGENCIES, "closed_on: [holidays, year_end]", "§closed_on: [holidays, yearend]"),
        *("unknown-closure", "did you mean `year_end`?"),
    ),
    "unknown country of holidays": (
        *(AGENCIES, "holidays: JP", "§holidays: XX"),
        *("unknown-country", "`XX`"),
    ),
    "a language key that is a choice too": (
        *(TREE, "languages: {9: en}", "languages: {3: en}"),
        *("key-taken", "key 3"),
    ),
    "a language without prompts": (
        *(TREE, "languages: {9: en}", "languages: {§9: fr}"),
        *("unknown-language", "no prompts in `fr`"),
    ),
    "a file in another language than its name": (
        *(EN, "language: en", "§language: eng"),
        *("wrong-language", "named `en`"),
    ),
    "a referral that nobody could talk to": (
        *(TREE, "refer: [form_desk]", "§refer: [kiosk]"),
        *("not-understood", "answers in `ja`"),
    ),
    "key 0 without a trusted number": (
        *(TREE, "refer: [night_desk, foreign_desk]", "refer: [night_desk, page_desk]"),
        *("no-number", "`person` may be all a caller hears"),
    ),
    "key 0 that asks a question": (
        *(TREE, "person: person\n", "§person: web\n"),
        *("no-number", "it must be a referral"),
    ),
    "the way without keys without a number": (
        *(TREE, "second_desk, foreign_desk]", "second_desk, town_desk]"),
        *("no-number", "`no_keys` may be all"),
    ),
    # -- words in another language
    "untranslated sentence": (
        *(EN, "      stay: If you can't press, please wait.\n", ""),
        *("untranslated", "`top.stay` has no words here; in the tree it says 「押せない方は"),
    ),
    "untranslated choice": (
        *(EN, "        2: For the law,\n", ""),
        *("untranslated", "`top.choices.2`"),
    ),
    "untranslated node": (
        *(
            TREE,
            "  person:\n",
            "  extra:\n    ask: なにを。\n    choices: {1: {say: はい, go: talk}}\n\n  person:\n",
        ),
        *("untranslated", "`extra.ask`"),
    ),
    "untranslated agency": (
        EN,
        "  kiosk: {name: the Portuguese Kiosk}\n",
        "",
        "untranslated",
        "`kiosk`",
    ),
    "untranslated closure": (
        *(EN, ", year_end: Dec 29-Jan 3", "§"),
        *("untranslated", "`year_end`"),
    ),
    "words of a node that is gone": (
        *(EN, "    law:\n", "    gone:\n      §say: Hello.\n    law:\n"),
        *("left-over", "`gone.say`"),
    ),
    "words of a choice that is gone": (
        *(EN, "        3: For the web,\n", "        3: For the web,\n        §4: For the sea,\n"),
        *("left-over", "`top.choices.4`"),
    ),
    "words of an agency that is gone": (
        *(EN, "  kiosk: {name", "  §kioks: {name"),
        *("unknown-agency", "did you mean `kiosk`?"),
    ),
}


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
