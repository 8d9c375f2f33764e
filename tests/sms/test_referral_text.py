"""What a referral looks like as a text, for every agency that a caller may be referred to."""

from urllib.parse import urlsplit

import pytest

from ivr.engine import Line
from ivr.engine.tree import Refer
from ivr.sms.referral_text import REFERRAL_SEGMENTS, referral_text


def texted(line: Line) -> list[str]:
    """The agencies that key 1 can text."""
    names = {n for node in line.tree.nodes.values() if isinstance(node, Refer) for n in node.refer}
    known = line.directory.agencies
    return sorted(n for n in names if known[n].link or any(p.speakable for p in known[n].phones))


@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_text_fits_two_segments_with_its_number_and_its_own_link(
    line: Line, language: str
) -> None:
    """Caller rule K2 and the design: 70 UTF-16 units alone, 67 each in two."""
    for name in texted(line):
        message, agency = referral_text(line, name, language), line.agency(name)
        lines = message.body.split("\n")
        assert message.size.segments <= REFERRAL_SEGMENTS, message.body
        numbers = [p.number for p in agency.phones if p.speakable]
        if numbers:
            assert numbers[0] in lines
        if agency.link:
            assert agency.link.url in lines  # on its own line, never shortened


def test_a_text_says_who_it_is_from_and_nothing_of_the_trouble(line: Line) -> None:
    """Caller rule K5: neutral words, for others may see the screen."""
    for name in texted(line):
        body = referral_text(line, name, "ja").body
        ours = body.replace(line.agency(name).name, "")
        for word in (
            "自殺",
            "リベンジ",
            "誹謗",
            "中傷",
            "DV",
            "至急",
            "未払い",
            "確認してください",
        ):
            assert word not in ours
    assert referral_text(line, "ihaho", "ja").body.startswith("まどぐちからのご案内です\n")


def test_no_doubtful_number_or_link_is_ever_texted(line: Line) -> None:
    doubtful = {
        fact
        for agency in line.directory.agencies.values()
        for fact in [
            *(p.number for p in agency.phones if not p.speakable),
            *(link.url for link in agency.links if not link.speakable),
        ]
    }
    for name in texted(line):
        for language in line.scripts:
            assert not doubtful & set(referral_text(line, name, language).body.split("\n"))


def test_hours_are_written_as_short_as_can_be(line: Line) -> None:
    assert (
        "月-金 9:00-21:00、土 9:00-17:00 (祝日、年末年始は休み)"
        in referral_text(line, "houterasu", "ja").body
    )
    assert "24時間" in referral_text(line, "yorisoi", "ja").body
    assert (
        "毎日 16:00-21:00、毎月10日 8:00-翌8:00"
        in referral_text(line, "inochi_no_denwa", "ja").body
    )
    english = referral_text(line, "houterasu", "en").body
    assert "Mon-Fri 9:00-21:00, Sat 9:00-17:00 (closed: public holidays, Dec 29-Jan 3)" in english


def test_links_are_whole_addresses_of_the_agencies_themselves(line: Line) -> None:
    for name in texted(line):
        link = line.agency(name).link
        host = urlsplit(link.url).hostname if link else "official.jp"
        assert host is not None
        assert host.endswith((".jp", ".org")), link
