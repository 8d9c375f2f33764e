"""What `ivr check` tells of a line's files: a family of codes a file, listed in `registry`."""
