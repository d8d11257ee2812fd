# `make` alone lists the targets. Python 3.11 or newer is all they need; name one with
# PYTHON=/path/to/python3 if the first on the PATH is not it.
.DEFAULT_GOAL := help
.PHONY: help up stop test browser bench bench-quick check fix assets setup lock lock-jars
.PHONY: clean clean-data conformance
.PHONY: environment-local environment-dev

PYTHON ?=
ARGS ?=
IN := .venv/bin/

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-11s %s\n", $$1, $$2 }' Makefile

up: environment-local ## Bring up everything and serve it; Ctrl-C stops it
	@exec $(IN)signpost up --with-parent

stop: ## Stop what `make up` or `signpost neo4j start` left running
	@test ! -x $(IN)signpost || $(IN)signpost stop

test: environment-dev assets ## Run the tests, with a Neo4j of their own (ARGS="-k rugby")
	@$(IN)pytest -m "not browser" $(ARGS)

browser: environment-dev assets ## Run the tests in Chromium, installed if need be
	@chromium=$$(sh tools/chromium.sh) && CHROMIUM="$$chromium" $(IN)pytest -m browser $(ARGS)

bench: environment-dev ## Measure on a graph of England's size, beside its peers; ten minutes
	@$(IN)signpost bench run $(ARGS)

bench-quick: environment-dev ## The same in a minute or two, without writing it down
	@$(IN)signpost bench run --quick $(ARGS)

conformance: environment-dev ## Hold /fhir to HL7's validator, by HAPI's client
	@$(IN)python tools/conformance/check.py $(ARGS)

check: environment-dev ## Check style, types, the contract and the container files
	$(IN)ruff check
	$(IN)ruff format --check
	$(IN)pyright
	$(IN)python -m api.check_promises
	$(IN)yamllint --strict docker-compose.yml
	$(if $(wildcard $(IN)hadolint),$(IN)hadolint Dockerfile)

fix: environment-dev ## Mend what the checkers can mend by themselves
	$(IN)ruff check --fix
	$(IN)ruff format

assets: environment-local ## Build the pages from web/, unless they are built
	@$(IN)signpost assets

setup: environment-dev ## Make the environment of a developer in .venv

lock: environment-dev ## Write the locks of packages anew (UPGRADE=1 takes newer ones)
	@sh tools/lock.sh

lock-jars: environment-dev ## Write the locks of Neo4j's and HAPI's jars anew
	@$(IN)python tools/lock_jars.py

clean: stop ## Remove what was built in this checkout; data and jars stay
	rm -rf .venv .venv.lock .node .web.lock web/node_modules api/web bench/peers/node_modules
	rm -rf docs/examples/typescript/node_modules tests/clients/node_modules docs/examples/java/lib .pytest_cache .ruff_cache .hypothesis .coverage build dist
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

clean-data: environment-local stop ## Remove the local directory: all data in SIGNPOST_HOME
	@$(IN)signpost neo4j remove

environment-local:
	@python=$$(sh tools/python.sh $(PYTHON)) && "$$python" tools/environment.py local

environment-dev:
	@python=$$(sh tools/python.sh $(PYTHON)) && "$$python" tools/environment.py dev
