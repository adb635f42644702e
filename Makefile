# Everything sets itself up: a virtual environment in .venv, with the versions in constraints.txt.
.PHONY: demo test lint bench pictures transcripts goldens catalogues lock clean
BIN := .venv/bin
UV := $(shell command -v uv)
INSTALL := $(if $(UV),$(UV) pip install -q --compile-bytecode --python $(BIN)/python,$(BIN)/python -m pip install -q)
PYBABEL := $(BIN)/pybabel -q
POT := locale/samleng.pot

demo: .venv/.run  ## three phones on one page
	$(BIN)/samleng demo

test: .venv/.test lint  ## lint and all tests
	$(BIN)/python -m pytest -q

lint: .venv/.test  ## style, types, layers, catalogues
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/dennis-cmd lint --errorsonly --varformat python-brace-format locale/km/LC_MESSAGES/samleng.po

bench: .venv/.test  ## what a tap costs, beside a bare bot; what a picture costs; what an export costs
	$(BIN)/python benchmarks/tap.py
	$(BIN)/python benchmarks/poster.py
	$(BIN)/python benchmarks/export.py

pictures: .venv/.test  ## the README's pictures, from a demo with a fixed seed; needs a browser
	$(BIN)/python docs/make_pictures.py

transcripts: .venv/.test  ## write the transcripts anew, to be reviewed as a diff
	SAMLENG_UPDATE_TRANSCRIPTS=1 $(BIN)/python -m pytest -q tests/test_transcripts.py

goldens: .venv/.test  ## draw the golden pictures anew, to be looked at
	SAMLENG_UPDATE_GOLDENS=1 $(BIN)/python -m pytest -q tests/digests

catalogues: .venv/.test  ## take new messages into the catalogues
	$(PYBABEL) extract -F babel.cfg -k say -k plain --no-location --project=Samleng --version=0.1 \
		--copyright-holder=Samleng --msgid-bugs-address=- -o $(POT) wording digests bot/drawing
	$(PYBABEL) update -D samleng -d locale -i $(POT) --no-fuzzy-matching --ignore-obsolete --width=110

lock: .venv/.test  ## pin the newest versions that fit pyproject.toml; needs uv
	$(UV) pip compile pyproject.toml --extra test --universal --python-version 3.11 --no-annotate --no-header -o constraints.txt

clean:
	rm -rf .venv

$(BIN)/python:
	python3 -m venv .venv

.venv/.run: pyproject.toml constraints.txt | $(BIN)/python
	$(INSTALL) -c constraints.txt -e .
	touch $@

.venv/.test: pyproject.toml constraints.txt | $(BIN)/python
	$(INSTALL) -c constraints.txt -e '.[test]'
	touch $@ .venv/.run
