# Kumppani on one machine. `make up` and `make test` need Python 3.11 or newer and the package registries.
PORT ?= 8000
VAR ?= var
BIN := .venv/bin
CODE := chassis trade services gateway web migrations kumppani

# The whole suite is to end within this many seconds on two cores.
TEST_BUDGET := 360
WORKERS ?= 2

.PHONY: up help test check bench images sbom audit docs pictures lock installed browser
.DEFAULT_GOAL := up

up: installed ## the whole product at http://127.0.0.1:$(PORT), its data in $(VAR)
	@PORT='$(PORT)' VAR='$(VAR)' exec $(BIN)/kumppani up

help: ## what make can do
	@sed -nE 's/^([a-z]+):.*## (.*)/  \1|\2/p' Makefile | while IFS='|' read -r name says; do printf '  %-10s %s\n' $$name "$$says"; done

# Compiled code is kept even where the environment tells Python not to: tests start many processes.
test: installed browser ## every test
	@began=$$(date +%s); \
	PYTHONDONTWRITEBYTECODE= $(BIN)/python -m pytest -n $(WORKERS) --dist loadscope $(ARGS) || exit $$?; \
	took=$$(( $$(date +%s) - began )); echo "The suite took $$took s; its budget is $(TEST_BUDGET) s on two cores."

check: installed ## format, lint, types, import contracts, generated files, schema, translations, dead code
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/ty check --quiet $(CODE)
	$(BIN)/lint-imports --no-cache
	$(BIN)/python -m tests.support.documents --check
	$(BIN)/python -m tests.support.schema
	$(BIN)/python -m web.texts
	$(BIN)/python -m tests.support.dead_code
	$(BIN)/djlint --quiet --lint --profile jinja --ignore J018 web/templates
	@if [ -d docker ]; then set -x; $(BIN)/hadolint docker/*Dockerfile*; fi

bench: installed ## measures, and writes bench/report.md
	$(BIN)/python -m bench

images: sbom ## container images of the five deployables, and what is in them
	docker compose -f docker/compose.yaml build

# Tools of a moment, each at one version and in an environment of its own; both ask the package registry.
sbom: installed ## what the images are made of (CycloneDX), in $(VAR)/sbom
	@mkdir -p '$(VAR)/sbom'
	for share in service web; do $(BIN)/uv tool run --quiet --from cyclonedx-bom==7.5.0 cyclonedx-py requirements \
		docker/$$share.lock --output-reproducible --of JSON -o '$(VAR)/sbom/'$$share.cdx.json || exit; done

audit: installed ## known vulnerabilities of what is installed: asks the package registries
	$(BIN)/uv tool run --quiet --from pip-audit==2.10.1 pip-audit --disable-pip --requirement requirements.lock
	npm audit --prefix web --audit=true

docs: installed ## the generated pages of docs/, and the services' documents that the gateway is made with
	$(BIN)/python -m tests.support.documents

pictures: installed browser ## the README's pictures, of a demo city started for them
	$(BIN)/python -m tests.support.pictures

LOCK := $(BIN)/uv pip compile -q --generate-hashes --no-emit-index-url --no-annotate --universal --python-version 3.11 pyproject.toml

lock: installed ## requirements.lock anew from pyproject.toml, and the images' shares of it
	$(LOCK) --all-extras -o requirements.lock
	$(LOCK) --extra service -c requirements.lock -o docker/service.lock
	$(LOCK) --extra web -c requirements.lock -o docker/web.lock

installed: ## .venv with exactly what requirements.lock names; does nothing when that is done
	@VAR='$(VAR)' sh kumppani/install.sh

browser: ## the browser of the tests and the pictures
	@$(BIN)/python -m tests.support.browser
