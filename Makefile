# What a newcomer and CI need. `make` alone lists the targets.
MAKEFLAGS += --no-print-directory
SHELL := /bin/sh

VENV := .venv
BIN := $(VENV)/bin
READY := .make/ready
LOCKER := .make/uv

.PHONY: help site serve test lint messages lock bench screenshot clean
.DEFAULT_GOAL := help

help:  ## list the targets
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' Makefile | while IFS="$$(printf '\t')" read -r name what; do printf '  make %-12s %s\n' "$$name" "$$what"; done

site: $(READY)  ## check the example accounts and build their site into site/
	@$(BIN)/kam check --fail-on never --output-format concise
	@$(BIN)/kam build
	@echo
	@echo 'The site lies in site/. To look at it: make serve'

serve: $(READY)  ## show the site at http://127.0.0.1:8000/ and renew it while you edit
	@$(BIN)/kam serve

test: $(READY)  ## run every test, those in a real browser included
	@$(BIN)/python -m tests.browser
	@$(BIN)/python -m pytest -q -n 2 --dist loadfile

lint: $(READY)  ## check style (ruff), layout (ruff format) and types (mypy --strict)
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

messages: $(READY)  ## collect the texts, report what lacks Chinese, compile the catalogue
	@$(BIN)/python -m tools.messages

lock: $(LOCKER)  ## renew requirements.lock: newest versions, with hashes
	@$(LOCKER)/bin/uv pip compile pyproject.toml --group test --group dev --group bench --universal --python-version 3.11 \
	    --upgrade --generate-hashes --no-header --no-annotate --no-emit-index-url --quiet --output-file requirements.lock
	@echo 'requirements.lock is renewed.'

bench: $(READY)  ## measure speed beside other tools and compare with what we promise
	@$(BIN)/python -m benchmarks.bench

screenshot: $(READY)  ## renew the picture in the README
	@$(BIN)/python -m tools.screenshot

clean:  ## remove what the other targets made
	@rm -rf $(VENV) .make site dist .pytest_cache .mypy_cache .ruff_cache .hypothesis

# The environment: exactly the locked files, then this project itself, editable.
$(READY): requirements.lock pyproject.toml kam/__init__.py
	@set -e; \
	for name in $(or $(PYTHON),python3 python3.14 python3.13 python3.12 python3.11 python); do \
	    if command -v "$$name" >/dev/null 2>&1 && "$$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then python=$$name; break; fi; \
	done; \
	if [ -z "$$python" ]; then echo 'kam needs Python 3.11 or newer, and none was found. Install one, or say where: make PYTHON=/path/to/python3 site' >&2; exit 2; fi; \
	if [ ! -x $(BIN)/python ]; then \
	    "$$python" -m venv $(VENV) || { echo "$$python cannot make an environment. On Debian or Ubuntu: apt-get install python3-venv" >&2; rm -rf $(VENV); exit 2; }; \
	fi; \
	echo 'Installing what kam needs into $(VENV) …'; \
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock; \
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .; \
	mkdir -p .make; touch $@

$(LOCKER): | $(READY)
	@$(BIN)/python -m venv $@ && $@/bin/python -m pip install --quiet --disable-pip-version-check uv
