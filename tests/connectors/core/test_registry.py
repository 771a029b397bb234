"""A source is found by its name, and comes alone."""

import subprocess
import sys
from pathlib import Path

import pytest

from connectors import available_sources, get_source_class, is_source

ADDON = Path(__file__).parents[3]
ALONE = """
import sys
from connectors import available_sources, get_source_class
print(get_source_class("spreadsheet").name)
print(*sorted(n.split(".")[1] for n in sys.modules if n.endswith(".source")))
print(*available_sources())
print(get_source_class("spreadsheet") is available_sources()["spreadsheet"])
"""


def test_a_source_is_imported_without_the_others():
    done = subprocess.run(
        [sys.executable, "-c", ALONE],
        cwd=ADDON,
        capture_output=True,
        text=True,
        check=True,
    )
    name, imported, known, is_same = done.stdout.splitlines()
    assert name == "spreadsheet"
    assert imported == "core spreadsheet"
    assert known.split()[-1] == "spreadsheet"
    assert len(known.split()) > 3
    assert is_same == "True"


@pytest.mark.parametrize("name", available_sources())
def test_each_is_found_by_its_name(name):
    assert get_source_class(name) is available_sources()[name]
    assert is_source(name)


@pytest.mark.parametrize("name", ["core", "zeta", "", "../core"])
def test_what_is_no_source_is_none(name):
    with pytest.raises(KeyError):
        get_source_class(name)
    assert not is_source(name)
