# What can be done here: `make demo`, `make test`, `make generate`, `make bench`, `make fuzz`. See README.md.

VENV ?= .venv
PYTHON := $(CURDIR)/$(VENV)/bin/python
export CARGO_TARGET_DIR ?= $(CURDIR)/target

# maturin installs into the environment that this names.
export VIRTUAL_ENV := $(CURDIR)/$(VENV)

.PHONY: demo test generate bench fuzz install tools

## Compute the board of the bundled example, print it, and write build/board.html.
demo: install
	$(PYTHON) -m zonekpi.demo build/board.html

## Everything: format, lints, Rust and Python tests, generated files, notebooks, README.
test: tools
	$(PYTHON) tests/steps.py

## Make the generated files anew.
generate: tools
	cargo xtask example
	cargo xtask kpi

## How fast, with a release build (kept apart in target/release). The axes are told in bench_engines.py.
bench: tools
	$(PYTHON) -m pip install --quiet --disable-pip-version-check -r tests/bench/requirements.txt
	cd python && $(PYTHON) -m maturin develop --release --skip-install
	$(PYTHON) tests/bench/bench_engines.py main cases indicators periods groups many order threads \
		people file small
	$(PYTHON) tests/bench/bench_share.py
	cargo bench -p zonekpi --bench share
	cargo bench -p zonekpi --bench board
	cargo bench -p zonekpi --bench reading
	cargo bench -p zonekpi --bench clock

## Bent files and cell texts without end, until one panics (cargo install cargo-fuzz). FUZZ=cell_text for the other
## target, RUNS=1000 for an end. Built with the dev profile and without a sanitizer: none of the code is unsafe.
FUZZ ?= ledger_bytes
RUNS ?= -1
fuzz:
	mkdir -p crates/zonekpi/fuzz/corpus/$(FUZZ)
	cp Cargo.lock crates/zonekpi/fuzz/Cargo.lock
	cd crates/zonekpi && RUSTC_BOOTSTRAP=1 CARGO_TARGET_DIR=fuzz/target cargo fuzz run --dev --sanitizer none $(FUZZ) \
		fuzz/corpus/$(FUZZ) $(CURDIR)/tests/data/cases -- -runs=$(RUNS)

## The package in .venv, built with the dev profile.
install: $(VENV)/made
	cd python && $(PYTHON) -m maturin develop --profile dev

tools: $(VENV)/tools-made $(VENV)-lifelines/made

$(VENV)/made: tests/prepare.sh
	sh tests/prepare.sh $(VENV)
	$(PYTHON) -m pip install --quiet --disable-pip-version-check 'maturin==1.16.0'
	touch $@

# lifelines, which curves are compared with, needs an older pandas: an environment beside the other.
$(VENV)-lifelines/made: $(VENV)/made tests/lifelines/requirements.txt
	python3 -m venv $(VENV)-lifelines
	$(VENV)-lifelines/bin/python -m pip install --quiet --disable-pip-version-check -r tests/lifelines/requirements.txt
	touch $@

$(VENV)/tools-made: $(VENV)/made tests/requirements.txt
	$(PYTHON) -m pip install --quiet --disable-pip-version-check -r tests/requirements.txt
	touch $@
