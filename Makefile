# Two commands for everybody: `make call` and `make test`. Each sets up what it needs in .venv,
# from nothing but Python 3.11 or newer; no root, nothing outside this folder.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
READY := .venv/.ready

.PHONY: call test lint bench schema clean

call: $(READY)  ## a call: a keypad in a terminal, else the demonstration call
	@$(BIN)/ivr call $(ARGS)

test: $(READY)  ## all tests
	$(BIN)/pytest $(ARGS)

lint: $(READY)  ## style, types and the walls of the house
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/ivr check

bench: $(READY)  ## webhook throughput against a bare route
	$(BIN)/python -m bench.webhook $(ARGS)

schema: $(READY)  ## the JSON Schemas that editors check the YAML with
	$(BIN)/ivr schema

$(READY): pyproject.toml
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo 'Python 3.11 or newer is needed; name one with: make PYTHON=/path/to/python3 ...'; exit 1; }
	@test -x $(BIN)/python || "$(PYTHON)" -m venv .venv || \
	  { rm -rf .venv; echo 'Python lacks venv; on Debian: apt-get install python3-venv'; exit 1; }
	@echo 'Setting up .venv (once) ...'
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@

clean:  ## forgets the virtual environment
	rm -rf .venv
