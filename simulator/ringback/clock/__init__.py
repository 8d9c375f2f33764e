"""The carrier's time: virtual or real, and what is due when."""
