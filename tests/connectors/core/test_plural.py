"""Words agree with the number that a sentence names."""

import importlib
import pkgutil
import re
from pathlib import Path

import pytest

import connectors
from connectors.core.errors import SENTENCES, ConnectorError
from connectors.core.plural import agree
from connectors.core.source import Finding
from connectors.soffront.sentences import SENTENCES as SOFFRONT

# "%(count)s records are" for 1; "for %(count)s hours"
_STIFF = re.compile(
    r"(?:%\((?:count|total|seen|read|fields)\)s) (?:\w+ )?"
    r"(?:records|rows|fields|values|files|contacts|messages|formulas|times|hours)\b"
)
_STIFF_TIMES = re.compile(r"%\(\w+\)s (?:days|hours|minutes|months|weeks|seconds)\b")
ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize(
    ("text", "data", "expected"),
    [
        ("[[count|record is|records are]]", {"count": 1}, "record is"),
        ("[[count|record is|records are]]", {"count": 0}, "records are"),
        ("[[count|record is|records are]]", {"count": "1,001"}, "records are"),
        ("[[count|record is|records are]]", {"count": "several"}, "records are"),
        ("[[count|record is|records are]]", {}, "records are"),
        ("[[names,|is|are]]", {"names": "Size"}, "is"),
        ("[[names,|is|are]]", {"names": ["Size", "Color"]}, "are"),
        ("a[1] [b|c] [[", {"count": 1}, "a[1] [b|c] [["),
    ],
)
def test_the_form_of_a_number(text, data, expected):
    assert agree(text, data) == expected


def test_a_language_may_have_more_forms():
    text = "[[count|rekord|rekordy|rekordów]]"
    forms = [
        agree(text, {"count": n}, lambda n, _all: (n > 1) + (n > 4)) for n in (1, 3, 9)
    ]
    assert forms == ["rekord", "rekordy", "rekordów"]


def test_a_finding_and_an_error_agree():
    data = {"stream": "notes", "count": 1}
    text = "{stream}: {count} [[count|row is|rows are]] left out.".format(**data)
    assert Finding("passed", "x", text, data).text == "notes: 1 row is left out."
    error = ConnectorError("no_such_code", sentence=text, **data)
    assert str(error) == "notes: 1 row is left out."
    assert SOFFRONT.say("unknown_types", object="Account", fields="Sketch") == (
        "Account: the type of Sketch is not known; it is taken as text."
    )


def all_sentences():
    yield from SENTENCES.items()
    for found in pkgutil.walk_packages(connectors.__path__, "connectors."):
        module = importlib.import_module(found.name)
        for name, table in vars(module).items():
            if name.strip("_").endswith("SENTENCES") and isinstance(table, dict):
                yield from table.items()


def test_no_time_of_the_screens_counts_one_as_many():
    stiff = [
        found[0]
        for room in ("models", "wizards")
        for path in (ROOT / room).rglob("*.py")
        for found in _STIFF_TIMES.finditer(path.read_text())
    ]
    assert not stiff


def test_no_sentence_counts_one_as_many():
    stiff = {code: text for code, text in all_sentences() if _STIFF.search(text)}
    assert not stiff
