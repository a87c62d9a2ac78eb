# The one vocabulary that people, CI and pre-commit share. `make help` lists it.
SHELL := /bin/bash
.DEFAULT_GOAL := help
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.ready
ARGS ?=

.PHONY: help setup serve test lint format index eval bench load train train-full clean

help: ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-11s %s\n", $$1, $$2}'

setup: $(STAMP) ## create .venv with the pinned dependencies

# The stamp is written last, so an interrupted set-up starts again; it is renewed when the lock changes.
$(STAMP): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit("celac-qa needs Python 3.11 to 3.13, this is %d.%d; set PYTHON=python3.12, say" % sys.version_info[:2] if not (3, 11) <= sys.version_info[:2] <= (3, 13) else 0)'
	@rm -f $@
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Installing the pinned dependencies into $(VENV) (some minutes the first time) ..."
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --progress-bar on -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

serve: setup ## build the index and serve the web page and the API
	@$(BIN)/celac-qa serve $(ARGS)

test: setup lint ## run everything that CI runs
	$(BIN)/python -m pytest $(ARGS)
	$(BIN)/celac-qa-eval gate

lint: setup ## check style, types, imports, dependencies and spelling
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/deptry .
	$(BIN)/codespell

format: setup ## put the code in its usual form
	$(BIN)/ruff check --fix-only .
	$(BIN)/ruff format .

index: setup ## build the search index
	@$(BIN)/celac-qa index build

eval: setup ## measure the answers and write the report
	@$(BIN)/celac-qa-eval run $(ARGS)

bench: setup ## measure start-up, latency and memory
	@$(BIN)/python -m eval.bench $(ARGS)

load: setup ## drive a server at 1, 2, 4 and 8 times its places
	@$(BIN)/python -m tests.load

train: setup ## train a tiny encoder in minutes, to try the recipe
	@$(BIN)/python -m embeddings.training train --small $(ARGS)

train-full: setup ## train the shipped encoder (hours; needs the data folder)
	@$(BIN)/python -m embeddings.training train $(ARGS)

clean: ## remove what was built, the virtual environment included
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
