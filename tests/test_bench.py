"""What the benchmarks write: a section of a page, and plots; and the lines that they grow."""

import xml.etree.ElementTree as ET

import pytest

from bench.all import BEGIN, END, rewritten
from bench.plots import bar_plot, growth_plot
from bench.rows import Row
from bench.served import ROOT
from bench.trees import grown

ROW = Row("memory of a worker", "70 MB", "python -m bench.memory", "80 MB", True)
SVG = "{http://www.w3.org/2000/svg}"


def test_the_measured_section_is_made_anew_and_nothing_else() -> None:
    page = f"# Words\n\n{BEGIN}\nold figures\n{END}\n\nMore words.\n"
    new = rewritten(page, [ROW])
    assert new.startswith(f"# Words\n\n{BEGIN}\n")
    assert new.endswith(f"{END}\n\nMore words.\n")
    assert "old figures" not in new
    assert (
        "| memory of a worker | 80 MB | 70 MB | kept | `python -m bench.memory` |"
        in new.splitlines()
    )


def test_a_page_that_lost_its_marks_is_refused() -> None:
    with pytest.raises(ValueError, match="measured: end"):
        rewritten(f"{BEGIN}\n", [ROW])


def test_the_page_has_its_marks_and_plots() -> None:
    page = (ROOT / "docs" / "performance.md").read_text(encoding="utf-8")
    rewritten(page, [ROW])
    for name in ("growth.svg", "memory.svg"):
        assert f"]({name})" in page
        ET.fromstring((ROOT / "docs" / name).read_text(encoding="utf-8"))


def test_a_missed_figure_says_so() -> None:
    assert Row("start", "2 s", "…", "1.5 s", False).verdict == "missed"
    assert str(Row("loading", "3 s", "…")) == "loading: 3 s"


def test_lines_that_are_flat_lie_flat_and_no_two_names_meet() -> None:
    drawn = growth_plot("T", {"a": {10: 0.001, 100: 0.001}, "b": {10: 0.001, 100: 0.0011}})
    root = ET.fromstring(drawn)
    flat, rising = (line.get("points", "").split() for line in root.iter(f"{SVG}polyline"))
    assert flat[0].split(",")[1] == flat[1].split(",")[1]
    assert float(rising[0].split(",")[1]) > float(rising[1].split(",")[1])
    heights = {t.text: float(t.get("y", "0")) for t in root.iter(f"{SVG}text") if t.text in "ab"}
    assert abs(heights["a"] - heights["b"]) >= 15


def test_the_figure_of_a_bar_stands_where_the_bar_would_end() -> None:
    root = ET.fromstring(bar_plot("T", [("warm", 80.0)], 80.0, "MB"))
    bar = next(r for r in root.iter(f"{SVG}rect") if r.get("height") == "16")
    end = float(bar.get("x", "0")) + float(bar.get("width", "0"))
    line = next(p.get("d", "") for p in root.iter(f"{SVG}path"))
    assert line.startswith(f"M{end:.1f} ")


def test_a_line_needs_a_question_and_the_two_ways() -> None:
    with pytest.raises(ValueError, match="eight nodes"):
        grown(7)
