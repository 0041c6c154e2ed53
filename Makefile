# Everything a person or CI does with this repository; `make help` lists it.
BIN = .venv/bin
HOST ?= 127.0.0.1
PORT ?= 8000
SANDBOX_PORT ?= 8001
export HOST PORT SANDBOX_PORT
KEYWORDS = --no-default-keywords -k both -k only -k message -k both_n:1,2
MO = translations/ko/LC_MESSAGES/messages.mo translations/en/LC_MESSAGES/messages.mo

help: ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/' | expand -t 16

run: setup ## set everything up, then start the site and the sandbox
	@$(BIN)/python tools/run.py

setup: build/python build/assets $(MO) ## install, build, compile

build/python: requirements-dev.txt
	@mkdir -p build
	@test -x $(BIN)/python || python3 -m venv .venv || { echo "python3-venv is missing: apt-get install python3-venv"; exit 1; }
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@

node_modules/.package-lock.json: package.json package-lock.json
	@npm ci --silent --no-audit --no-fund
	@touch $@

build/assets: node_modules/.package-lock.json build.mjs $(wildcard static/css/* static/js/* static/img/*)
	@mkdir -p build
	@npm run --silent build
	@touch $@

%.mo: %.po build/python
	@$(BIN)/pybabel -q compile -i $< -o $@

messages: build/python ## bring the catalogues up to date with the sources
	@$(BIN)/python tools/messages.py

test-deps: ## what the tests need of the system: Chromium and a Hangul font
	@sh tools/test-deps.sh

test: setup test-deps ## all tests, those in the browser too
	@$(BIN)/python -m pytest -q -n 2

check: setup test-deps ## everything CI runs
	$(BIN)/ruff format --check kosme_web tests tools wsgi.py
	$(BIN)/python tools/messages.py --check
	$(BIN)/python -m pytest -q -n 2

format: build/python ## format the sources
	@$(BIN)/ruff format kosme_web tests tools wsgi.py

.PHONY: help run setup messages test-deps test check format
