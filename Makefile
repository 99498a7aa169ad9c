# `make` lists what there is. Everything is installed where it stands: .venv, node_modules, var.
.DEFAULT_GOAL := help
PYTHON ?= python3
VENV := .venv/bin
COMPILE = $(VENV)/uv pip compile -q $(UPGRADE) --generate-hashes --no-header --no-emit-index-url --no-emit-find-links --python-version 3.11
export FLASK_APP := wsgi

help: ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  make \1\t/' | expand -t 24

run: install ## install what is missing, prepare the demonstration and serve it (PORT, HOST override)
	@exec $(VENV)/flask serve

install: .venv/.installed app/ui/static/vendor/.prepared ## install packages for running

test: install .venv/.installed-dev .venv-tools/.installed .venv-lrs/.installed node_modules/.installed-dev ## install what the tests need and run every test
	@sh .ci/system-packages
	$(VENV)/ruff check .
	$(VENV)/ruff format --check .
	$(VENV)/mypy
	$(VENV)/lint-imports --no-cache
	$(VENV)/flask content check
	$(VENV)/pytest -n auto --dist loadfile

format: .venv/.installed-dev ## put the code into its form
	$(VENV)/ruff check --fix .
	$(VENV)/ruff format .

bench: install .venv/.installed-dev ## run the benchmarks and the scorers (reads ../shared)
	sh bench/run

bench-training: install .venv/.installed-dev ## measure the page of a module's measures with two million attempts
	@$(VENV)/python -m bench.training

bench-codes: install .venv/.installed-dev ## draw ten million codes of signposts, and guess at a million
	@$(VENV)/python -m bench.codes

bench-joint: install .venv/.installed-dev ## a joint session with forty telephones, and the server killed in it
	@$(VENV)/python -m bench.joint

bench-directory: install .venv/.installed-dev ## measure the directory: imports, going live, kills, our own output (reads ../shared)
	@$(VENV)/python bench/directory.py

attack: install .venv/.installed-dev .venv-attack/.installed ## attack the running application with a scanner (six minutes)
	@$(VENV)/python bench/attack.py

hazards: .venv/.installed ## write the hazard log from its files
	$(VENV)/python -m app.content.hazards

asvs: .venv/.installed-dev ## write the table of OWASP ASVS from its file
	$(VENV)/python supply/asvs.py

register: .venv/.installed ## write what is kept, and how long, into the papers, from content/register.yaml
	$(VENV)/python -m app.content.papers

lock: .venv/.installed-dev ## lock the requirements files again, with hashes
	$(COMPILE) requirements.in -o requirements.txt
	$(COMPILE) requirements-dev.in -o requirements-dev.txt
	$(COMPILE) requirements-tools.in -o requirements-tools.txt
	$(COMPILE) bench/attack.in -o bench/attack.txt
	$(COMPILE) bench/lrs.in -o bench/lrs.txt

update: UPGRADE = --upgrade
update: lock ## lock the newest versions that the files allow, and show what changed
	@npm update --package-lock-only --ignore-scripts --silent
	@npm outdated || true
	@$(VENV)/python -m supply.changes

audit: .venv-tools/.installed ## ask the databases of known vulnerabilities (error 1: found, 3: not run)
	@$(VENV)/python -m supply.audit

licences: .venv/.installed-dev .venv-tools/.installed ## write docs/security/licences.md
	@$(VENV)/python -m supply.licences

sbom: .venv/.installed ## write the software bill of materials, var/sbom.cdx.json
	@$(VENV)/python -m supply.sbom

clean: ## take away everything that was installed or made, the database too
	rm -rf .venv .venv-tools .venv-attack .venv-lrs node_modules var app/ui/static/vendor

.venv/.installed: requirements.txt
	@echo "Python packages: installing into .venv (about a minute the first time)"
	@test -x .venv/bin/python || $(PYTHON) -m venv .venv
	@$(VENV)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

.venv/.installed-dev: requirements-dev.txt .venv/.installed
	@echo "Test packages: installing into .venv"
	@$(VENV)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@

.venv-tools/.installed: requirements-tools.txt .venv/.installed-dev
	@echo "Checkers: installing into .venv-tools"
	@$(VENV)/uv venv -q --clear --python .venv/bin/python .venv-tools
	@$(VENV)/uv pip install -q --system-certs --python .venv-tools --require-hashes -r requirements-tools.txt
	@touch $@

.venv-attack/.installed: bench/attack.txt .venv/.installed-dev
	@echo "Scanner: installing into .venv-attack"
	@$(VENV)/uv venv -q --clear --python .venv/bin/python .venv-attack
	@$(VENV)/uv pip install -q --system-certs --python .venv-attack --require-hashes -r bench/attack.txt
	@touch $@

.venv-lrs/.installed: bench/lrs.txt .venv/.installed-dev
	@echo "Learning record store: installing into .venv-lrs"
	@$(VENV)/uv venv -q --clear --python .venv/bin/python .venv-lrs
	@$(VENV)/uv pip install -q --system-certs --python .venv-lrs --require-hashes -r bench/lrs.txt
	@touch $@

app/ui/static/vendor/.prepared: package-lock.json app/ui/vendor.py .venv/.installed
	@echo "Front-end packages: fetching and preparing"
	@npm ci --silent --ignore-scripts --omit=dev
	@$(VENV)/python -m app.ui.vendor
	@touch $@

node_modules/.installed-dev: app/ui/static/vendor/.prepared
	@echo "Front-end packages for the tests: fetching"
	@npm ci --silent --ignore-scripts
	@touch $@

.PHONY: help run install test format bench bench-codes bench-joint bench-directory bench-training attack hazards asvs register lock update audit licences sbom clean
