# make run: set everything up and clean the seed.   make test: set everything up and run the tests.
VENV := .venv
BIN := $(VENV)/bin
SETUP := $(VENV)/.installed
SEED := seeds/000_8fef2ae59e9b698d.txt

.PHONY: run test docs screenshots lint format audit stress chaos fuzz quality speed bulk-speed train cv-page cv-text insertions clean

# Pages with the article that a person found in them: see benchmarks/gold_pages.py for the layouts that are read.
CORPORA ?= corpora
# For a quick look: make speed CORPORA=... LIMIT="--limit 20"
LIMIT ?=

$(SETUP): pyproject.toml constraints.txt
	test -x $(BIN)/python || python3 -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check \
		--constraint constraints.txt --editable '.[dev]'
	touch $@

# The tables of words, which the package is built with. Without them, or with old ones, every run reads the files.
TABLES := cleaners/words/words.tables

$(TABLES): $(SETUP) $(wildcard cleaners/words/*.toml cleaners/words/*.py)
	$(BIN)/python -m cleaners.words.compile

# Compiled modules, as pip makes them where a package is installed: not every user's Python may write them.
COMPILED := $(VENV)/.compiled

$(COMPILED): $(TABLES) $(shell find cleaners scraper pipelines -name '*.py')
	$(BIN)/python -m compileall -q cleaners scraper pipelines
	touch $@

run: $(COMPILED)
	$(BIN)/clean --explain $(SEED)
	@echo
	$(BIN)/clean --photos $(SEED)
	@echo
	$(BIN)/clean $(SEED)

# The packages that pipelines/ is a step of, and what drives a browser: large ones, for the tests alone.
PIPELINES := $(VENV)/.pipelines

$(PIPELINES): $(SETUP)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check \
		--constraint constraints.txt --editable '.[dev,pipelines,browser]'
	touch $@

# The tests that measure time come last and alone: beside others they would measure those too.
test: $(COMPILED) $(PIPELINES)
	$(BIN)/python -m pytest -n 2 -m "not speed" --cov=cleaners --cov=scraper \
		--cov-report=term:skip-covered --cov-fail-under=95
	$(BIN)/python -m pytest -m speed tests

# The long forms of the short tests: 50 MB, a line of 10 MB, a million lines, more examples of every law.
stress: $(COMPILED)
	STRESS=1 $(BIN)/python -m pytest -m speed tests
	STRESS=1 HYPOTHESIS_PROFILE=stress $(BIN)/python -m pytest -n 2 tests/cleaners/test_properties.py

# The scraper, and bulk work in both its forms, killed fifty times at random moments; one of two workers ten times.
chaos: $(PIPELINES)
	CHAOS_KILLS=50 $(BIN)/python -m pytest tests/scraper/test_chaos.py tests/pipelines/test_bulk.py

# Broken and hostile input: more examples of each, and the large ones; then Atheris for an hour in all, a target after the
# other. A minute of each: make fuzz FUZZ_SECONDS=60
FUZZ_SECONDS ?= 514
FUZZED := html text feed sitemap robots sources guard

$(VENV)/.fuzz: $(SETUP)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check \
		--constraint constraints.txt --editable '.[fuzz]'
	touch $@

fuzz: $(VENV)/.fuzz $(TABLES)
	STRESS=1 HYPOTHESIS_PROFILE=stress $(BIN)/python -m pytest -n 2 tests/cleaners/test_bad_pages.py tests/fuzz
	for target in $(FUZZED); do \
		$(BIN)/python -m fuzz $$target --seconds $(FUZZ_SECONDS) || exit 1; \
	done

# Older pips stumble over an extra of lxml that newspaper4k asks for.
$(VENV)/.bench: $(SETUP)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade 'pip>=24'
	$(BIN)/python -m pip install --quiet --disable-pip-version-check \
		--constraint constraints.txt --editable '.[bench,train]'
	touch $@

# How well and how fast articles are found in pages, beside other extractors (docs/benchmarks.md).
quality: $(VENV)/.bench
	$(BIN)/python -m benchmarks.quality $(CORPORA) $(LIMIT)

speed: $(VENV)/.bench $(TABLES)
	$(BIN)/python -m benchmarks.speed $(CORPORA) $(LIMIT)
	$(BIN)/python -m benchmarks.page_speed $(CORPORA) $(LIMIT)
	$(BIN)/python -m benchmarks.text_speed $(CORPORA) $(LIMIT)

# How many pages a second, in how much memory, in each way that docs/pipelines.md names.
PAGES ?= 20000
bulk-speed: $(PIPELINES) $(TABLES)
	$(BIN)/python -m benchmarks.bulk_speed $(CORPORA) --pages $(PAGES)

# The scorers' weights from a corpora folder; and their scores on sites that were kept from the training.
train: $(VENV)/.bench
	$(BIN)/python -m training page $(CORPORA)
	$(BIN)/python -m training text $(CORPORA)
	$(BIN)/python -m training.captions $(CORPORA)
	$(BIN)/python -m training.sound $(CORPORA)

cv-page: $(VENV)/.bench
	$(BIN)/python -m training page $(CORPORA) --cv

cv-text: $(VENV)/.bench
	$(BIN)/python -m training text $(CORPORA) --cv

# Junk that nobody tuned for, and sentences of news that look like it, put into clean stories.
insertions: $(SETUP)
	$(BIN)/python -m benchmarks.insertions

# The documentation as a site, in site/; a page that is in no menu, or a link that leads nowhere, is an error.
$(VENV)/.docs: $(SETUP)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check \
		--constraint constraints.txt --editable '.[docs]'
	touch $@

# The pictures in docs/images/, taken in a browser.
screenshots: $(PIPELINES)
	SCREENSHOTS=1 $(BIN)/python -m pytest tests/browser/test_screenshots.py

docs: $(VENV)/.docs
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict --quiet

lint: $(SETUP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

# Known holes of the packages that the project is tested with, which needs an index that has data on them: where it has
# none, this says so, and with AUDIT=--strict it fails; and licences that ask for more than
# their text, or their own changes back (LGPL: Pebble, psycopg): one that is none of these is looked at by a person.
LICENCES := MIT;BSD;Apache;MPL;Mozilla;PSF;ISC;Python Software Foundation;ZPL;Zope;HPND;CC0;LGPL

# Packages that do not say their licence to pip: Atheris' is Apache's, that of axe for Playwright MIT's.
SILENT := atheris axe-playwright-python

audit: $(SETUP)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[audit]'
	$(BIN)/pip-licenses --partial-match --allow-only="$(LICENCES)" --ignore-packages $(SILENT) > /dev/null
	rm -f $(VENV)/audit.json
	-$(BIN)/pip-audit --requirement constraints.txt --no-deps --disable-pip --progress-spinner off \
		--format json --output $(VENV)/audit.json 2> $(VENV)/audit.log || cat $(VENV)/audit.log
	$(BIN)/python .ci/audit.py $(VENV)/audit.json $(AUDIT)

format: $(SETUP)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis .coverage dist build site man
