"""The shipped words, held against the rules that a machine can check."""

from collections.abc import Iterator

import pytest

from ivr.engine import Line
from ivr.engine.tree import Ask


def said(line: Line, language: str) -> Iterator[str]:
    """All that a caller may hear, without the agencies' names."""
    script = line.scripts[language]
    yield from (script.tree.opening.emergency, script.tree.opening.greeting)
    for node in script.tree.nodes.values():
        yield from filter(None, (node.ask, node.stay, node.say, node.after))
        yield from node.choices.values()
    prompts = script.prompts
    for phrases in (prompts.menu, prompts.referral, prompts.texted, prompts.hours):
        yield from phrases.model_dump().values()
    yield from (*prompts.signs.values(), *prompts.names.values(), prompts.offer)


@pytest.mark.parametrize(
    ("rule", "banned"),
    [
        ("B8: press is 押す", ("ダイヤル", "入力", "プッシュ")),
        ("C2: keys are シャープ and こめじるし", ("スター", "ハッシュ", "アスタリスク", "いげた")),
        ("D2: silence is not an error", ("入力がありません", "確認できません")),
        ("G5: nobody is told off", ("ご了承", "残念ながら", "申し訳")),
        ("J5: no word of suicide that harms", ("自殺", "死んで", "てはいけない")),
        ("J6: nobody must", ("必ず", "しなければ", "彼女", "彼氏")),
        ("L2: a call is not processed", ("切断", "終了処理")),
        ("K3: nothing alarms", ("至急", "未払い")),
    ],
)
def test_words_that_callers_should_never_hear(
    line: Line, rule: str, banned: tuple[str, ...]
) -> None:
    """Caller rules B8, C2, D2, G5, J5, J6, K3, L2."""
    everything = list(said(line, "ja"))
    assert len(everything) > 50
    assert [text for text in everything for word in banned if word in text] == []


def test_choices_are_in_the_callers_own_words(line: Line) -> None:
    """Caller rule B6: no word that has to be looked up."""
    for node in line.tree.nodes.values():
        for choice in node.choices.values() if isinstance(node, Ask) else ():
            for word in ("誹謗中傷", "プロバイダ", "リベンジ", "開示", "被害者"):
                assert word not in choice.say


def test_the_emergency_names_the_number_to_dial(line: Line) -> None:
    """Caller rules A2, H2: and to hang up first, in both languages."""
    japanese = line.scripts["ja"].tree.opening.emergency
    english = line.scripts["en"].tree.opening.emergency
    assert "110番" in japanese
    assert "電話を切って" in japanese
    assert "one one zero" in english
    assert "hang up" in english.lower()


def test_the_offer_of_a_text_warns_of_other_eyes(line: Line) -> None:
    """Caller rule K1: who else may see it is said before it is asked for."""
    assert "ほかの人に見られても" in line.scripts["ja"].prompts.referral.text
    assert "nobody else may see" in line.scripts["en"].prompts.referral.text


def test_branches_of_threat_and_images_name_the_call_history(line: Line) -> None:
    """Caller rule J4: the call stays in the telephone's list."""
    for name in ("danger", "images"):
        assert "電話の履歴" in (line.scripts["ja"].node(name).after or "")
        assert "history" in (line.scripts["en"].node(name).after or "")


def test_the_senders_name_tells_nothing(line: Line) -> None:
    """Caller rule K5: whoever reads the text learns no trouble from it."""
    words = " ".join(
        [
            *(script.tree.name for script in line.scripts.values()),
            *(script.prompts.text.greeting for script in line.scripts.values()),
        ]
    )
    for word in ("自殺", "相談", "被害", "DV", "脅", "ネット", "help", "crisis"):
        assert word.lower() not in words.lower()


def test_every_box_of_the_leaflets_chart_is_reached(line: Line) -> None:
    """The chart of the police leaflet: boxes C1 to C12, each from the first question on."""
    reached, waiting = set(), [line.tree.start]
    while waiting:
        name = waiting.pop()
        if name not in reached:
            reached.add(name)
            node = line.node(name)
            waiting += [c.go for c in node.choices.values()] if isinstance(node, Ask) else []
    covered = {box for name in reached for box in line.node(name).covers}
    assert covered == {f"C{n}" for n in range(1, 13)}
