# Everything sets itself up: a virtual environment in .venv, with the versions in constraints.txt.
.PHONY: help demo check test deep crash lint coverage audit bench growth pictures transcripts goldens tables screens review catalogues lock clean
BIN := .venv/bin
UV := $(shell command -v uv)
INSTALL := $(if $(UV),$(UV) pip install -q --compile-bytecode --python $(BIN)/python,$(BIN)/python -m pip install -q)
PYBABEL := $(BIN)/pybabel -q
POT := locale/samleng.pot
# One more than there are cores: a third of the tests' time is waiting for what is to happen.
WORKERS := 3
# Three workers and many a process import the same: what the first of them has compiled the others read.
export PYTHONDONTWRITEBYTECODE :=
PYTEST := $(BIN)/python -m pytest -q
# Each worker takes tests in their order, and from the end of the other's when it has none left: so those that share
# a browser or what was drawn once stay together.
PYTEST_ALL := $(PYTEST) -n $(WORKERS) --dist worksteal
FAST := $(addprefix tests/,bot conversations drawing files scorecard storage wording test_rules.py)

help:  ## what there is to make
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "%-13s%s\n", $$1, $$2}' Makefile

demo: .venv/.run  ## three phones on one page
	$(BIN)/samleng demo

check: .venv/.test lint  ## lint and the fast tests, on SQLite alone: a minute
	SAMLENG_EFFORT=fast $(PYTEST_ALL) $(FAST)

test: .venv/.test lint  ## lint and all tests: what decides
	$(PYTEST_ALL)

deep: .venv/.test coverage  ## the long attacks, every property with ten times as many examples, and coverage
	SAMLENG_EFFORT=deep $(PYTEST_ALL) -m "deep or hypothesis"

crash: .venv/.test  ## the bot killed 200 times on each database while 100 people score; SAMLENG_CRASH_SEED repeats a run
	@seed=$${SAMLENG_CRASH_SEED:-$$(date +%s)}; echo "SAMLENG_CRASH_SEED=$$seed"; \
		SAMLENG_CRASH_SEED=$$seed $(PYTEST) -v -m deep tests/test_crash.py

coverage: .venv/.test  ## which lines all tests together never reach, and the floor that holds
	$(PYTEST_ALL) --cov --cov-report=term:skip-covered

lint: .venv/.test  ## style, types, layers, catalogues, names that nothing uses
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/vulture
	$(BIN)/dennis-cmd lint --errorsonly --varformat python-brace-format locale/km/LC_MESSAGES/samleng.po

audit: .venv/.audit  ## whether a weakness is known in any of the pinned versions
	$(BIN)/python .ci/audit.py $(BIN)/pip-audit constraints.txt

bench: .venv/.test  ## what a tap costs, beside a bare bot; what a picture costs; what an export costs
	$(BIN)/python benchmarks/tap.py
	$(BIN)/python benchmarks/poster.py
	$(BIN)/python benchmarks/export.py

growth: .venv/.test  ## how costs grow, and whether anything freezes the chat; writes docs/performance.md: ten minutes
	$(BIN)/python benchmarks/growth.py --docs
	$(BIN)/python benchmarks/freeze.py

pictures: .venv/.test  ## the README's pictures, from a demo with a fixed seed; needs a browser
	$(BIN)/python docs/make_pictures.py

transcripts: .venv/.test  ## write the transcripts anew, to be reviewed as a diff
	SAMLENG_UPDATE_TRANSCRIPTS=1 $(PYTEST) tests/test_transcripts.py tests/rooms/test_sample_room.py

goldens: .venv/.test  ## draw the golden pictures anew, to be looked at
	SAMLENG_UPDATE_GOLDENS=1 $(PYTEST) tests/digests

tables: .venv/.test  ## write the tables in docs/ that are made from the code
	$(BIN)/python docs/make_tables.py
	$(BIN)/python docs/make_guide.py
	$(BIN)/python docs/make_licences.py
	$(BIN)/python benchmarks/door.py

screens: .venv/.test  ## every screen in both languages on one page, and all texts as a spreadsheet to review: screens/
	$(BIN)/python docs/make_screens.py

review: .venv/.test  ## take a reviewed spreadsheet into the Khmer catalogue: make review FILE=texts.xlsx WHO="…"
	$(BIN)/python docs/texts.py "$(FILE)" "$(WHO)"

catalogues: .venv/.test  ## take new messages into the catalogues
	$(PYBABEL) extract -F babel.cfg -k say -k plain --no-location --project=Samleng --version=0.1 \
		--copyright-holder=Samleng --msgid-bugs-address=- -o $(POT) wording digests bot/drawing
	$(PYBABEL) update -D samleng -d locale -i $(POT) --no-fuzzy-matching --ignore-obsolete --width=110

lock: .venv/.test  ## pin the newest versions that fit pyproject.toml; needs uv
	$(UV) pip compile pyproject.toml --extra test --extra audit --universal --python-version 3.11 --no-annotate --no-header -o constraints.txt

clean:  ## take the virtual environment away
	rm -rf .venv

$(BIN)/python:
	python3 -m venv .venv

.venv/.run: pyproject.toml constraints.txt | $(BIN)/python
	$(INSTALL) -c constraints.txt -e .
	touch $@

.venv/.test: pyproject.toml constraints.txt | $(BIN)/python
	$(INSTALL) -c constraints.txt -e '.[test]'
	touch $@ .venv/.run

.venv/.audit: pyproject.toml constraints.txt | $(BIN)/python
	$(INSTALL) -c constraints.txt -e '.[audit]'
	touch $@
