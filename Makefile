# TXNG: every command a person needs. On a fresh machine only Python 3.11+ and make are required.
PYTHON ?= python3
PORT ?= 8000
SERVE ?= 1
VENV := .venv
BIN := $(VENV)/bin
export PYTHONWARNINGS ?= default
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.DEFAULT_GOAL := help
.PHONY: help demo test check run bench requirements assets messages fix lint types kill races postgres browser office hooks lock clean

help: ## list the targets
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-14s %s\n", $$1, $$2}'

demo: $(VENV)/base ## set up, run the main job on the seeds' cases, then serve (SERVE=0 to end, PORT= to choose)
	@TXNG_DEMO=1 TXNG_VAR=var/demo $(BIN)/python manage.py demo --port $(PORT) $(if $(filter 0,$(SERVE)),--no-serve)

test: $(VENV)/dev ## set up and pass the tests (SQLite)
	@echo "== compiling messages"
	@TXNG_DEMO=1 $(BIN)/python manage.py messages --compile
	@echo "== running the tests"
	@$(BIN)/pytest -q -n auto --dist loadfile -m "not postgres and not browser and not kill and not office" $(REPORT) $(if $(k),-k "$(k)")

# Each run of tests leaves a report of what passed.
REPORT = --junitxml=var/reports/$@.xml

check: $(VENV)/dev lint types kill postgres browser office requirements bench ## all gates, as CI runs them after make test

run: $(VENV)/base ## serve the demo's data without running the main job again
	@TXNG_DEMO=1 TXNG_VAR=var/demo $(BIN)/python manage.py serve --port $(PORT)

lint: $(VENV)/dev ## style of code and templates, layers, migrations, settings
	@echo "== ruff"; $(BIN)/ruff check . && $(BIN)/ruff format --check .
	@echo "== djlint"; $(BIN)/djlint templates --check --lint
	@echo "== layers"; $(BIN)/lint-imports
	@echo "== django"; TXNG_DEMO=1 $(BIN)/python manage.py check --fail-level WARNING
	@TXNG_DEMO=1 $(BIN)/python manage.py makemigrations --check --dry-run

types: $(VENV)/dev ## mypy --strict
	@echo "== mypy"; TXNG_DEMO=1 $(BIN)/mypy config workflows reports stamps documents lots onboarding projects privacy registry imports notices worktime jobs people gs1

requirements: $(VENV)/dev ## rows of docs/requirements.csv covered by passing tests (REPORTS: of runs of tests, to read)
	@TXNG_DEMO=1 $(BIN)/python manage.py messages --compile
	@$(BIN)/python -m tests.requirements $(wildcard $(REPORTS))

kill: $(VENV)/dev ## start processes, kill -9 them in the middle, and look what is left
	@echo "== kill -9"
	@$(BIN)/pytest -q -n auto -m kill $(REPORT)

races: $(VENV)/dev ## the duels and the killed web process in full numbers (DUELS pairs of each of four kinds, KILLS)
	@DUELS=$${DUELS:-250} KILLS=$${KILLS:-200} $(BIN)/pytest -q -s -p no:randomly tests/races

# Who may do what does not hang on the database: of the URL matrix only the pages themselves are opened there.
NOT_ON_POSTGRES := --ignore=tests/access/test_headers.py --ignore=tests/access/test_every_export.py \
	--deselect=tests/access/test_every_url.py::test_foreign_objects_are_answered_like_missing_ones \
	--deselect=tests/access/test_every_url.py::test_put_and_delete_do_nothing

postgres: $(VENV)/dev ## the suite on PostgreSQL but for what never meets a database (DATABASE_URL; ROOMS= for these folders of tests only)
	@echo "== PostgreSQL"
	@TXNG_ONLY_DATABASE=1 TXNG_ROOMS="$(ROOMS)" DATABASE_URL=$${DATABASE_URL:-postgresql://postgres@127.0.0.1:5432/postgres} $(BIN)/pytest -q -n auto --dist loadfile -m "not browser and not kill and not office" $(NOT_ON_POSTGRES)

browser: $(VENV)/dev ## the tests that drive Chromium (CHROMIUM=path)
	@echo "== browser"
	@TXNG_DEMO=1 $(BIN)/python manage.py messages --compile
	@$(BIN)/pytest -q -n auto --dist worksteal -m browser $(REPORT)

office: $(VENV)/dev ## the tests that convert papers with LibreOffice
	@echo "== LibreOffice"
	@$(BIN)/pytest -q -m office $(REPORT)

bench: $(VENV)/dev ## ratios, each measured within one run, to benchmarks/latest.json
	@$(BIN)/python -m benchmarks

assets: ## rebuild static/ from assets/ (needs Node; the result is committed)
	npm ci --ignore-scripts && npm run build

messages: $(VENV)/dev ## collect the interface's messages into locale/vi and compile them
	@TXNG_DEMO=1 $(BIN)/python manage.py messages

fix: $(VENV)/dev ## format code and templates
	@$(BIN)/ruff check --fix . ; $(BIN)/ruff format . ; $(BIN)/djlint templates --reformat --quiet

hooks: $(VENV)/dev ## run the quick gates before every commit
	@git config core.hooksPath .hooks && echo "hooks installed: .hooks/pre-commit"

lock: $(VENV)/dev ## lock the requirements again after a change of pyproject.toml
	$(BIN)/pip-compile --quiet --generate-hashes --strip-extras --no-emit-index-url --no-emit-trusted-host --no-emit-options --no-header --allow-unsafe -o requirements/base.txt pyproject.toml
	$(BIN)/pip-compile --quiet --generate-hashes --strip-extras --no-emit-index-url --no-emit-trusted-host --no-emit-options --no-header --allow-unsafe --extra dev --extra postgres -o requirements/dev.txt pyproject.toml

clean: ## remove the environment and everything a run made
	rm -rf $(VENV) var .pytest_cache .mypy_cache .ruff_cache

# --- the environment --------------------------------------------------------------------------
$(VENV)/python:
	@$(PYTHON) tools/check_python.py
	@echo "== creating $(VENV)"
	@$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/base: requirements/base.txt | $(VENV)/python
	@echo "== installing what TXNG needs (once, about a minute)"
	@$(BIN)/python -m pip install --quiet --require-hashes --requirement requirements/base.txt
	@touch $@

$(VENV)/dev: requirements/dev.txt | $(VENV)/python
	@echo "== installing what TXNG and its tests need (once, about two minutes)"
	@$(BIN)/python -m pip install --quiet --require-hashes --requirement requirements/dev.txt
	@touch $@ $(VENV)/base
