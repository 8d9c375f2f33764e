"""What `ivr check --fix` can put right by itself, and `--translated` writes down."""
