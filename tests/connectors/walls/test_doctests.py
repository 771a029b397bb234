"""The examples in the docstrings are true."""

import doctest
import importlib
import pkgutil

import connectors

FEWEST_EXAMPLES = 60
"""Examples there are at least; fewer means that modules are no longer found."""


def test_every_example_in_a_docstring_holds():
    finder, runner = doctest.DocTestFinder(), doctest.DocTestRunner()
    failed, run = [], 0
    for info in pkgutil.walk_packages(connectors.__path__, "connectors."):
        for found in finder.find(importlib.import_module(info.name)):
            # To begin with one that has no examples takes as long as to run them.
            if found.examples:
                result = runner.run(found)
                run += result.attempted
                failed += [found.name] * result.failed
    assert failed == []
    assert run >= FEWEST_EXAMPLES
