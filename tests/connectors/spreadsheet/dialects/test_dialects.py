"""How dialects are found, for which tables they count, and that they say what templates know."""

import importlib
import sys
from pathlib import Path

import pytest
from dialect_common import load, table, vendor_of

from connectors.spreadsheet import (
    columns_work,
    conditions,
    dialects,
    opt_outs,
    rows,
    series,
)
from connectors.spreadsheet.dialects.dialect import Dialect
from connectors.spreadsheet.mappings import TEMPLATES
from connectors.spreadsheet.names import object_of, squeeze
from connectors.spreadsheet.objects import OBJECT_NAMES
from connectors.spreadsheet.templates_common import AUDIT

ROOT = Path(__file__).parents[4]
NEW = '''
"""Invented CRM."""
from connectors.spreadsheet.dialects.dialect import Dialect, Sign

DIALECTS = (
    Dialect(
        "Invented CRM",
        "vorgang.csv",
        signs=(Sign(headers=("Vorgangskennung",)),),
        shown_by={"deals": ("Vorgangskennung", "Summe netto")},
        columns={"deals": {"Was": "deal name", "Summe netto": "amount"}},
        keys={"deals": "Vorgangskennung"},
        outcomes={"deals": {"Hurra": "Won", "Schade": "Lost"}},
        zone="Asia/Tokyo",
        superfluous={"Rang": "Nobody knows."},
    ),
)
'''
HEADERS = "Vorgangskennung, Was, Summe netto, Status, Rang, Created At"
ROW = {"Vorgangskennung": "v1", "Was": "Mill", "Summe netto": "12.5", "Status": "Hurra"}
ROW |= {"Rang": "7", "Created At": "2026-01-02 09:00:00"}


@pytest.fixture
def new_vendor(tmp_path, monkeypatch):
    """A vendor that one file more makes known."""
    (tmp_path / "invented.py").write_text(NEW)
    monkeypatch.setattr(dialects, "__path__", [*dialects.__path__, str(tmp_path)])
    dialects.all_dialects.cache_clear()
    yield
    dialects.all_dialects.cache_clear()
    sys.modules.pop(f"{dialects.__name__}.invented", None)
    importlib.invalidate_caches()


def test_one_file_makes_a_vendor_known(open_files, new_vendor):
    source = open_files({"q3.csv": table(HEADERS, ROW)})
    known, found = load(source, "q3.csv")
    assert (vendor_of(source, "q3.csv"), known) == ("Invented CRM", "deals")
    values = found["v1"]
    assert (values["name"], values["expected_revenue"]) == ("Mill", 12.5)
    assert values["@state"] == {"$map": ["stage_outcomes", "Won"]}
    assert values["@created_at"] == "2026-01-02 00:00:00"
    [mapping] = source.get_mappings()
    assert mapping.ignored["Rang"] == "Nobody knows."


def test_the_habits_of_a_vendor_count_for_its_tables_alone(open_files, new_vendor):
    row = {"id": "1", "Deal Name": "Mill", "Status": "Hurra", "Amount": "5"}
    row |= {"Created At": "2026-01-02 09:00:00", "Rang": "7"}
    other = table("id, Deal Name, Amount, Status, Rang, Created At", row)
    source = open_files({"deals.csv": other, "q3.csv": table(HEADERS, ROW)})
    _known, found = load(source, "deals.csv")
    assert found["1"]["@state"] != {"$map": ["deal_states", "Won"]}
    assert found["1"]["@created_at"] == "2026-01-02 09:00:00"
    assert vendor_of(source, "deals.csv") is None


ELSEWHERE = [
    vars(module) for module in (columns_work, conditions, opt_outs, rows, series)
]
"""What completes or divides a mapping that a template proposes."""


def texts_in(value):
    if isinstance(value, str):
        yield squeeze(value)
    elif isinstance(value, dict):
        yield from texts_in([v for name, v in value.items() if name.isupper()])
    elif isinstance(value, (list, tuple)):
        for item in value:
            yield from texts_in(item)


@pytest.mark.parametrize("dialect", dialects.all_dialects(), ids=lambda d: d.vendor)
def test_what_a_dialect_says_is_understood(dialect):
    """A name that no template knows would take the column out in silence."""
    assert isinstance(dialect, Dialect)
    assert dialect.signs
    objects = {*OBJECT_NAMES, *TEMPLATES}
    named = {*dialect.objects, *dialect.shown_by, *dialect.prefixes.values()}
    named |= {*dialect.columns, *dialect.keys, *dialect.outcomes}
    assert named <= objects | {"*"}
    for known, columns in dialect.columns.items():
        templates = TEMPLATES.values() if known == "*" else [TEMPLATES[known]]
        sources = (item.source for one in templates for item in (*one.fields, *AUDIT))
        understood = {*texts_in(list(sources)), *texts_in(ELSEWHERE)}
        wrong = {n for n in columns.values() if n and squeeze(n) not in understood}
        assert not wrong
    for words in dialect.outcomes.values():
        assert set(words.values()) <= {"Won", "Lost", "Open"}


def test_the_readme_names_every_dialect():
    text = " ".join((ROOT / "README.rst").read_text().split())
    lines = [f"* **{each.vendor}**: {each.files}" for each in dialects.all_dialects()]
    assert not [line for line in lines if line not in text]


def test_every_file_of_a_vendor_says_where_its_facts_are_from():
    for path in (ROOT / "connectors/spreadsheet/dialects").glob("[a-z]*.py"):
        head = path.read_text().split('"""')[1]
        assert len(head.splitlines()) > 3 or path.name == "dialect.py", path.name


@pytest.mark.parametrize("vendor", ["hubspot", "Insightly", "outlook", "vtiger"])
def test_the_name_of_a_vendor_says_nothing_of_what_a_file_holds(vendor):
    assert object_of(f"{vendor}_contacts.csv") == "contacts"
