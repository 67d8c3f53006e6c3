# Two commands matter: `make run` and `make test`. Both work on a fresh machine with Python 3.11.
PYTHON ?= python3
VENV := .venv
KERNELS := $(wildcard src/vidomo/grid/kernel/*.cpp src/vidomo/grid/kernel/*.h) tools/hatch_build.py
BIN := $(VENV)/bin
# Hypothesis and the soak share one seed; print it so that a failure can be repeated.
ifndef SEED
SEED := $(shell $(PYTHON) -c "import random; print(random.randrange(2**32))")
endif

.PHONY: run test check bench twins peers soak docs lock gazetteer clean

run: $(VENV)/run.stamp
	$(BIN)/vidomo run

test: $(VENV)/dev.stamp
	$(BIN)/coverage erase
	$(BIN)/coverage run -m pytest -p no:cacheprovider
	$(BIN)/coverage combine -q
	$(BIN)/coverage report

check: $(VENV)/dev.stamp
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(VENV)/dev.stamp peers
	$(BIN)/python bench/run.py

# How far the posterior over the network and the outlook can be trusted: tables and pictures.
twins: $(VENV)/dev.stamp
	$(BIN)/python bench/twins.py --trials 80
	$(BIN)/python bench/outlook.py

peers: .venv-peers/stamp

.venv-peers/stamp: bench/peers/requirements.txt
	test -x .venv-peers/bin/python || $(PYTHON) -m venv .venv-peers
	.venv-peers/bin/pip install -q --disable-pip-version-check --require-hashes -r bench/peers/requirements.txt
	touch $@

soak: $(VENV)/dev.stamp
	@echo "seed $(SEED)"
	VIDOMO_SOAK=1 $(BIN)/pytest -p no:cacheprovider -p no:randomly --hypothesis-seed=$(SEED) -m soak

docs: $(VENV)/dev.stamp
	$(BIN)/python tools/take_pictures.py

lock:
	for name in run dev build train; do \
	  $(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header \
	    --no-emit-index-url --no-annotate requirements/$$name.in -o requirements/$$name.txt || exit 1; done
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header \
	  --no-emit-index-url --no-annotate bench/peers/requirements.in -o bench/peers/requirements.txt

gazetteer: requirements/build.txt
	$(PYTHON) -m venv .venv-build
	.venv-build/bin/pip install -q --require-hashes -r requirements/build.txt
	.venv-build/bin/python tools/build_gazetteer.py

$(VENV)/run.stamp: requirements/run.txt pyproject.toml $(KERNELS)
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/pip install -q --disable-pip-version-check --require-hashes -r requirements/run.txt
	$(BIN)/pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

$(VENV)/dev.stamp: requirements/dev.txt pyproject.toml $(KERNELS)
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/pip install -q --disable-pip-version-check --require-hashes -r requirements/dev.txt
	$(BIN)/pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

clean:
	rm -rf $(VENV) .venv-build .venv-peers build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
