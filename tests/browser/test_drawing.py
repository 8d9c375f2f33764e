"""The picture as a browser draws it: our measure of words against a real font's."""

import pytest
from playwright.sync_api import Browser

from ivr.drawing import chart_of, lay_out, svg
from tests.drawing.test_picture import DRAWINGS, opened

# Texts that reach out of their card's frame, and texts of one card that touch.
MISFITS = """() => {
  const found = [];
  const inside = (a, b) => a.left >= b.left && a.right <= b.right
    && a.top >= b.top && a.bottom <= b.bottom;
  const meet = (a, b) => a.left < b.right && b.left < a.right
    && a.top < b.bottom - 5 && b.top < a.bottom - 5;
  for (const card of document.querySelectorAll(".card")) {
    const frame = card.querySelector(".frame").getBoundingClientRect();
    const texts = [...card.querySelectorAll("text")].filter((text) => !text.closest(".badge"));
    for (const [place, text] of texts.entries()) {
      const box = text.getBoundingClientRect();
      if (!inside(box, frame)) found.push(`cut: ${text.textContent}`);
      for (const other of texts.slice(place + 1)) {
        const met = meet(box, other.getBoundingClientRect());
        if (met) found.push(`${text.textContent} on ${other.textContent}`);
      }
      const tag = text.closest(".tag")?.querySelector("rect").getBoundingClientRect();
      const wide = tag && (box.left < tag.left || box.right > tag.right);
      if (wide) found.push(`tag: ${text.textContent}`);
    }
  }
  return found;
}"""


@pytest.mark.parametrize(("name", "language"), DRAWINGS)
def test_every_word_fits_as_it_is_drawn(browser: Browser, name: str, language: str) -> None:
    context = browser.new_context(viewport={"width": 1600, "height": 1200})
    page = context.new_page()
    page.set_content(svg(lay_out(chart_of(opened(name), language))))
    assert page.evaluate(MISFITS) == []
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_is_light_by_day_and_dark_by_night(browser: Browser, scheme: str) -> None:
    context = browser.new_context(color_scheme="dark" if scheme == "dark" else "light")
    page = context.new_page()
    page.set_content(svg(lay_out(chart_of(opened("town"), "ja"))))
    paper = page.locator(".paper").evaluate("e => getComputedStyle(e).fill")
    assert paper == ("rgb(246, 248, 249)" if scheme == "light" else "rgb(15, 23, 27)")
    page.emulate_media(media="print")
    paper = page.locator(".paper").evaluate("e => getComputedStyle(e).fill")
    assert paper == "rgb(255, 255, 255)"
    context.close()
