"""What `ivr timing` measures, and its page."""
