"""A source is found by the name of its package, without the others."""

import subprocess
import sys
from pathlib import Path

import pytest

from connectors import available_sources, get_source_class

ROOT = Path(__file__).resolve().parents[3]
ALONE = """
import sys
from connectors import available_sources, get_source_class
source = get_source_class("nextcrm")
print(source.name, available_sources.cache_info().currsize)
print(*(name for name in ("concord", "spreadsheet") if f"connectors.{name}" in sys.modules))
print(available_sources()["nextcrm"] is source)
"""


def test_who_asks_for_one_source_does_not_import_the_others():
    done = subprocess.run(
        [sys.executable, "-c", ALONE],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "nextcrm 0\n\nTrue\n"


def test_each_source_is_found_by_its_name_and_nothing_else():
    for name, source in available_sources().items():
        available_sources.cache_clear()
        assert get_source_class(name) is source
    for name in ("core", "mapping", "anonymize", "spreadsheet.source", "", "nobody"):
        available_sources.cache_clear()
        with pytest.raises(KeyError):
            get_source_class(name)
    available_sources()
