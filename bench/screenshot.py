"""Makes docs/webphone.png: a call in progress, as a visitor of the page sees it."""

import argparse
from pathlib import Path

from ivr.commands.calling.line_service import line_service
from ringback.commands.shared.web_phone_server import served
from tests.support.chromium import browser

PICTURE = Path(__file__).resolve().parents[1] / "docs" / "webphone.png"
_WIDTH, _HEIGHT, _SCALE = 1400, 1265, 1.25


def main() -> None:
    """Calls, presses 3, 1 and 1, and looks."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=PICTURE)
    parser.add_argument("--language", default="en", help="of the page: en or ja")
    options = parser.parse_args()
    with served(line_service({}), "127.0.0.1", 0) as address, browser() as chromium:
        context = chromium.new_context(
            viewport={"width": _WIDTH, "height": _HEIGHT},
            locale=options.language,
            device_scale_factor=_SCALE,
        )
        page = context.new_page()
        page.goto(address)
        page.wait_for_selector("#sheet svg")
        page.fill("#at", "2026-12-01T22:15")
        page.click("#call")
        page.wait_for_selector("#transcript .line >> nth=0")
        page.wait_for_timeout(4_000)  # the first sentence is spoken in real time
        for key, words in (("3", "どう消しますか"), ("1", "違法・有害情報相談センター")):
            page.keyboard.press(key)
            page.wait_for_selector(f"#transcript .line :text('{words}')")
            page.wait_for_timeout(2_500)
        page.keyboard.press("1")
        page.wait_for_selector("#thread li.in")
        page.wait_for_selector("#transcript .line :text('人と話すには')")
        page.wait_for_timeout(900)
        page.evaluate("document.activeElement.blur()")
        page.mouse.move(0, 0)
        page.screenshot(path=options.out)
        context.close()


if __name__ == "__main__":
    main()
