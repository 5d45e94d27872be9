.PHONY: test slow lint format types ci linear xor all report clean

test:    ## the tests and doctests
	python -m pytest

slow:    ## the long tests
	python -m pytest -m slow

lint:    ## what ruff finds
	ruff check .
	ruff format --check .

format:  ## mend what ruff can
	ruff check --fix .
	ruff format .

types:   ## mypy, strict
	mypy

ci:      ## everything, in a fresh virtual environment
	.ci/run

linear xor all:  ## train the report's networks
	python -m tasks $@

report:  ## the report's page, in runs/report
	python -m tasks report

clean:   ## remove caches and builds, keep runs/
	rm -rf build dist *.egg-info .mypy_cache .pytest_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
