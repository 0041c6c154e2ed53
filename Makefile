# Everything a person or CI does with this repository; `make help` lists it.
PYTHON ?= python3
BIN = .venv/bin
PYTHON_SOURCES = kosme_web tests tools $(wildcard bench) wsgi.py
MO = translations/ko/LC_MESSAGES/messages.mo translations/en/LC_MESSAGES/messages.mo
PINNED = --universal --generate-hashes --no-header --no-emit-index-url --python-version 3.11
# words of ours that look like slips: agencies, constants, names of schools, Latin letters in the domain
OUR_WORDS = AKS,AtMost,Nam,NAM,Thi,UE,SME,SMEs,Womans,womans
.DELETE_ON_ERROR:

help: ## list the targets
	@sed -nE 's/^([a-z-]+):[^#]*## (.*)/\1\t\2/p' Makefile | expand -t 14

run: .venv/.run static/dist/manifest.json $(MO) ## set everything up, then start the site and the sandbox
	@$(BIN)/python -m tools.run

setup: .venv/.dev static/dist/manifest.json $(MO) ## install, build and compile all that work on the code needs

# what is installed and built, each made again only when its sources changed
.venv/.run: requirements.txt tools/environment.py tools/requirements-uv.txt
	@$(PYTHON) -m tools.environment requirements.txt
	@touch $@

.venv/.dev: requirements-dev.txt .venv/.run
	@$(PYTHON) -m tools.environment requirements-dev.txt
	@touch $@

node_modules/.package-lock.json: package.json package-lock.json
	@command -v npm >/dev/null || { echo "Node.js 20 or newer with npm is needed / 필요합니다: https://nodejs.org"; exit 1; }
	@npm ci --silent --no-audit --no-fund
	@touch $@

static/dist/manifest.json: node_modules/.package-lock.json build.mjs $(shell find static/css static/js static/img -type f)
	@npm run --silent build

%.mo: %.po .venv/.run
	@$(BIN)/pybabel -q compile -i $< -o $@

messages: .venv/.run ## bring the catalogues up to date with the sources
	@$(BIN)/python -m tools.messages

lock: .venv/.dev ## choose and pin the newest versions that the ranges allow
	@$(BIN)/uv pip compile --quiet --upgrade $(PINNED) pyproject.toml -o requirements.txt
	@$(BIN)/uv pip compile --quiet --upgrade $(PINNED) pyproject.toml --group dev -o requirements-dev.txt
	@npm install --package-lock-only --omit-lockfile-registry-resolved --no-audit --no-fund

test-deps: ## install what the tests need of the system: browsers, PostgreSQL, Redis, a Hangul font
	@$(PYTHON) -m tools.system_packages

test: setup test-deps ## all tests, those in the browser too
	@$(BIN)/python -m pytest -q -rfER -n $$(($$(nproc) + 1)) --dist worksteal # many wait: for a browser, or for a site to be killed

lint: setup ## format, style, types, layers, templates, dependencies, spelling, scripts, catalogues, sizes
	$(BIN)/ruff format --quiet --check $(PYTHON_SOURCES)
	$(BIN)/ruff check --quiet $(PYTHON_SOURCES)
	$(BIN)/mypy $(PYTHON_SOURCES)
	$(BIN)/lint-imports
	$(BIN)/djlint --quiet --lint templates
	$(BIN)/deptry .
	$(BIN)/codespell -L $(OUR_WORDS) kosme_web templates static/css static/js tests tools docs *.md *.toml *.mjs
	npm run --silent lint
	$(BIN)/python -m tools.messages --check
	$(BIN)/python -m tools.sizes

check: lint test ## everything CI runs

format: setup ## put the sources into their form
	@$(BIN)/ruff format --quiet $(PYTHON_SOURCES)
	@$(BIN)/ruff check --quiet --fix $(PYTHON_SOURCES)
	@npm run --silent format

addresses: .venv/.run ## build our own copy of the nation's 6.3 million addresses, as of 2021-11
	@$(BIN)/python -m tools.addresses

addresses-bench: setup test-deps ## build that copy in SQLite and in PostgreSQL, and measure both: some 15 minutes
	@$(BIN)/python -m bench.addresses

failures: setup ## fail every outside service in every way, and print the table
	@$(BIN)/python -m pytest -q -n auto -p no:randomly tests/failures

bench: setup ## measure against the budgets, each with its ratio
	@$(BIN)/python -m bench

durability: setup test-deps ## two devices for 10,000 random steps, 1,000 kills on each database, 100,000 broken pictures
	@KOSME_STEPS=10000 KOSME_KILLS=1000 KOSME_MUTATIONS=100000 $(BIN)/python -m pytest -q -n auto tests/crash tests/resume/test_two_devices.py tests/services/test_mutated_photos.py

network: setup test-deps ## a hundred people write over a network that drops three of ten requests
	@$(BIN)/python -m bench.network

.PHONY: help run addresses addresses-bench setup messages lock test-deps test lint check format failures bench durability network
