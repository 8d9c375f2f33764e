"""The examples of a page in docs: each code block that a line before it names as a file.

`python -m tests.support.pages PAGE FOLDER` writes them into a folder.
"""

import re
import sys
from pathlib import Path

_NAMED = re.compile(r"`([\w.]+\.py)`[^`\n]*:\n\n```python\n(.*?)```", re.DOTALL)


def examples(page: Path) -> dict[str, str]:
    """The files of the page by name."""
    return dict(_NAMED.findall(page.read_text(encoding="utf-8")))


if __name__ == "__main__":
    for name, text in examples(Path(sys.argv[1])).items():
        (Path(sys.argv[2]) / name).write_text(text, encoding="utf-8")
