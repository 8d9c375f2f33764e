"""What `ivr check` prints, and writes back."""
