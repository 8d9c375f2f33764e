"""The web phone in a real browser: somebody opens the page and calls."""

import re

from playwright.sync_api import Browser, Page, expect

FIRST_WORDS = "命が危ないときは、電話を切って、110番へ。"


def lit(page: Page) -> str | None:
    return page.locator("#sheet .here").get_attribute("data-node")


def way(page: Page) -> list[str | None]:
    cards = page.locator("#sheet .card.been").all()
    return [card.get_attribute("data-node") for card in cards]


def call(page: Page) -> None:
    page.get_by_role("button", name="Call", exact=True).click()
    expect(page.locator("#transcript .line").first).to_contain_text(FIRST_WORDS)


def press(page: Page, key: str, node: str) -> None:
    page.get_by_role("button", name=key, exact=True).click()
    expect(page.locator(f"#node-{node}.here")).to_be_visible()


def test_a_call_from_the_first_words_to_the_text_and_the_end(page: Page) -> None:
    call(page)
    expect(page.locator("#caption")).to_contain_text(FIRST_WORDS)
    expect(page.locator("#node-top.here")).to_be_visible()
    press(page, "3", "remove")
    press(page, "1", "advice")
    page.get_by_role("button", name="1", exact=True).click()
    bubble = page.locator("#thread li.in")
    expect(bubble).to_contain_text("違法・有害情報相談センター")
    expect(bubble.get_by_role("link")).to_have_attribute("href", "https://www.ihaho.jp/")
    expect(page.locator("#transcript")).to_contain_text("SMSを送ります。")
    assert lit(page) == "advice"
    assert way(page) == ["top", "remove"]
    expect(page.locator("#place")).to_contain_text("自分で消す方法を、聞くには")
    page.get_by_role("button", name="Hang up").click()
    expect(page.locator("#state")).to_have_text("Call ended")
    expect(page.locator("#transcript li").last).to_contain_text("ends the call")
    expect(page.locator("#sheet .here")).to_have_count(0)


def test_the_line_is_texted_and_walks_the_same_tree(page: Page) -> None:
    """Whoever cannot speak texts: the answers are a thread, before, beside or after any call."""
    field = page.get_by_label("Text the line")
    for body, answered in (("こんにちは", "命が危ないときは"), ("5", "インターネット")):
        field.fill(body)
        page.get_by_role("button", name="Send").click()
        expect(page.locator("#thread .out").last).to_contain_text(body)
        expect(page.locator("#thread .in").last).to_contain_text(answered)


def test_with_the_keyboard_alone(page: Page) -> None:
    """Tab to the Call button, the number keys as the keypad, Escape to hang up."""
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "call":
            break
    page.keyboard.press("Enter")
    expect(page.locator("#node-top.here")).to_be_visible()
    assert page.evaluate("document.activeElement.id") == "hangup"
    page.keyboard.press("2")
    expect(page.locator("#node-talk.here")).to_be_visible()
    page.keyboard.press("*")
    expect(page.locator("#node-top.here")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#state")).to_have_text("Call ended")
    assert page.evaluate("document.activeElement.id") == "call"


def test_digits_typed_into_a_field_are_no_keys(page: Page) -> None:
    call(page)
    page.get_by_label("From number").press("3")
    press(page, "2", "talk")
    expect(page.locator("#transcript .you .what")).to_have_text(["presses 2"])


def test_each_request_can_be_opened(page: Page) -> None:
    call(page)
    first = page.locator("#exchanges details").first
    expect(first.locator("summary")).to_contain_text("POST /voice")
    first.locator("summary").click()
    sent = first.locator("dl")
    expect(sent).to_contain_text("+819012345678")
    expect(sent).to_contain_text("X-Twilio-Signature")
    twiml = first.locator("pre").inner_text().splitlines()
    assert twiml[0] == "<Response>"
    assert twiml[1].startswith("  <Gather ")
    assert twiml[-1] == "</Response>"


def test_the_english_number_greets_in_english_and_shows_the_english_tree(page: Page) -> None:
    page.get_by_label("Number dialled").select_option("+815031234568")
    expect(page.locator("#sheet svg")).to_have_attribute("lang", "en")
    page.get_by_role("button", name="Call", exact=True).click()
    words = page.locator("#transcript .line .what").first
    expect(words).to_contain_text("If your life is in danger,")
    expect(words).to_have_attribute("lang", "en-US")


def test_the_picture_follows_the_caller_into_another_language(page: Page) -> None:
    call(page)
    expect(page.locator("#sheet svg")).to_have_attribute("lang", "ja")
    page.get_by_role("button", name="9", exact=True).click()
    expect(page.locator("#sheet svg")).to_have_attribute("lang", "en")
    expect(page.locator("#node-top.here")).to_be_visible()


def test_a_landline_at_night_is_answered_as_such(page: Page) -> None:
    """A text can go to a mobile that is keyed in, and the office opens at nine."""
    page.get_by_label("Who calls").select_option(label="a landline")
    expect(page.get_by_label("From number")).to_have_value("+81312345678")
    page.get_by_label("Time of the call").fill("2026-07-02T03:00")
    page.get_by_label("Captions").select_option(label="at once")
    call(page)
    press(page, "4", "compensation")
    expect(page.locator("#transcript")).to_contain_text("きょう、9時からです。")
    expect(page.locator("#transcript .line").last).to_contain_text("最初に戻るには")
    page.keyboard.press("Tab")
    page.keyboard.press("1")
    expect(page.locator("#transcript")).to_contain_text("携帯電話の番号、11けたを")
    for digit in "09087654321":
        page.keyboard.press(digit)
    expect(page.locator("#transcript")).to_contain_text("こちらに送ります。")
    page.keyboard.press("1")
    bubble = page.locator("#thread li.in")
    expect(bubble).to_contain_text("to +819087654321")
    expect(bubble).to_contain_text("法テラス")


def test_captions_at_once_are_all_there_before_they_are_spoken(page: Page) -> None:
    page.get_by_label("Captions").select_option(label="at once")
    call(page)
    expect(page.locator("#transcript .line").last).to_contain_text("For English, press nine.")
    expect(page.locator("#caption")).to_contain_text("For English, press nine.")


def test_words_that_are_longer_than_the_screen_can_be_scrolled_to(page: Page) -> None:
    page.get_by_label("Captions").select_option(label="at once")
    call(page)
    caption = page.locator("#caption")
    hidden = caption.evaluate("caption => caption.scrollHeight - caption.clientHeight")
    assert hidden > 0
    caption.evaluate("caption => caption.scrollTo(0, caption.scrollHeight)")
    assert caption.evaluate("caption => caption.scrollTop") >= hidden - 1


def test_the_picture_can_be_opened_by_itself(page: Page) -> None:
    with page.expect_popup() as opened:
        page.get_by_role("link", name="Open the picture").click()
    picture = opened.value
    picture.wait_for_load_state()
    fill = picture.locator(".emergency .frame").evaluate("frame => getComputedStyle(frame).fill")
    assert fill == "rgb(253, 236, 235)"


def test_two_tabs_call_at_once_and_do_not_see_each_other(page: Page, address: str) -> None:
    other = page.context.new_page()
    other.goto(address)
    other.wait_for_selector("html[data-ready=true]")
    call(page)
    call(other)
    press(page, "3", "remove")
    press(other, "5", "report")
    assert lit(page) == "remove"
    other.close()
    press(page, "1", "advice")


def test_a_number_that_is_none_is_not_called_and_its_field_says_why(page: Page) -> None:
    page.get_by_label("Who calls").select_option(label="another number")
    field = page.get_by_label("From number")
    field.fill("090-1234")
    page.get_by_role("button", name="Call", exact=True).click()
    expect(field).to_be_focused()
    assert field.evaluate("field => field.validity.patternMismatch")
    expect(field).to_have_attribute("title", re.compile("such as .819012345678"))
    expect(page.locator("#state")).to_have_text("Ready")
    field.fill("+819087654321")
    call(page)


def test_a_japanese_browser_has_a_japanese_page(browser: Browser, address: str) -> None:
    context = browser.new_context(locale="ja-JP")
    page = context.new_page()
    page.goto(address)
    page.wait_for_selector("html[data-ready=true]")
    assert page.title() == "ウェブ電話"
    expect(page.get_by_role("button", name="電話をかける")).to_be_enabled()
    expect(page.get_by_label("かける人")).to_be_visible()
    context.close()
