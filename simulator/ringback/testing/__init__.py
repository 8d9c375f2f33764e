"""What a test holds: a telephone that is told, a step at a time, what its caller does and hears."""

from ringback.testing.failing import CallFailed
from ringback.testing.handset import Handset

__all__ = ["CallFailed", "Handset"]
