# make book: the site in _build/html. make test: the checks of every day. PY=python3.13 picks another Python.
PY ?= python3
BIN := .venv/bin
export IPYTHONDIR := $(CURDIR)/.ipython
export SOURCE_DATE_EPOCH := 1796256000
export TZ := UTC
PORT ?= 8000
# Where this is set, every process of the tests compiles the book anew: a second each, and more for pytest's own rewriting.
unexport PYTHONDONTWRITEBYTECODE

book: sound ## the site; when nothing has changed, nothing is done
	$(BIN)/python -m publish.build

run: sound ## execute what has changed, store the outputs
	$(BIN)/python -m publish.run

# In this order: the manifest reads the outputs, the change log the manifest, and the page of corrections the change log.
CURRENT := checks.accounts publish.run publish.edition.manifest publish.edition.metadata publish.edition.reading publish.edition.figure_fates publish.run
current: sound ## after any change: execute what has changed, then write every file that a command makes
	for command in $(CURRENT); do $(BIN)/python -m $$command || exit 1; done

again: sound ## execute every chapter, changed or not; CHAPTER=chapters/energy.ipynb for one
	$(BIN)/python -m publish.run --all $(CHAPTER)

data: .venv/.ok ## rebuild the derived tables from their extracts; prove the extracts where PARTNERSHIP_SNAPSHOTS has the files
	$(BIN)/python -m refresh data

refresh: .venv/.ok ## ask the publishers; what is new waits in _build/refresh with its impact. SOURCE="brent gdp" for some, DRY=--dry to look only
	$(BIN)/python -m refresh renew $(SOURCE) $(DRY) || [ $$? -eq 10 ] # changes wait

accept: .venv/.ok ## put what waits in place, in one step
	$(BIN)/python -m refresh accept

faults: .venv/.ok ## every fault on every interface, and answers mangled some thirty thousand times
	$(BIN)/python -m pytest -q -m "" tests/refresh

second-readers: ## readers of others on the same answers, in an environment of their own (some of them hold pandas back)
	$(PY) -m venv _build/.second
	_build/.second/bin/pip install -q sdmx1 comtradeapicall wbgapi imfp openpyxl pytest pyyaml requests tenacity xlrd
	PYTHONPATH=. _build/.second/bin/python -m pytest -q --noconftest -o addopts= -p no:cacheprovider tests/refresh/test_second_readers.py

WORLD := _build/.world/bin/python
world: _build/.world/.ok ## the measures on DuckDB, Polars and PySpark, and the command for files like BACI; in an environment of its own
	PYTHONPATH=. $(WORLD) -m pytest -q -rs --noconftest -o addopts= -p no:cacheprovider tests/test_world.py

bench-world: _build/.world/.ok ## 1, 10 and 100 million rows on two processors and 6 GiB, beside pandas and Polars; needs some 20 GB of disk
	PYTHONPATH=. $(WORLD) -m bench.world $(SIZES)

_build/.world/.ok: pyproject.toml
	$(PY) -m venv _build/.world
	_build/.world/bin/pip install -q '.[world,spark]' polars pyarrow pytest
	_build/.world/bin/pip uninstall -q -y partnership-measured
	command -v java >/dev/null || { [ "$$(id -u)" = 0 ] && apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq default-jre-headless >/dev/null; } || \
	  echo "No Java here and none can be installed: PySpark is left out." >&2
	touch $@

check: lint quick ## what can be told in a minute: lint, types, quick tests

lint: sound
	$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/mypy

ifdef ARGS
test: sound ## the checks of every day; ARGS="-k bilateral" for some of it
	$(BIN)/python -m pytest -q tests $(ARGS)
else
# Packages and browser on a new machine at once. Then one processor has the quick tests, which load each table and chapter once
# if one process has them all, the other what the slow tests stand on. What waits for browsers and servers goes three at once.
test:
	@$(MAKE) --no-print-directory -j2 sound browser
	@$(MAKE) --no-print-directory -j2 SPREAD= quick ground
	$(BIN)/python -m pytest -q -n 3 $(FILES) -m "slow and not faults" tests
endif

# Whole files in the order of tests/conftest.py, the longest first.
FILES := --dist loadfile --no-loadscope-reorder
SPREAD = -n 2 $(FILES)

ground:
	@$(MAKE) --no-print-directory lint
	@$(MAKE) --no-print-directory outputs
	@$(MAKE) --no-print-directory site

outputs: sound
	$(BIN)/python -m pytest -q $(SPREAD) --nbval chapters

# After outputs, which has proved what is stored: no chapter runs again.
site: sound
	$(BIN)/python -m publish.run --stored
	$(BIN)/python -m publish.build

quick: sound
	$(BIN)/python -m pytest -q $(SPREAD) -m "not slow" tests

broken: sound ## every broken variant of every table; make test tries a third of those of the large ones
	BROKEN=whole $(BIN)/python -m pytest -q -s tests/test_broken_tables.py

hostile: sound browser ## text that wants to be code in every field, through a real build into a real browser
	$(BIN)/python tests/hostile.py

# Programs that Debian has are not fetched; a row says which is missing: biber firefox-esr libreoffice-calc pandoc
# r-cran-readr webkit2gtk-driver xauth xvfb, java and node.
clients: archive ## programs of others on site, archive and repository, in environments of their own; writes _build/clients.md
	@test -x _build/.clients/bin/uv || { $(PY) -m venv _build/.clients && _build/.clients/bin/pip install -q uv; }
	$(BIN)/python tests/clients/run.py

pdf: book browser ## the book as one PDF
	$(BIN)/python -m publish.edition.pdf

archive: pdf ## site, data, notebooks and PDF in one zip, with checksums
	$(BIN)/python -m publish.edition.archive

edition: archive ## workbook, PDF, archive, and the site as it is kept under its own address; all in _build/editions
	$(BIN)/python -m publish.edition.kept make

serve: book ## look at it; PORT=8001 for another port
	$(BIN)/python -m publish.serve $(PORT)

screenshot: book browser ## the picture of the front page in README, when a number or title on it has changed
	$(BIN)/python -m publish.edition.screenshot

axe: book browser ## axe on every page in every theme at every width; make test takes two of the four
	AXE=whole $(BIN)/python -m pytest -q tests/test_access.py -k axe

pairs: sound ## a thousand pairs by chance, printed as they are measured; make test takes 60
	PAIRS=1000 $(BIN)/python -m pytest -q tests/test_economy_pages.py -k by_chance

MUTANTS := PYTHONPATH=. _build/.mutants/env/bin/python -m bench.mutants
coverage: _build/.mutants/.ok ## which lines and branches the tests of the modules that carry the numbers take
	$(MUTANTS) --cover

mutants: coverage ## one operator, number or comparison of these modules changed at a time: does a test fail? ONLY="measures --sample 60" for some
	$(MUTANTS) $(ONLY)

_build/.mutants/.ok: .venv/.ok
	$(BIN)/python -m venv _build/.mutants/env
	$(BIN)/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))' > "$$(echo _build/.mutants/env/lib/python*/site-packages)/book.pth"
	_build/.mutants/env/bin/pip install -q 'cosmic-ray>=8.7,<9' 'pytest-cov>=7,<8'
	touch $@

harm: sound ## faults done on purpose to a copy: kill -9 at 50 moments each of runs and builds, full disk, broken chapters and tables; some 100 minutes
	$(BIN)/python -m bench.faults

verify: sound ## the book built in other folders, homes, zones, locales, Pythons: the same bytes, PDF and archive too; some 4 to 14 minutes a world
	$(BIN)/python -m bench.verify --pdf

bench: book browser ## pages and builds beside others, in turns; writes _build/bench.md. ROUNDS=1 for a short one
	$(BIN)/python -m bench

twice: sound ## the whole site made twice in unlike surroundings, and once in place; no file may differ
	$(BIN)/python -m bench.twice

lock: sound ## renew requirements.txt from pyproject.toml
	$(BIN)/uv pip compile --system-certs --universal --python-version 3.11 --generate-hashes --extra dev --no-emit-index-url --no-header pyproject.toml -o requirements.txt

vega: ## rebuild the chart script; needs node
	cd tools/vega && npm ci && npm run build

clean:
	rm -rf _build

# pip writes the name of this folder into a list of paths, which Python reads in the locale: without letters beyond ASCII it can.
FROM_HERE = for paths in .venv/lib/python*/site-packages/_partnership_measured.pth; do if [ -e "$$paths" ]; then echo ../../../.. > "$$paths"; fi; done

# uv, which is pinned as everything else, installs in seconds what pip takes the better part of a minute for; where pip alone
# knows the way to a registry, pip does it. Bytecode is made at once, by all processors: without it each kernel would compile
# pandas again where PYTHONDONTWRITEBYTECODE is set. Some packages carry templates that are no Python; they stay as they are.
.venv/.ok: requirements.txt pyproject.toml
	@$(PY) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "The book needs Python 3.11 or newer; $(PY) is older or missing. Name another: make PY=python3.13" >&2; exit 1; }
	$(PY) -m venv .venv
	sed -n '/^uv==/,/[^\\]$$/p' requirements.txt > .venv/uv.txt
	$(BIN)/pip install -q --no-compile --require-hashes -r .venv/uv.txt
	$(BIN)/uv pip install -q --system-certs --python $(BIN)/python --require-hashes -r requirements.txt || \
	  $(BIN)/pip install -q --no-compile --require-hashes -r requirements.txt
	$(BIN)/pip install -q --no-deps --no-build-isolation -e .
	$(FROM_HERE)
	$(BIN)/python -m compileall -qq -j 0 -x '/(tests|pip|setuptools|mypy|mypyc|debugpy|dialects|jedi|lexers)/' .venv || true
	touch $@

# An environment that lost a module, or whose Python went away, is made again.
NEEDED := altair jupyter_book nbclient nbformat numpy pandas partnership pytest ruff sphinx yaml
sound: .venv/.ok
	@$(BIN)/python -c 'import sys; from importlib.util import find_spec; sys.exit(not all(map(find_spec, sys.argv[1:])))' $(NEEDED) || \
	  { echo "The environment in .venv is broken; it is made again." >&2; rm -rf .venv && $(MAKE) .venv/.ok; }

browser:
	@sh tests/browser.sh

.PHONY: book current again axe screenshot browser pairs coverage mutants harm verify data refresh accept faults broken hostile clients second-readers world bench-world run check lint ground outputs site quick sound test pdf archive edition serve bench twice lock vega clean
