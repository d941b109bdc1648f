# The commands of the project; `make help` lists them. Needed on the machine: Python 3.11 or newer, git, make.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help
MAKEFLAGS += --no-builtin-rules

VENV ?= .venv
BIN := $(VENV)/bin
PYTHONS := python3.14 python3.13 python3.12 python3.11 python3 python
# The newest Python on PATH that can make a virtual environment (Debian ships `ensurepip` apart).
SUITABLE := import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))
PYTHON ?= $(shell for name in $(PYTHONS); do if $$name -c '$(SUITABLE)' 2>/dev/null; then echo $$name; break; fi; done)
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check

# Stamps: set-up is done again only when what it installs from has changed.
RUNTIME := $(VENV)/.runtime
TEST := $(VENV)/.test
DEV := $(VENV)/.dev

STARTER := fixtures/repositories/saas-starter
CONFORMANCE := tests/conformance
NODE_MODULES := $(CONFORMANCE)/node_modules/.package-lock.json
# Arguments for pytest, as in `make test ARGS='-k routes -x'`.
ARGS ?=
# Another repository for `demo`, `conformance` and `bench`; it reaches the shell through the environment alone.
REPO ?=
export REPO

.PHONY: help
help: ## what can be made
	@echo 'make TARGET [NAME=value]'
	@sed -nE 's/^([a-z]+):[^#]*## (.*)/  \1|\2/p' $(MAKEFILE_LIST) | while IFS='|' read -r name what; do printf '  %-14s %s\n' $$name "$$what"; done

$(BIN)/python:
	@if [ -z '$(PYTHON)' ]; then echo 'No Python 3.11 or newer that can make a virtual environment (modules venv and ensurepip) is on PATH; install one, or name it: make PYTHON=/path/to/python3.12' >&2; exit 1; fi
	@echo 'Setting up $(VENV) with $(PYTHON) …' >&2
	@$(PYTHON) -m venv $(VENV)

$(RUNTIME): pyproject.toml | $(BIN)/python
	@$(PIP) install --editable . >&2
	@touch $@

$(TEST): pyproject.toml $(RUNTIME)
	@$(BIN)/python .ci/group.py test | $(PIP) install --requirement /dev/stdin >&2
	@touch $@

$(DEV): pyproject.toml $(TEST)
	@$(BIN)/python .ci/group.py dev | $(PIP) install --requirement /dev/stdin >&2
	@touch $@

.PHONY: setup
setup: $(DEV) ## the virtual environment with everything for development

# Without REPO, the starter that ships with the project is copied out, so that it is a repository of its own.
.PHONY: demo
demo: $(RUNTIME) ## section 2 filled for the shipped starter, as a whole document; REPO=path for another repository
ifneq ($(REPO),)
	@$(BIN)/prefill "$$REPO"
else
	@folder=$$(mktemp -d) && trap 'rm -rf "$$folder"' EXIT && cp -R $(STARTER) "$$folder/saas-starter" && $(BIN)/prefill "$$folder/saas-starter"
endif

.PHONY: test
test: $(TEST) ## the tests; ARGS='-k routes' goes to pytest
	@$(BIN)/pytest $(ARGS)

# Not `npm ci`: it refuses a lockfile that lacks the optional packages of systems that the registry at hand does not offer.
$(NODE_MODULES): $(CONFORMANCE)/package-lock.json
	@command -v npm >/dev/null || { echo 'make conformance compares with the tools of the Node world and needs Node 20 or newer with npm on PATH; nothing else here does.' >&2; exit 1; }
	@cd $(CONFORMANCE) && npm install --no-save --ignore-scripts --no-audit --no-fund --loglevel=error >&2
	@touch $@

.PHONY: conformance
conformance: $(TEST) $(NODE_MODULES) ## agreement with TypeScript, Next.js, drizzle-kit … (needs Node); REPO=path compares on a checkout
	@$(BIN)/pytest $(CONFORMANCE) $(ARGS)

.PHONY: lint
lint: $(DEV) ## ruff: rules and format
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check

.PHONY: types
types: $(DEV) ## mypy (strict), and pyright where Node is installed
	@$(BIN)/mypy
	@if command -v node >/dev/null; then $(BIN)/pyright --pythonpath $(BIN)/python; else echo 'pyright left out: it needs Node on PATH.' >&2; fi

.PHONY: contracts
contracts: $(DEV) ## the layers, by import-linter
	@$(BIN)/lint-imports

.PHONY: coverage
coverage: $(TEST) ## the tests with branch coverage
	@$(BIN)/pytest --cov --cov-report=term $(ARGS)

.PHONY: bench
bench: $(RUNTIME) ## what start-up costs; REPO=path: how long a whole run on it takes
ifneq ($(REPO),)
	@$(BIN)/python bench/times.py "$$REPO"
else
	@$(BIN)/python bench/startup.py $(ARGS)
endif

.PHONY: clean
clean: ## remove what the other targets made, the virtual environment included
	@if [ -e $(VENV)/pyvenv.cfg ]; then rm -rf $(VENV); fi
	@rm -rf build dist *.egg-info .coverage .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache $(CONFORMANCE)/node_modules
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
