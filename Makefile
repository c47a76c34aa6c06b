# `make run` does the job and serves the site; `make test` runs all tests; `make help` tells more.
# Needs Python 3.11+ and Node 20+. Everything else is set up here, inside the checkout.

VENV := .venv
BIN := $(VENV)/bin
UV := $(BIN)/uv pip
UV_PYTHON_ARGS := --python $(BIN)/python
RUN_OPTIONS := $(if $(PORT),--port $(PORT)) $(ARGS)
RODEDRAAD_HOME ?= $(CURDIR)/var
NO_PACKAGES = { echo "The packages could not be fetched: see the message above." \
	"With a mirror or a proxy of your own, see docs/how-to/install.md." >&2; exit 1; }
export RODEDRAAD_HOME

.PHONY: run sign-in demo test check format lock clean help
.DEFAULT_GOAL := help

run: $(VENV)/run.stamp ## set up, do the main job, print where the report lies, serve the site
	@$(BIN)/rodedraad run $(RUN_OPTIONS)

sign-in: $(VENV)/run.stamp ## print how to sign in, with a fresh code
	@$(BIN)/rodedraad sign-in

demo: $(VENV)/run.stamp ## set up and write the report and its tables to out/, without a server
	@$(BIN)/rodedraad demo --out out $(ARGS)

test: $(VENV)/dev.stamp ## set up and run all tests, those in Chromium included
	@$(BIN)/python -c 'from rodedraad.web.catalogs import catalogs_compile; catalogs_compile()'
	@CHROMIUM=$$(sh scripts/find-chromium) || exit 1; export CHROMIUM; \
	unset RODEDRAAD_HOME; $(BIN)/python -m pytest $(ARGS)

check: $(VENV)/dev.stamp ## what must be right before the tests run: style, types, layers, licences
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	find src -path '*/templates/*' -name '*.html' -exec $(BIN)/djade --check --target-version 5.2 {} +
	$(BIN)/reuse lint --quiet || $(BIN)/reuse lint
	node_modules/.bin/pyright

format: $(VENV)/dev.stamp ## put code and templates in the house style
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	find src -path '*/templates/*' -name '*.html' -exec $(BIN)/djade --target-version 5.2 {} +

COMPILE := $(UV) compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header
lock: $(VENV)/uv.stamp ## write the lock files anew after a change of dependencies
	$(COMPILE) pyproject.toml --output-file requirements.lock
	$(COMPILE) pyproject.toml --group dev --constraint requirements.lock --output-file requirements-dev.lock
	echo uv | $(COMPILE) - --output-file requirements-uv.lock
	npm install --package-lock-only

clean: ## remove what was set up; the data in $RODEDRAAD_HOME stay
	rm -rf $(VENV) node_modules .ruff_cache .pytest_cache .hypothesis .import_linter_cache

help: ## this list
	@grep -hE '^[a-z-]+:.*## ' Makefile | sed -e 's/:.*## /:/' | \
	while IFS=: read -r name purpose; do printf 'make %-8s %s\n' "$$name" "$$purpose"; done

$(VENV)/uv.stamp: requirements-uv.lock
	@python=$$(sh scripts/find-python) || exit 1; \
	echo "Making $(VENV) with $$python"; "$$python" -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check \
		--require-hashes --only-binary :all: -r requirements-uv.lock || $(NO_PACKAGES)
	@touch $@

$(VENV)/run.stamp: $(VENV)/uv.stamp requirements.lock pyproject.toml package-lock.json
	@sh scripts/require-node
	@$(UV) sync $(UV_PYTHON_ARGS) --quiet --require-hashes requirements.lock || $(NO_PACKAGES)
	@$(UV) install $(UV_PYTHON_ARGS) --quiet --no-deps --editable . || $(NO_PACKAGES)
	@npm ci --omit=dev --loglevel=error || $(NO_PACKAGES)
	@rm -f $(VENV)/dev.stamp
	@touch $@

$(VENV)/dev.stamp: $(VENV)/uv.stamp requirements-dev.lock pyproject.toml package-lock.json
	@sh scripts/require-node
	@$(UV) sync $(UV_PYTHON_ARGS) --quiet --require-hashes requirements-dev.lock || $(NO_PACKAGES)
	@$(UV) install $(UV_PYTHON_ARGS) --quiet --no-deps --editable . || $(NO_PACKAGES)
	@npm ci --loglevel=error || $(NO_PACKAGES)
	@touch $(VENV)/run.stamp $@
