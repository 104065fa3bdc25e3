# Everything sets itself up: a virtual environment in .venv, and Tesseract and poppler through apt-get where they are missing.
.DEFAULT_GOAL := help
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
MAKEFLAGS += --no-print-directory

PYTHON ?= python3
OUT ?= output
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.PHONY: help process batch test lint fix bench bench-restore bench-scans bench-batch dictionaries doctor setup setup-dev system clean

help:  ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 22

process: setup  ## SCAN=<file> [OUT=output]: a scan or an OCR text becomes text, JSON and tables
	@[[ -n "$(SCAN)" ]] || { echo 'Say which file: make process SCAN=samples/000_df5205fc7c6409dc.txt' >&2; exit 2; }
	@$(BIN)/kehoach process '$(SCAN)' --out '$(OUT)' --report

batch: setup  ## ARCHIVE=<folder> [OUT=output]: all scans in a folder, once; run it again and it goes on
	@[[ -n "$(ARCHIVE)" ]] || { echo 'Say which folder: make batch ARCHIVE=path/to/scans' >&2; exit 2; }
	@$(BIN)/kehoach batch '$(ARCHIVE)' --out '$(OUT)'

test: setup-dev lint  ## run linters, type check and the whole test suite
	@$(BIN)/pytest -q -n auto

lint: setup-dev  ## run linters and the type check
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-cache

fix: setup-dev  ## format the code and mend what the linter can mend
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

bench: setup-dev  ## the whole command on the samples: time and accuracy
	@$(BIN)/python -m benchmarks

bench-restore: setup-dev  ## [TEXT=<folder>] [PAIRS=<folder>]: the restorer beside its peers
	@$(BIN)/python -m benchmarks.bench_restore $(if $(TEXT),--text '$(TEXT)') $(if $(PAIRS),--pairs '$(PAIRS)')

bench-scans: setup-dev  ## SCANS=<folder>: the whole command beside raw Tesseract and OCRmyPDF
	@$(BIN)/python -m benchmarks.bench_scans '$(SCANS)'

bench-batch: setup-dev  ## [ONLY=throughput|many|kills|cluster]: whole archives beside OCR alone (an hour; ONLY: 4 to 30 min)
	@$(BIN)/python -m benchmarks.bench_batch $(if $(ONLY),--only $(ONLY))

dictionaries: setup  ## TEXT=<folder> PAIRS=<folder>: rebuild dictionaries/ from text and noise pairs
	@[[ -n "$(TEXT)" && -n "$(PAIRS)" ]] || { echo 'Say from what: make dictionaries TEXT=<folder> PAIRS=<folder>' >&2; exit 2; }
	@$(BIN)/python -m pipeline.training --text '$(TEXT)' --pairs '$(PAIRS)' --out dictionaries

doctor: setup  ## say what is installed and what to do about what is missing
	@$(BIN)/kehoach doctor

setup: $(VENV)/installed system
setup-dev: $(VENV)/installed-dev system

$(VENV)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo 'Python 3.11 or newer is needed; name one: make PYTHON=python3.12 ...' >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { bash .ci/apt-install python3-venv; }
	@echo 'Making the virtual environment .venv ...'
	@$(PYTHON) -m venv $(VENV)
	@touch $@

# With Tesseract as a library (extra "fast") wherever there is a wheel of it.
$(VENV)/installed: $(VENV)/python pyproject.toml
	@echo 'Installing the package and what it needs (once, a minute or two) ...'
	@$(PIP) install --only-binary tesserocr --editable '.[fast]' 2>/dev/null || $(PIP) install --editable .
	@touch $@

$(VENV)/installed-dev: $(VENV)/installed pyproject.toml
	@echo 'Installing what the tests need (once) ...'
	@$(PIP) install --editable '.[dev]'
	@touch $@

# Quick where nothing is missing: two look-ups and one call of Tesseract.
system:
	@missing=(); \
	command -v pdftoppm >/dev/null || missing+=(poppler-utils); \
	command -v tesseract >/dev/null || missing+=(tesseract-ocr); \
	tesseract --list-langs 2>/dev/null | grep -qx vie || missing+=(tesseract-ocr-vie); \
	(( $${#missing[@]} == 0 )) || bash .ci/apt-install "$${missing[@]}"

clean:  ## remove the virtual environment and caches, but no result
	@rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis build dist
