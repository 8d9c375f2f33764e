# Two commands for everybody: `make call` and `make test`. Each sets up what it needs in .venv,
# from nothing but Python 3.11 or newer; no root, nothing outside this folder.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
# What is installed: READY all that a line runs on, DEV what tests it and renders speech offline.
READY := .venv/.ready
DEV := .venv/.dev
# The line alone, as it is deployed without extras: what memory and start are measured on.
PLAIN := .venv/plain/.ready

.PHONY: call test lint prove bench load texts latency chaos fuzz schema prompts timing screenshot plugin-alone line-alone clean

call: $(READY)  ## a call: a keypad in a terminal, else the demonstration call
	@$(BIN)/ivr call $(ARGS)

test: $(DEV)  ## all tests
	$(BIN)/pytest -n auto $(ARGS)

lint: $(DEV)  ## style, types and which package may import which
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/ivr check --strict

prove: $(DEV)  ## proves that no caller can get lost: explores every state of every possible call
	$(BIN)/ivr prove $(ARGS)

bench: $(DEV) $(PLAIN)  ## throughput, memory, start, growth, against the design's figures
	$(BIN)/python -m bench.all $(ARGS)

load: $(READY)  ## 2,000 callers who listen as people do; then 100 who never wait
	$(BIN)/ivr load --callers 2000 --seconds 240 --ramp 30 $(ARGS)
	$(BIN)/ivr load --callers 100 --seconds 15 --no-delays $(ARGS)

texts: $(DEV)  ## texts under load: each goes out once, whatever fails and whichever process is killed
	$(BIN)/python -m bench.texts $(ARGS)

latency: $(DEV)  ## how long a caller who asks for a text waits, with a REST side that takes 5 s
	$(BIN)/python -m bench.text_webhook $(ARGS)

chaos: $(DEV)  ## parts fail under thousands of calls: each caller gets a number, no text is lost
	$(BIN)/python -m bench.chaos $(ARGS)

fuzz: $(DEV)  ## random inputs guided by coverage, one minute per target
	@$(BIN)/python -c 'import atheris' 2>/dev/null || $(BIN)/python -m pip install --quiet \
	  --disable-pip-version-check --editable '.[fuzz]' 2>/dev/null || true
	@$(BIN)/python -m fuzz $(ARGS)

prompts: $(DEV)  ## renders the line's speech offline; to hear it: SPEECH=play make call
	$(BIN)/ivr prompts build --engine ja=openjtalk,en=espeak

timing: prompts  ## times every referral on rendered speech, against the design's figures
	$(BIN)/ivr timing --write docs

screenshot: $(DEV)  ## docs/webphone.png: the web phone in a call, by the system's Chromium
	$(BIN)/python -m bench.screenshot $(ARGS)

schema: $(READY)  ## the JSON Schemas with which editors check the YAML
	$(BIN)/ivr schema

$(READY): pyproject.toml simulator/pyproject.toml
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo 'Python 3.11 or newer is needed; name one with: make PYTHON=/path/to/python3 ...'; exit 1; }
	@test -x $(BIN)/python || "$(PYTHON)" -m venv .venv || \
	  { rm -rf .venv; echo 'Python lacks venv; on Debian: apt-get install python3-venv'; exit 1; }
	@echo 'Setting up .venv (once) ...'
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable . \
	  --editable './simulator[cli,load]'
	@touch $@

$(DEV): $(READY)
	@echo 'Adding what tests need (once) ...'
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@

$(PLAIN): $(READY)
	@echo 'Setting up .venv/plain, the line without extras (once) ...'
	@$(BIN)/python -m venv .venv/plain
	@.venv/plain/bin/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

plugin-alone: $(DEV)  ## the simulator in a fresh environment, beside an app that is not ours
	@.ci/plugin-alone $(BIN)/python

line-alone: $(READY)  ## the line in a fresh environment, served as the Procfile does
	@.ci/line-alone $(BIN)/python

clean:  ## removes the virtual environment
	rm -rf .venv
