# Two commands do everything on a fresh machine: `make run` and `make test`.
FITS := import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))
# The first that runs and fits: a name on the path may be a shim without a Python behind it.
PYTHON ?= $(shell for p in python3.13 python3.12 python3.11 python3; do \
  if $$p -c '$(FITS)' 2>/dev/null; then echo $$p; break; fi; done)
VENV := .venv
BIN := $(VENV)/bin
export VAR ?= var
export HOST ?= 127.0.0.1
export PORT ?= 8050
SUDO := $(shell [ "$$(id -u)" = 0 ] || command -v sudo)
CUSTOMERS ?= 1000000

.PHONY: help setup setup-dev chromium run demo check fix test browser bench proof docs audit lock clean

help: ## Say what each target does
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-10s %s\n", $$1, $$2}'

$(VENV)/bin/python:
	@[ -n "$(PYTHON)" ] && $(PYTHON) -c '$(FITS)' \
	 || { echo "Python 3.11, 3.12 or 3.13 is needed and was not found. Set PYTHON=…"; exit 2; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.run: requirements.txt | $(VENV)/bin/python
	@echo "Installing what the cockpit needs (pinned, checked by hash) …"
	@if command -v uv >/dev/null; then uv pip install -q --python $(BIN)/python --require-hashes -r requirements.txt; \
	 else $(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements.txt; fi
	@touch $@

$(VENV)/.dev: requirements-dev.txt | $(VENV)/bin/python
	@echo "Installing what the tests need (pinned, checked by hash) …"
	@if command -v uv >/dev/null; then uv pip install -q --python $(BIN)/python --require-hashes -r requirements-dev.txt; \
	 else $(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements-dev.txt; fi
	@touch $@ $(VENV)/.run

setup: $(VENV)/.run ## Install what the cockpit needs

setup-dev: $(VENV)/.dev ## Install what checks and tests need, too

run: setup ## Open the cockpit; builds the demo company where there are no data yet (HOST, PORT, VAR)
	@$(BIN)/python app.py demo --if-missing
	@echo "The cockpit is at http://$(HOST):$(PORT)/ (Ctrl-C stops it)."
	@$(BIN)/python app.py serve

demo: setup ## Build the demo company again, as a new version
	$(BIN)/python app.py demo

check: setup-dev ## Format, lint, layers, types, docs
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/lint-imports
	$(BIN)/pyright
	$(BIN)/python docs/generate.py --check

fix: setup-dev ## Format and mend what can be mended
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

chromium:
	@if ! command -v chromium >/dev/null || ! fc-list 2>/dev/null | grep -qi noto.*cjk; then \
	  echo "Installing Chromium and Chinese fonts with apt, for the browser tests …"; \
	  $(SUDO) apt-get update -qq && \
	  DEBIAN_FRONTEND=noninteractive $(SUDO) apt-get install -y -qq chromium fontconfig fonts-noto-cjk >/dev/null; fi

test: setup-dev chromium ## Run all tests, the browser's included
	$(BIN)/python -m pytest -n 3 --no-loadscope-reorder

browser: setup-dev chromium ## Run the browser tests only
	$(BIN)/python -m pytest -m browser tests/browser

bench: setup-dev ## Time every page's questions at CUSTOMERS customers (1,000,000)
	$(BIN)/python -m benchmarks.pages --customers $(CUSTOMERS)

proof: setup-dev chromium ## Full counts, load and timing; writes docs/proof.md
	$(BIN)/python -m benchmarks.proof

docs: setup-dev ## Write the generated parts of the documentation again
	$(BIN)/python docs/generate.py

audit: setup-dev ## Look the pinned packages up among known vulnerabilities, list them in VAR/sbom.json; asks the network
	@mkdir -p "$(VAR)"
	@# Strict: a package that could not be looked up is a failure, and would be missing in the list.
	$(BIN)/pip-audit --strict --disable-pip --require-hashes -r requirements.txt -f cyclonedx-json -o "$(VAR)/sbom.json"

lock: ## Pin and hash the packages again from pyproject.toml
	uv pip compile --universal --generate-hashes --python-version 3.11 -q pyproject.toml -o requirements.txt
	uv pip compile --universal --generate-hashes --python-version 3.11 -q pyproject.toml --group dev -c requirements.txt -o requirements-dev.txt

clean: ## Remove the environment; data under VAR stay
	rm -rf $(VENV)
