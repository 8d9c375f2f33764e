"""What `call`, `text`, `serve`, `load` and `replay` share."""
