"""What `ivr check` looks at: every rule for the files of a line, and what keeps it from serving."""
