# make book: the site in _build/html. make test: everything that can be checked. PY=python3.13 picks another Python.
PY ?= python3
BIN := .venv/bin
export IPYTHONDIR := $(CURDIR)/.ipython
export SOURCE_DATE_EPOCH := 1795478400

book: run
	$(BIN)/jupyter-book build -q -n -W --keep-going .
	@echo "The book stands. Open _build/html/index.html in a browser, or: make serve"

run: .venv/.ok ## execute what has changed, store the outputs
	$(BIN)/python -m publish.run

test: book .venv/.browser
	$(BIN)/python -m pytest -q -n 2 --dist loadfile --doctest-modules partnership checks publish tests
	$(BIN)/python -m pytest -q -n 2 --dist loadfile --nbval chapters
	$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/mypy

pdf: book .venv/.browser ## the book as one PDF
	$(BIN)/python -m publish.edition.pdf

archive: pdf ## site, data, notebooks and PDF in one zip, with checksums
	$(BIN)/python -m publish.edition.archive

serve: book
	$(BIN)/python -m http.server --directory _build/html --bind 127.0.0.1 8000

bench: book .venv/.browser ## weight and speed of the pages, beside a default build; writes _build/bench.md
	$(BIN)/python -m bench

lock:
	$(BIN)/pip install -q uv && $(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --extra dev --no-emit-index-url --no-header pyproject.toml -o requirements.txt

vega: ## rebuild the chart script; needs node
	cd tools/vega && npm ci && npm run build

clean:
	rm -rf _build

# pip compiles bytecode; without it each kernel would compile pandas again where PYTHONDONTWRITEBYTECODE is set.
.venv/.ok: requirements.txt pyproject.toml
	$(PY) -m venv .venv
	$(BIN)/pip install -q --require-hashes -r requirements.txt
	$(BIN)/pip install -q --no-deps --no-build-isolation -e .
	touch $@

.venv/.browser: .venv/.ok
	sh tests/browser.sh
	touch $@

.PHONY: book run test pdf archive serve bench lock vega clean
