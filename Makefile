# Mavaze. `make run` opens the dashboard, `make test` checks everything, `make help` lists the rest.

PORT ?= 8501
VENV ?= .venv
# A Python 3.12 or 3.13 to build on; found by itself when it is not given.
PYTHON ?=
# "no" leaves out the tests that need a browser.
BROWSER_TESTS ?= yes
# One more than there are processors: a test in the browser, or one of a schedule, mostly waits.
WORKERS ?= $(shell expr $$(getconf _NPROCESSORS_ONLN) + 1)

PY := $(VENV)/bin/python
PIP := $(PY) -m pip --disable-pip-version-check --no-input

.PHONY: run prepare test lint format constraints clean help
.DEFAULT_GOAL := help

run: prepare  ## open the dashboard on localhost (PORT=8501)
	@$(PY) -c 'import socket as s; p = s.socket(); p.setsockopt(s.SOL_SOCKET, s.SO_REUSEADDR, 1); p.bind(("127.0.0.1", $(PORT)))' 2>/dev/null \
	  || { echo "Port $(PORT) is in use or cannot be used. Choose another one, for example: make run PORT=8601" >&2; exit 1; }
	@if [ -n "$$DISPLAY$$WAYLAND_DISPLAY" ] && command -v xdg-open >/dev/null 2>&1; then headless=false; else headless=true; fi; \
	  echo "The dashboard is at http://127.0.0.1:$(PORT) (Ctrl+C ends it)."; \
	  exec $(PY) -m streamlit run dashboard.py --server.port $(PORT) --server.headless $$headless

# The dashboard can extract the seeds itself; prepared, its first view opens at once.
prepare: $(VENV)/.stamp-run
	@$(PY) -m analysis.export.prepared

test: $(VENV)/.stamp-dev lint  ## check the style, the types, the imports and run all tests
	@if [ "$(BROWSER_TESTS)" = no ]; then exec $(PY) -m pytest -n $(WORKERS) --dist worksteal -m "not browser"; fi; \
	  MAVAZE_CHROMIUM=$$(sh tools/setup.sh browser) || exit 1; export MAVAZE_CHROMIUM; \
	  exec $(PY) -m pytest -n $(WORKERS) --dist worksteal

lint: $(VENV)/.stamp-dev  ## check the style, the types and the direction of imports
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy
	$(PY) $(VENV)/bin/lint-imports --no-logo

format: $(VENV)/.stamp-dev  ## lay the code out and mend what ruff can mend
	$(PY) -m ruff format .
	$(PY) -m ruff check --fix .

constraints: $(VENV)/.stamp-dev  ## bring constraints.txt up to date after a change of requirements*.txt
	sh tools/setup.sh constraints "$(PY)"

clean:  ## remove the environment and every cache
	rm -rf "$(VENV)" .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

help:  ## this list
	@sed -n 's/^\([a-z]*\):.*  ## /  make \1 :/p' Makefile | sed 's/ :/	/'

# The stamps make an unchanged set-up cost nothing. They depend on the interpreter as well, so that an environment
# whose Python went away is made again.
$(VENV)/.stamp-run: requirements.txt constraints.txt $(PY)
	@sh tools/setup.sh venv "$(VENV)" "$(PYTHON)"
	@echo "Installing requirements.txt into $(VENV) (about a minute the first time)"
	@$(PIP) install --quiet -r requirements.txt
	@touch $@

$(VENV)/.stamp-dev: requirements-dev.txt $(VENV)/.stamp-run
	@echo "Installing requirements-dev.txt into $(VENV)"
	@$(PIP) install --quiet -r requirements-dev.txt
	@touch $@

$(PY):
	@sh tools/setup.sh venv "$(VENV)" "$(PYTHON)"
