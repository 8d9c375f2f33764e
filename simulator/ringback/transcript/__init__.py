"""What happened, as events, as rows to read, and as golden files to compare."""
