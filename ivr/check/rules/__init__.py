"""The rules, one family a file; `registry` lists them."""
