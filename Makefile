# Every command of the project. Each sets up what it needs on a machine that has only
# Python >= 3.11, make and a package index; `make` alone lists them.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

# Tests start our command many times: what is compiled once serves them all, whatever the machine prefers.
unexport PYTHONDONTWRITEBYTECODE

# The first interpreter that is new enough and can make an environment, or the one given: make test PYTHON=/opt/python/bin/python3
# The system's own comes first. Distributions build theirs with a profile, and the service runs on it;
# one that was built without takes 1.4 times as long for every test.
NEW_ENOUGH := import sys, ensurepip; sys.exit(sys.version_info < (3, 11))
PYTHON ?= $(shell for name in /usr/bin/python3 python3 python3.14 python3.13 python3.12 python3.11 python; do \
	$$name -c '$(NEW_ENOUGH)' 2>/dev/null && echo $$name && break; done)

VENV := .venv
BIN := $(VENV)/bin
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check
UV_VERSION := 0.13.8
COMPILE = .venv-lock/bin/uv pip compile --quiet --universal --python-version 3.11 \
	--generate-hashes --no-strip-extras --no-header --no-emit-index-url \
	--constraint constraints.in --custom-compile-command "make lock"
ARGS ?=
# How many tests run beside each other: one a core and one more, since a fifth of their time is waited for a process or a browser;
# no more than four, each with its own database.
WORKERS ?= $(shell n=$$(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2); echo $$((n < 4 ? n + 1 : 4)))
SIDE_BY_SIDE = --numprocesses=$(WORKERS) --dist=worksteal
QUICK := tests/rules tests/regulations tests/rendering tests/clock tests/docs

# --- What a person asks for ---

.PHONY: help
help: ## List these commands
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  make \1\t/' | expand -t 20

.PHONY: demo
demo: $(VENV)/product ## Start the demo with an invented committee (ARGS=--play: a transcript in the terminal)
	$(BIN)/dongthuan demo $(ARGS)

.PHONY: test
test: $(VENV)/tools browser server ## Run every test (ARGS="tests/stories -k silence" to choose)
	$(BIN)/python -m pytest $(SIDE_BY_SIDE) $(ARGS)

.PHONY: quick
quick: $(VENV)/tools ## Run the tests of rules, rule books, words and documents: what a change breaks first
	$(BIN)/python -m pytest $(SIDE_BY_SIDE) $(QUICK) $(ARGS)

.PHONY: check
check: $(VENV)/tools check-locks ## Lint, format, types, layers, lock files: what must be clean before a commit
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

.PHONY: format
format: $(VENV)/tools ## Lay the code out and mend what the linter can mend
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

.PHONY: coverage
coverage: $(VENV)/tools browser server ## Run every test and list the branches that none reached
	$(BIN)/python -m pytest $(SIDE_BY_SIDE) --cov --cov-report=term-missing $(ARGS)

.PHONY: bench
bench: $(VENV)/bench ## Measure speed and memory beside other bots, and write docs/benchmarks.md
	$(BIN)/python -m bench $(ARGS)

.PHONY: faults
faults: $(VENV)/tools ## Try every fault at length and write docs/faults.md; interrupted, it goes on (SEED=… to repeat)
	$(BIN)/python -m tests.faults --workers $(WORKERS) $(if $(SEED),--seed $(SEED)) $(ARGS)

.PHONY: mutants
mutants: $(VENV)/tools ## Try whether the tests tell a small fault in any rule, and write docs/mutants.md; interrupted, it goes on
	$(BIN)/python -m tests.mutants --workers $(WORKERS) $(ARGS)

.PHONY: clients
clients: $(VENV)/clients ## Try the simulator with clients that others wrote: aiogram, pyTelegramBotAPI, grammY
	$(BIN)/python -m tests.clients $(ARGS)

.PHONY: transcripts
transcripts: $(VENV)/tools ## Play every story at BASE=<commit> and here, and compare byte for byte (ARGS="--only 'qn_*'")
	$(BIN)/python -m bench.transcripts $(BASE) $(ARGS)

.PHONY: house
house: $(VENV)/tools ## Print the size of the house and the cost of a press, at BASE=<commit> and here
	$(BIN)/python -m bench.house $(if $(BASE),--base $(BASE)) $(ARGS)

.PHONY: pictures
pictures: $(VENV)/tools browser ## Take the pictures of phones and papers for docs/ anew
	$(BIN)/python -m tests.journeys.pictures

.PHONY: wheel
wheel: $(VENV)/tools ## Pack the wheel into dist/
	$(BIN)/python -m build --wheel --no-isolation

.PHONY: lock
lock: .venv-lock/uv-$(UV_VERSION) ## Write the lock files anew (UPGRADE=--upgrade: with the newest versions allowed)
	cd requirements && for name in runtime build postgres dev bench clients; do \
		if [ $$name = runtime ]; then from=../pyproject.toml; else from=$$name.in; fi; \
		../$(COMPILE) $(UPGRADE) -o $$name.txt $$from >/dev/null; \
	done
	if command -v npm >/dev/null; then cd tests/clients && npm $(if $(UPGRADE),update,install) \
		--package-lock-only --omit-lockfile-registry-resolved --no-audit --no-fund; fi

.PHONY: clean
clean: ## Remove the environments and what the tools remember
	rm -rf $(VENV) .venv-lock tests/clients/node_modules build dist htmlcov .coverage .faults .mutants \
		.hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache

# --- What those need ---

# A lock file names versions, extras and hashes, never the place they come from.
.PHONY: check-locks
check-locks: $(VENV)/tools
	$(BIN)/python requirements/check_locks.py requirements/*.txt

$(VENV)/pyvenv.cfg:
	@[ -n "$(PYTHON)" ] || { echo 'Python 3.11 or newer is needed; name it: make PYTHON=/path/to/python3' >&2; exit 1; }
	$(PYTHON) -c '$(NEW_ENOUGH)' || { echo '$(PYTHON) is older than 3.11, or has no ensurepip (Debian: python3-venv)' >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)

# The product: its locked versions, then the checkout itself, built with the locked backend.
$(VENV)/product: $(VENV)/pyvenv.cfg requirements/runtime.txt requirements/build.txt pyproject.toml
	$(INSTALL) --require-hashes -r requirements/runtime.txt -r requirements/build.txt
	$(INSTALL) --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/tools: $(VENV)/product requirements/dev.txt
	$(INSTALL) --require-hashes -r requirements/dev.txt
	@touch $@

$(VENV)/bench: $(VENV)/product requirements/bench.txt
	$(INSTALL) --require-hashes -r requirements/bench.txt
	@touch $@

# What node runs is fetched where there is npm; without it the others are tried.
$(VENV)/clients: $(VENV)/tools requirements/clients.txt tests/clients/package-lock.json
	$(INSTALL) --require-hashes -r requirements/clients.txt
	if command -v npm >/dev/null; then npm ci --prefix tests/clients --ignore-scripts --no-audit --no-fund; fi
	@touch $@

.venv-lock/uv-$(UV_VERSION):
	$(PYTHON) -m venv .venv-lock
	.venv-lock/bin/python -m pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)
	@touch $@

# The tests of the phones' page drive Chromium. Set DONGTHUAN_CHROMIUM to use one that has another name.
.PHONY: browser
browser:
	@if [ -n "$${DONGTHUAN_CHROMIUM:-}" ]; then exit 0; fi; \
	for name in chromium chromium-browser google-chrome google-chrome-stable; do \
		if command -v $$name >/dev/null; then exit 0; fi; \
	done; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		echo 'Installing chromium, which the tests of the phones'"'"' page drive'; \
		apt-get update -qq; \
		DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
			chromium fonts-noto-color-emoji >/dev/null; \
	elif [ -n "$${CI:-}" ]; then \
		echo 'chromium is missing, and in CI the browser tests must run' >&2; exit 1; \
	else \
		echo 'chromium is missing: the browser tests will be skipped.'; \
		echo 'To run them: sudo apt-get install chromium (or set DONGTHUAN_CHROMIUM to a Chromium or Chrome).'; \
	fi

# The tests of two machines start a PostgreSQL of their own, as user postgres in a folder of its own.
.PHONY: server
server:
	@if command -v initdb >/dev/null || compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null; then exit 0; fi; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		echo 'Installing postgresql, on which the tests of two machines run'; \
		apt-get update -qq; \
		DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends postgresql >/dev/null; \
	elif [ -n "$${CI:-}" ]; then \
		echo 'postgresql is missing, and in CI the tests of two machines must run' >&2; exit 1; \
	else \
		echo 'postgresql is missing: the tests of two machines will be skipped. To run them: sudo apt-get install postgresql'; \
	fi
