"""Inputs that nobody thought of, led by which code they reach: `make fuzz`.

Each module in here is a target: `attempt(data)` raises where a promise is broken, and `seeds()` are
inputs to begin with. Tests run every target over its seeds, so none of them rusts; atheris
(https://github.com/google/atheris) looks further.
"""

TARGETS = ("line_files", "steps", "signatures", "texts_in", "answers")
