"""How soon the web phone is there: first paint, ready to call, and first words, in milliseconds.

Run it with `python -m bench.webphone`; figure: first paint under 1,000 ms on a page opened anew.
"""

import argparse
import statistics

from playwright.sync_api import Browser

from ivr.commands.calling.line_service import line_service
from ringback.commands.shared.web_phone_server import served
from tests.support.chromium import browser

FIGURE = 1_000.0  # milliseconds
_MARKS = """() => {
  const [navigation] = performance.getEntriesByType("navigation");
  const [paint] = performance.getEntriesByName("first-contentful-paint");
  return [paint.startTime, navigation.domContentLoadedEventEnd];
}"""


def visit(chromium: Browser, address: str) -> dict[str, float]:
    """One visitor with an empty cache: milliseconds from the click to what they see and hear."""
    context = chromium.new_context(viewport={"width": 1400, "height": 1000})
    page = context.new_page()
    page.goto(address)
    page.wait_for_selector("html[data-ready=true]")
    ready = page.evaluate("performance.now()")
    page.wait_for_selector("#sheet svg")
    drawn = page.evaluate("performance.now()")
    paint, loaded = page.evaluate(_MARKS)
    called = page.evaluate("document.getElementById('call').click(), performance.now()")
    page.wait_for_selector("#transcript .line")
    words = page.evaluate("performance.now()") - called
    context.close()
    return {
        "first paint": paint,
        "page loaded": loaded,
        "ready to call": ready,
        "tree drawn": drawn,
        "first words after the call button": words,
    }


def main() -> None:
    """Prints the median and the worst of several visits."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--visits", type=int, default=9)
    visits = parser.parse_args().visits
    with served(line_service({}), "127.0.0.1", 0) as address, browser() as chromium:
        seen = [visit(chromium, address) for _ in range(visits)]
    print(f"{visits} visits, milliseconds       median    worst")
    for name in seen[0]:
        times = [one[name] for one in seen]
        print(f"{name:<34}{statistics.median(times):>6.0f}{max(times):>9.0f}")
    paint = statistics.median(one["first paint"] for one in seen)
    print(f"first paint: figure under {FIGURE:.0f}, {'kept' if paint < FIGURE else 'missed'}")


if __name__ == "__main__":
    main()
