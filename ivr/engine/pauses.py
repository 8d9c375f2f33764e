"""How long the line waits, in seconds; each figure names the caller rule that asks for it."""

BEFORE_KEY = 0.25  # B3: between an option's words and its key
AFTER_OPTION = 0.5  # B4
AFTER_SENTENCE = 0.4
AFTER_DIGIT = 0.5  # E2: with a digit of about 0.35 s, one begins every 0.85 s
AFTER_GROUP = 0.85  # E3: the gap stands for the written hyphen
AFTER_SLOW_DIGIT = 0.65  # I3: one digit a second
AFTER_SLOW_GROUP = 1.0
BEFORE_REPEAT = 1.8  # E4
FETCH_PEN = 3.0  # E5

FIRST_SILENCE = 7  # D1: seconds to find the key, the first time
LEAST_SILENCE = 5  # D1's least: a caller who presses nothing is to hear a number within 40 s

BETWEEN_DIGITS = 10  # D3, and time to find the first digit: the carrier waits as long for each
TEXT_UNDER_WAY = 2  # seconds until the outcome of a text is looked for; no key is asked for there
