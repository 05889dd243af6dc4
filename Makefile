# make run: set everything up and clean the seed.   make test: set everything up and run the tests.
VENV := .venv
BIN := $(VENV)/bin
SETUP := $(VENV)/.installed

.PHONY: run test lint format clean

$(SETUP): pyproject.toml constraints.txt
	test -x $(BIN)/python || python3 -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable '.[dev]'
	touch $@

run: $(SETUP)
	$(BIN)/clean --explain seeds/000_8fef2ae59e9b698d.txt
	$(BIN)/clean --photos seeds/000_8fef2ae59e9b698d.txt

test: $(SETUP)
	$(BIN)/python -m pytest -n 2

lint: $(SETUP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: $(SETUP)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis dist build
