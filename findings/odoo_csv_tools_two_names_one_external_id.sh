#!/usr/bin/env bash
# odoo-import-export-client 3.0.0 (odoo_csv_tools), mapper: files prepared for Odoo's load
#
# Usual guess: m2o() makes an external id that belongs to the value alone, so two companies
# of a CRM stay two, and the contacts of each stand below their own.
# Seen: dots, commas and line ends all become "_": "Nord, 2", "Nord. 2" and "Nord_ 2" have
# one id, and Odoo's load then updates the first with the second; m2m() cuts a value at its
# commas first, so that one tag "Press, radio" is two. Capitals and accents are kept apart.
# num() exchanges each comma for a dot: "1,234.50" is "1.234.50", which Odoo refuses, and
# "1.234,50" as well. bool_val() takes "No" for a yes unless false_vals names it.
# What follows for a reader: in a database that was filled so, fewer companies than the
# source has may be no duplicates removed, and external ids are no keys of the source.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install -q odoo-import-export-client==3.0.0
venv/bin/python - <<'PY'
from odoo_csv_tools.lib import mapper
from odoo_csv_tools.lib.transform import Processor

HEADER = ["name", "tags", "amount", "no_mail"]
ROWS = [
    ["Nord, 2", "Press, radio", "1,234.50", "No"],
    ["Nord. 2", "VIP", "1.234,50", "0"],
    ["Nord_ 2", "VIP", "12,5", ""],
    ["NORD_ 2", "VIP", "12.5", "Yes"],
]
processor = Processor(header=HEADER, data=ROWS)
head, rows = processor.process(
    {
        "id": mapper.m2o("crm", "name"),
        "tags": mapper.m2m("tag", "tags"),
        "amount": mapper.num("amount"),
        "no_mail": mapper.bool_val("no_mail", true_vals=["Yes"]),
    },
    "partners.csv",
    {"model": "res.partner"},
    verbose=False,
)
seen = [tuple(row) for row in rows]
for given, row in zip(ROWS, seen, strict=True):
    print(given, "→", dict(zip(head, row, strict=True)))
assert seen == [
    ("crm.Nord_ 2", "tag.Press,tag.radio", "1.234.50", "1"),
    ("crm.Nord_ 2", "tag.VIP", "1.234.50", "1"),
    ("crm.Nord_ 2", "tag.VIP", "12.5", "0"),
    ("crm.NORD_ 2", "tag.VIP", "12.5", "1"),
], "the behavior has changed"
PY
