"""What Odoo 20 has removed is used in one place only, so that the port is a day's work."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
SERIES = ROOT / "models" / "odoo" / "series.py"
CODE = [
    path
    for folder in ("models", "wizards", "cli")
    for path in sorted((ROOT / folder).rglob("*.py"))
    if path != SERIES
]
SCREENS = [
    path
    for folder in ("views", "wizards", "static/src")
    for path in sorted((ROOT / folder).rglob("*"))
    if path.suffix in (".xml", ".js")
]
GONE = {
    "get_param(": r"\bget_param\(",
    "set_param(": r"\bset_param\(",
    "ir.model.access": r"""["']ir\.model\.access["']""",
    "check_access_rights": r"\bcheck_access_(rights|rule)\(",
    "toggle_active": r"\btoggle_active\b",
    "_sql_constraints": r"\b_sql_constraints\b",
    "read_group": r"def (_?read_group|_read_group_raw)\(",
    "odoo.osv": r"\bodoo\.osv\b",
    "pytz": r"^(import|from) pytz\b",
    "datas of a file": r"""["']datas["']\s*:""",
    "lazy_property": r"\blazy_property\b",
}
GONE_SCREENS = {
    "t-esc": r"\bt-esc=",
    "attrs": r"\battrs=",
    "toggle_active": "toggle_active",
}


RESTS = {
    r"\bmail_tracking_value\b": {
        "models/coverage/look.py",
        "models/targets/crm_lead/history.py",
    },
    r"\bcompany_(name|registry|type)\b": {
        "models/auditors/texts.py",
        "models/coverage/look_for_auditors.py",
        "models/coverage/probe_fields.py",
        "models/odoo/lane_rules.py",
        "models/phases/match_keys.py",
        "models/targets/company_names.py",
        "models/targets/crm_lead/customer.py",
        "models/targets/crm_lead/verify_sql.py",
        "models/targets/res_partner.py",
    },
    r"\bformatted_read_group\(": {"models/words/crm_migration_grouped.py"},
    r"\bresource\.RLIMIT_CPU\b": {"models/phases/turn_limits.py"},
}
"""What 20.0 does in another way → the files that rest on it; README names them."""
OTHERS = {"models/targets/mailing_subscription.py"}
"""Mailing contacts have a company's name of their own, which stays."""


@pytest.mark.parametrize("name", GONE)
def test_code_uses_nothing_that_is_gone(name):
    pattern = re.compile(GONE[name], re.MULTILINE)
    found = [str(p.relative_to(ROOT)) for p in CODE if pattern.search(p.read_text())]
    assert not found, f"{name} is gone in Odoo 20: put it into {SERIES.name}"


@pytest.mark.parametrize("name", GONE_SCREENS)
def test_screens_use_nothing_that_is_gone(name):
    pattern = re.compile(GONE_SCREENS[name])
    found = [str(p.relative_to(ROOT)) for p in SCREENS if pattern.search(p.read_text())]
    assert not found


def test_what_is_looked_for_would_be_found():
    text = SERIES.read_text()
    assert re.search(GONE["get_param("], text)
    assert re.search(GONE["ir.model.access"], text)


@pytest.mark.parametrize("pattern", RESTS)
def test_what_rests_on_19_stands_where_readme_says(pattern):
    found = {
        str(path.relative_to(ROOT))
        for path in CODE
        if re.search(pattern, path.read_text())
    }
    assert found - OTHERS == RESTS[pattern]
    readme = (ROOT / "README.rst").read_text()
    section = readme.partition("\nThe next Odoo\n")[2].partition("\nBug Tracker\n")[0]
    assert {n for n in RESTS[pattern] if f"``{n}``" not in section} == set()
