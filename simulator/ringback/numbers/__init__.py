"""Telephone numbers: what they can do, who has them, and their resources."""
