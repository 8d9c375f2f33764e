"""The flow in words: the outline, and what a wiki draws of it."""

import re

import pytest

from ivr.drawing import chart_of, mermaid, outline
from ivr.engine import Line
from tests.support.authors import Files

OUTLINE = """\
まちの案内

! 命が危ないときは、110番へ。
まちの案内です。
[9] For English

番号を押してください。
[1] 話すには
    お電話ありがとうございます。
    1. よるの窓口  0120-0-78310  (24時間)
    いつ切っても、大丈夫です。
[2] 法律のことは
    1. 法律相談所  0570-078374
    2. 警察  #9110
    書類をご用意ください。
[3] ネットのことは
    どれですか。
    [1] 書いて頼むには
        1. 書類の窓口  https://forms.example/
    [2] 読んで調べるには
        1. 資料の窓口  https://pages.example/
    [3] 役所に行くには
        1. 役所の窓口  お近くの窓口へ。
    […] → 話すには
[0] 人と話すには
    1. よるの窓口  0120-0-78310  (24時間)
[…] 押せない方は、お待ちください。
    1. 法律相談所  0570-078374
    2. よるの窓口  0120-0-78310  (24時間)
    3. もうひとつの窓口  0120-061-338  (24時間)

[1] SMSで受け取るには
[2] ほかの窓口は
[7] ゆっくり聞くには
[8] これから、SMSを断るには
[#] もう一度聞くには
[*] 最初に戻るには
"""


def test_the_outline_reads_as_the_call_goes(town: Line) -> None:
    """A number by hearsay (the pages' desk) and a desk that speaks neither language are not in."""
    assert outline(chart_of(town, "ja")) == OUTLINE


def test_every_language_of_the_line_has_an_outline_of_its_own(town: Line) -> None:
    english = outline(chart_of(town, "en"))
    assert "! In danger? Call one one zero." in english
    assert "[2] For the law\n    1. the Foreign Language Desk  050-3754-5430" in english
    assert "the police  #9110  (Japanese)" in english
    assert "[9] 日本語は" in english


NODE = re.compile(r'  (?:n_\w+|emergency)(?:\("[^"]*"\)|\[\[?"[^"]*"\]\]?)(?::::\w+)?')
EDGE = re.compile(r'  (?:n_\w+|emergency) (?:-->|-\.->)(?:\|"[^"]*"\|)? n_\w+')
CLASS = re.compile(r"  classDef \w+ [\w:#,-]+")


@pytest.mark.parametrize("language", ["ja", "en"])
def test_mermaid_is_a_flowchart_whose_every_line_is_a_node_a_way_or_a_style(
    line: Line, language: str
) -> None:
    first, *rest = mermaid(chart_of(line, language)).splitlines()
    assert first == "flowchart LR"
    for written in rest:
        assert NODE.fullmatch(written) or EDGE.fullmatch(written) or CLASS.fullmatch(written)
    nodes = {match[1] for written in rest if (match := re.match(r"  n_(\w+)[(\[]", written))}
    assert nodes == set(line.tree.nodes)
    targets = {match[1] for written in rest if (match := re.search(r" n_(\w+)$", written))}
    assert targets == nodes


def test_mermaid_takes_no_sign_of_an_author_for_its_own() -> None:
    files = Files()
    files.change("data/tree.yaml", "say: 話すには", 'say: "a \\"quoted\\" `<b>` #1 | x"')
    drawn = mermaid(chart_of(files.load(), "ja"))
    assert '|"1 a #quot;quoted#quot; #96;#lt;b#gt;#96; #35;1 | x"|' in drawn
    assert "#35;9110" in drawn
