"""The examples in the docstrings are true."""

import doctest
import importlib
import pkgutil

import connectors

FEWEST_EXAMPLES = 60
"""Examples there are at least; fewer means that modules are no longer found."""


def test_every_example_in_a_docstring_holds():
    failed, run = [], 0
    for info in pkgutil.walk_packages(connectors.__path__, "connectors."):
        result = doctest.testmod(importlib.import_module(info.name))
        run += result.attempted
        if result.failed:
            failed.append(info.name)
    assert failed == []
    assert run >= FEWEST_EXAMPLES
