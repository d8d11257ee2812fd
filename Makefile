# `make` alone lists the targets. A Python 3.11 or newer is all they need.
.DEFAULT_GOAL := help
.PHONY: help setup up

PYTHON ?=
RUN := .venv/bin/

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / { printf "make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: ## Make the environment of a developer in .venv
	@python=$$(sh tools/python.sh $(PYTHON)) && "$$python" tools/environment.py dev
