# make run     sets everything up and serves the demonstration at http://127.0.0.1:8000
# make test    sets everything up, checks the code and runs every test on both databases
#
# PORT=8080 changes the port. ARGS="tests/schools -x" narrows what `make test` runs.
# Kept to GNU make 3.81, which macOS has.

PORT ?= 8000
PYTHON = .venv/bin/python
# What is not served to anyone may run with the key that everyone knows.
DJANGO = PLIMSOLL_DEMO=1 DJANGO_SETTINGS_MODULE=plimsoll.config.settings $(PYTHON) -m django
ARGS ?=

LANES = --dist=each --tx popen//id=sqlite --tx popen//id=postgresql --tx popen//id=browser

.PHONY: run test check fix lock bench screenshots clean
.PHONY: programs format lint types imports templates migrations documents

run: .venv/.runtime var/static/.done
	@$(PYTHON) build/serve.py --port $(PORT)

test: programs check var/assets/.done
	@$(PYTHON) -m pytest -p tests.plugins.lanes $(LANES) $(ARGS)

programs:
	@sh build/programs.sh

# `make -k check` goes on after the first that fails.
check: format lint types imports templates migrations documents

format: .venv/.dev
	.venv/bin/ruff format --check .

lint: .venv/.dev
	.venv/bin/ruff check .

types: .venv/.dev
	.venv/bin/mypy

imports: .venv/.dev
	@.venv/bin/lint-imports --no-logo

templates: .venv/.dev
	@find templates plimsoll -name '*.html' | xargs .venv/bin/djade --check --target-version 5.2

migrations: .venv/.dev
	$(DJANGO) makemigrations --check --dry-run

documents: .venv/.dev
	.venv/bin/plimsoll docs --check

fix: .venv/.dev
	.venv/bin/ruff check --fix .
	.venv/bin/ruff format .
	find templates plimsoll -name '*.html' | xargs .venv/bin/djade --target-version 5.2
	.venv/bin/plimsoll docs

bench: .venv/.dev var/assets/.done
	@$(PYTHON) -m benchmarks $(ARGS)

screenshots: .venv/.dev var/assets/.done
	@$(PYTHON) build/screenshots.py

# The locks hold hashes and no addresses.
UV = UV_PYTHON_DOWNLOADS=never .venv/bin/uv pip compile --quiet --generate-hashes --universal \
	--python-version 3.11 --no-emit-index-url --no-header

lock: .venv/.dev
	$(UV) requirements.in -o requirements.txt
	$(UV) --constraints requirements.txt requirements-dev.in -o requirements-dev.txt
	$(PYTHON) build/npm.py install --package-lock-only --omit=optional

clean:
	rm -rf .venv node_modules var/assets var/static

# --- set-up: each stamp is made when its step is done --------------------------------

export PIP_DISABLE_PIP_VERSION_CHECK = 1

.venv/.done:
	@sh build/venv.sh
	@touch $@

.venv/.runtime: .venv/.done requirements.txt
	@echo "Installing what Plimsoll needs: half a minute"
	@$(PYTHON) -m pip install -qq --require-hashes -r requirements.txt
	@touch $@

.venv/.dev: .venv/.done requirements.txt requirements-dev.txt
	@echo "Installing what Plimsoll and its tests need: a minute"
	@$(PYTHON) -m pip install -qq --require-hashes -r requirements-dev.txt
	@touch .venv/.runtime $@

node_modules/.done: package.json package-lock.json .npmrc | .venv/.runtime
	$(PYTHON) build/npm.py ci --omit=optional --loglevel=error
	@touch $@

var/assets/.done: node_modules/.done build/assets.py $(shell find static/scss -type f)
	$(PYTHON) build/assets.py
	@touch $@

var/static/.done: var/assets/.done $(shell find static -type f)
	$(DJANGO) collectstatic --clear --no-input --ignore scss --verbosity 0
	@touch $@
