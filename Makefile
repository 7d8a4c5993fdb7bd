# make run    serve on http://127.0.0.1:8000 (PORT=8123 for another port)
# make test   everything, on SQLite and on PostgreSQL, with a real browser
# make check  layout, lint, types, layers, templates
# The rest: bench, lock, messages, screenshot, clean.

PYTHON ?= python3
PORT ?= 8000
WORKERS ?= 2
BIN := .venv/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-input
RUN := .venv/.run
TEST := .venv/.test
CHECK := .venv/.check
NODE := node_modules/.installed

.PHONY: run test check bench lock messages screenshot clean chromium
.DEFAULT_GOAL := run

# The invented people can be tried out, and mail is shown at /dev/mail.
run: export CLAUSEWISE_DEMO ?= true
run: export CLAUSEWISE_DEVELOPMENT ?= true
run: $(RUN) $(NODE)
	@$(BIN)/clausewise migrate
	@$(BIN)/clausewise seed
	@$(BIN)/clausewise serve --port $(PORT)

# What is imported is compiled and kept: the tests start many processes, whatever the shell says.
test: export PYTHONDONTWRITEBYTECODE =
test: $(TEST) $(NODE) chromium
	@$(BIN)/pytest -q -n $(WORKERS) --dist worksteal --db both $(ARGS)

check: $(CHECK)
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/ruff check --quiet .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo --cache-dir .cache/layers
	@$(BIN)/djlint templates --lint --quiet

bench: $(TEST) $(NODE)
	@$(BIN)/python -m bench $(ARGS)

lock: $(CHECK)
	@$(BIN)/python -m uv pip compile pyproject.toml --extra build $(LOCK) --output-file requirements/run.txt
	@$(BIN)/python -m uv pip compile pyproject.toml --extra build --extra test $(LOCK) --output-file requirements/test.txt
	@$(BIN)/python -m uv pip compile pyproject.toml --extra build --extra test --extra check $(LOCK) \
		--constraint requirements/test.txt --output-file requirements/check.txt
	@npm install --package-lock-only --ignore-scripts --silent
LOCK := --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links \
	--no-header --no-annotate --quiet $(if $(UPGRADE),--upgrade)

messages: $(TEST)
	@$(BIN)/pybabel --quiet extract --mapping app/locale/babel.cfg --project Clausewise --no-location \
		--sort-output --omit-header --output app/locale/clausewise.pot .

screenshot: $(TEST) $(NODE) chromium
	@$(BIN)/python -m tests.screenshot

clean:
	@rm -rf .venv node_modules .cache .mypy_cache .pytest_cache .ruff_cache

# What is installed follows the lock files: nothing is fetched unless one of them has changed. Most of
# what tests and checks bring is never imported, so it is not compiled before it is.
$(RUN): requirements/run.txt pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@echo "Installing what Clausewise needs to run"
	@$(PIP) --require-hashes --no-deps -r requirements/run.txt
	@$(PIP) --no-build-isolation --no-deps --no-index --editable .
	@touch $@

$(TEST): requirements/test.txt $(RUN)
	@echo "Installing what the tests need"
	@$(PIP) --no-compile --require-hashes --no-deps -r requirements/test.txt
	@touch $@

$(CHECK): requirements/check.txt $(TEST)
	@echo "Installing what the checks need"
	@$(PIP) --no-compile --require-hashes --no-deps -r requirements/check.txt
	@touch $@

$(NODE): package-lock.json package.json .npmrc
	@npm ci --silent
	@touch $@

# The browser tests take the Chromium that the machine has. Debian's is installed where that is possible.
chromium:
	@for name in chromium chromium-browser google-chrome google-chrome-stable; do \
		command -v $$name >/dev/null 2>&1 && exit 0; \
	done; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then \
		echo "Installing Chromium for the browser tests"; \
		apt-get update -qq && DEBIAN_FRONTEND=noninteractive \
			apt-get install -y -qq --no-install-recommends chromium >/dev/null 2>&1 && exit 0; \
	fi; \
	echo "****************************************************************"; \
	echo "*  No Chromium on this machine: THE BROWSER TESTS ARE SKIPPED  *"; \
	echo "****************************************************************"
