"""A line's YAML files: found in their folders, read with their line numbers, turned into values."""
