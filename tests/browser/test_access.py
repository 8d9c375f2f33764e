"""The web phone for everybody: names, roles, contrast, and no width that cuts anything."""

import pytest
from playwright.sync_api import Browser, Page, expect

# The colour of each piece of text against what is painted behind it (WCAG 2.2, 1.4.3).
CONTRASTS = """() => {
  const parse = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const over = (top, under) => {
    const a = top[3] ?? 1;
    return [0, 1, 2].map((i) => top[i] * a + under[i] * (1 - a));
  };
  const behind = (element) => {
    const layers = [];
    for (let e = element; e; e = e.parentElement) {
      layers.unshift(parse(getComputedStyle(e).backgroundColor));
    }
    return layers.reduce((under, top) => over(top, under), [255, 255, 255]);
  };
  const light = (rgb) => {
    const linear = (v) => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
    const [r, g, b] = rgb.map((v) => linear(v / 255));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const poor = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    const apart = element.closest("svg, .unseen, .skip, :disabled, [hidden]");
    if (!walker.currentNode.data.trim() || apart || !element.checkVisibility()) continue;
    const ground = behind(element);
    const ink = over(parse(getComputedStyle(element).color), ground);
    const [high, low] = [light(ink), light(ground)].sort((a, b) => b - a);
    const ratio = (high + 0.05) / (low + 0.05);
    if (ratio < 4.5) poor.push(`${walker.currentNode.data.trim()}: ${ratio.toFixed(2)}`);
  }
  return poor;
}"""

NAMELESS = """() => [...document.querySelectorAll(
    "button, input, select, [role=region], [role=log], [role=group], section, ol[tabindex], img")]
  .filter((element) => element.checkVisibility())
  .filter((element) => {
    const named = element.getAttribute("aria-label") || element.alt !== undefined
      || [...(element.labels ?? [])].map((label) => label.textContent).join("").trim()
      || document.getElementById(element.getAttribute("aria-labelledby"))?.textContent.trim()
      || (element.tagName === "BUTTON" && element.textContent.trim());
    return !named;
  })
  .map((element) => element.outerHTML.slice(0, 80))"""


def begin(page: Page) -> None:
    page.locator("#call").click()
    expect(page.locator("#transcript .line").first).to_be_visible()
    page.locator('[data-key="3"]').click()
    page.locator('[data-key="1"]').click()
    page.locator('[data-key="1"]').click()
    expect(page.locator("#thread li.in")).to_be_visible()
    page.locator("#exchanges summary").first.click()


def test_everything_that_can_be_used_has_a_name(page: Page) -> None:
    begin(page)
    assert page.evaluate(NAMELESS) == []
    assert page.locator("h1").count() == 1
    assert page.locator("main").count() == 1
    for name in ("Transcript", "Texts"):
        log = page.get_by_role("log", name=name)
        expect(log).to_have_attribute("aria-live", "polite")
    expect(page.get_by_role("group", name="Keypad").get_by_role("button")).to_have_count(12)
    for name in ("star", "hash"):
        expect(page.get_by_role("button", name=name)).to_be_visible()
    expect(page.get_by_role("img", name="まどぐち")).to_be_visible()
    expect(page.get_by_role("status").first).to_have_text("In a call")


def test_captions_are_not_read_twice(page: Page) -> None:
    """A screen reader hears the transcript, a sentence at a time; what moves is not for it."""
    for moving in ("#caption", "#clock", "#waiting"):
        expect(page.locator(moving)).to_have_attribute("aria-hidden", "true")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_words_stand_out_light_and_dark(page: Page, scheme: str) -> None:
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    begin(page)
    assert page.evaluate(CONTRASTS) == []


@pytest.mark.parametrize("width", [320, 360, 768, 1024, 1400, 1920])
def test_no_width_cuts_anything(browser: Browser, address: str, width: int) -> None:
    """Nothing is wider than the window, and the keypad is large enough for a thumb (44 px)."""
    context = browser.new_context(viewport={"width": width, "height": 800}, locale="en")
    page = context.new_page()
    page.goto(address)
    page.wait_for_selector("#sheet svg")
    begin(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    for key in page.locator("[data-key], #call, #hangup").all():
        box = key.bounding_box()
        assert box is not None
        assert min(box["width"], box["height"]) >= 44
    context.close()


def test_the_focus_is_always_seen(page: Page) -> None:
    for selector in ("#call", "#from", '[data-key="5"]', "#sheet"):
        page.locator(selector).focus()
        page.keyboard.press("Shift+Tab")
        page.keyboard.press("Tab")
        assert page.locator(selector).evaluate("e => getComputedStyle(e).outlineStyle") == "solid"
