# Two commands do everything: `make demo` and `make test`. Each sets up what it needs, once.
PYTHON ?= python3
BIN := .venv/bin
LOG ?=
SERVE ?= 1
RUNS ?= 200
export TANDEM_HOME ?= $(CURDIR)/.tandem

.DEFAULT_GOAL := help
.PHONY: help setup setup-dev demo test lint format bench clean

help:
	@echo "make demo             set up, run the whole loop on the sample log, open the dashboards (Ctrl-C ends)"
	@echo "make demo SERVE=0     the same, but end after the loop and print its result"
	@echo "make demo LOG=path    the same on your own event log (CSV, TSV, Parquet, XES; also .gz)"
	@echo "make test             set up what the tests need, browser included, and run them all"
	@echo "make setup | lint | format | bench | clean"

setup:
	@$(PYTHON) bootstrap.py

setup-dev:
	@$(PYTHON) bootstrap.py --dev

demo: setup
	@$(BIN)/tandem demo --runs $(RUNS) $(if $(LOG),--log "$(LOG)") $(if $(filter 0 no false,$(SERVE)),--no-serve)

lint: setup-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

test: lint
	env -u TANDEM_HOME $(BIN)/pytest -n 2 --dist loadfile --no-loadscope-reorder

format: setup-dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: setup-dev
	env -u TANDEM_HOME $(BIN)/python -m benchmarks

clean:
	rm -rf .venv build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis test-results
	rm -rf app/components/*/dist app/components/*/node_modules
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
