# make run    a demonstration on 127.0.0.1:8000     make test   every test, on SQLite and PostgreSQL and in Chromium
# make check  style, types, floors, translations    make bench  measurements    make faults  long fault tests
.DEFAULT_GOAL := help
.PHONY: help setup setup-dev parts run test test-sqlite test-postgresql test-browser check bench faults lock clean
VENV := .venv
BIN := $(VENV)/bin
PYTEST := $(BIN)/python -m pytest -q -p no:cacheprovider
ARGS ?=
export PIP_DISABLE_PIP_VERSION_CHECK := 1

help:
	@sed -n '1,2s/^# //p' Makefile

setup: $(VENV)/ready

$(VENV)/ready: requirements.lock requirements.in pyproject.toml tools/find_python.sh
	@python=$$(tools/find_python.sh) || exit 1; \
	[ -x $(BIN)/python ] || { echo "setup: making $(VENV) with $$python"; "$$python" -m venv $(VENV); }
	@echo "setup: installing packages"
	@$(BIN)/python -m pip install --quiet --require-hashes --requirement requirements.lock
	@$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

# What developers need besides: tests, checks, measurements.
setup-dev: $(VENV)/ready-dev

$(VENV)/ready-dev: $(VENV)/ready requirements-dev.lock
	@echo "setup: installing packages for developers"
	@$(BIN)/python -m pip install --quiet --require-hashes --requirement requirements-dev.lock
	@touch $@

parts: setup-dev
	@tools/system_parts.sh

# Which organisation: make run ORG=life-oasis
run: setup
	@$(BIN)/shounuo demo $(if $(ORG),--org $(ORG)) $(ARGS)

# Three passes; the faults tests in their short form belong to the first two.
test: parts test-sqlite test-postgresql test-browser

test-sqlite: setup-dev
	@echo "== SQLite"
	@$(PYTEST) -n 2 --dist loadfile -m "not browser" $(ARGS)

test-postgresql: setup-dev
	@echo "== PostgreSQL"
	@$(BIN)/python tools/with_postgres.py $(PYTEST) -n 2 --dist loadfile -m "(database or postgresql) and not browser" $(ARGS)

test-browser: setup-dev
	@echo "== Chromium"
	@if ls tests/browser/test_*.py >/dev/null 2>&1; then $(PYTEST) -n 2 --dist loadfile --no-loadscope-reorder -m browser $(ARGS); fi

check: setup-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(PYTEST) tests/test_floors.py
	@if [ -f tests/test_docs.py ]; then $(PYTEST) tests/test_docs.py; fi
	@if [ -f tests/test_translations.py ]; then $(PYTEST) tests/test_translations.py; fi

bench: setup-dev
	@for file in bench/bench_*.py; do $(BIN)/python "$$file" $(ARGS) || exit 1; done

faults: parts
	@SHOUNUO_FAULT_ROUNDS=$${SHOUNUO_FAULT_ROUNDS:-200} $(BIN)/python tools/with_postgres.py $(PYTEST) -s -m faults $(ARGS)
	@SHOUNUO_FAULT_ROUNDS=$${SHOUNUO_FAULT_ROUNDS:-200} $(PYTEST) -s -m faults $(ARGS)

# All platforms, all hashes, no addresses. Needs uv (pip install uv).
LOCK := uv pip compile --universal --python-version 3.11 --generate-hashes --no-annotate --no-header --quiet \
	--no-emit-index-url --no-emit-find-links
lock:
	echo "setuptools>=77" | $(LOCK) requirements.in - --output-file requirements.lock
	$(LOCK) requirements-dev.in --constraint requirements.lock --output-file requirements-dev.lock

clean:
	rm -rf $(VENV) build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis .coverage htmlcov
