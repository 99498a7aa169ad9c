# `make` lists what there is. Everything is installed where it stands: .venv, node_modules, var.
.DEFAULT_GOAL := help
PYTHON ?= python3
VENV := .venv/bin
export FLASK_APP := wsgi

help: ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  make \1\t/' | expand -t 20

run: install ## install what is missing, prepare the demonstration and serve it (PORT, HOST override)
	@exec $(VENV)/flask serve

install: .venv/.installed app/ui/static/vendor/.prepared ## install packages for running

test: install .venv/.installed-dev ## install what the tests need and run every test
	@sh .ci/system-packages
	$(VENV)/ruff check .
	$(VENV)/ruff format --check .
	$(VENV)/mypy
	$(VENV)/lint-imports --no-cache
	$(VENV)/flask content check
	$(VENV)/pytest

format: .venv/.installed-dev ## put the code into its form
	$(VENV)/ruff check --fix .
	$(VENV)/ruff format .

bench: install .venv/.installed-dev ## run the benchmarks and the scorers (reads ../shared)
	sh bench/run

hazards: .venv/.installed ## write the hazard log from its files
	$(VENV)/python -m app.content.hazards

asvs: .venv/.installed-dev ## write the table of OWASP ASVS from its file
	$(VENV)/python bench/asvs.py

lock: .venv/.installed-dev ## lock requirements.in and requirements-dev.in again, with hashes
	$(VENV)/uv pip compile -q --generate-hashes --no-header --no-emit-index-url --no-emit-find-links --python-version 3.11 requirements.in -o requirements.txt
	$(VENV)/uv pip compile -q --generate-hashes --no-header --no-emit-index-url --no-emit-find-links --python-version 3.11 requirements-dev.in -o requirements-dev.txt

clean: ## take away everything that was installed or made, the database too
	rm -rf .venv node_modules var app/ui/static/vendor

.venv/.installed: requirements.txt
	@echo "Python packages: installing into .venv (about a minute the first time)"
	@test -x .venv/bin/python || $(PYTHON) -m venv .venv
	@$(VENV)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

.venv/.installed-dev: requirements-dev.txt .venv/.installed
	@echo "Test packages: installing into .venv"
	@$(VENV)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@

app/ui/static/vendor/.prepared: package-lock.json app/ui/vendor.py .venv/.installed
	@echo "Front-end packages: fetching and preparing"
	@npm ci --silent --ignore-scripts
	@$(VENV)/python -m app.ui.vendor
	@touch $@

.PHONY: help run install test format bench hazards asvs lock clean
