#!/usr/bin/env bash
# frictionless 5.21.0 (PyPI), extract, on an export of deals with decimal commas
#
# Usual guess: "1,5" is a number or, where the library does not know the comma, a text; the
# types that are found out are those of a table: numbers, days, texts.
# Seen: a column of such amounts is one of places on the earth ("geopoint"): 1,5 is one degree
# east and five north, [1.0, 5.0], as 1,05 is. A tenth of the values need not fit a type:
# 12,95 is beyond the pole and comes as None, one empty amount among thirty. Telephone
# numbers with a plus are whole numbers, postal codes lose their zero. describe() tells the
# types, extract() says nothing; with higher amounts in the column all stay texts, so that
# a trial with others shows nothing.
# What follows for a reader: amounts that are lists of two numbers are decimals, cut at their
# comma, and cannot be put together again; ask for the file before it. Types are given by
# hand, never found out, where data move on.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check frictionless==5.21.0 2>/dev/null
cat > read.py <<'PY'
from frictionless import describe, extract


def read(name, last):
    with open(f"{name}.csv", "w") as file:
        file.write("Deal;Amount;Phone;Postal code\n")
        for number in range(1, 30):
            file.write(f"Mill {number};{number},5;+35121000{number:03};0{4200 + number}\n")
        file.write(f"Mill 30;{last};+35121000030;04230\n")
    kinds = [field.type for field in describe(f"{name}.csv").schema.fields]
    rows = [list(row.values()) for row in extract(f"{name}.csv")[name]]
    for row in rows:
        row[1] = row[1] and [float(part) for part in row[1]]
    print(name, kinds, rows[0], rows[-1])
    return kinds, rows[0], rows[-1]


kinds, first, last = read("small", "12,95")
assert kinds == ["string", "geopoint", "integer", "integer"], "the behavior has changed"
assert first == ["Mill 1", [1, 5], 35121000001, 4201], "the behavior has changed"
assert last == ["Mill 30", None, 35121000030, 4230], "the behavior has changed"
with open("large.csv", "w") as file:
    file.write("Deal;Amount\nMill;200,95\nDepot;12,5\n")
assert extract("large.csv")["large"][1]["Amount"] == "12,5", "the behavior has changed"
PY
venv/bin/python read.py
