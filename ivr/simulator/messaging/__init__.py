"""The carrier's messaging side: texts that go out, what becomes of them, and texts that come in."""
