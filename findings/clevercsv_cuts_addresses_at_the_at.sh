#!/usr/bin/env bash
# CleverCSV (PyPI 0.8.5), which finds out how a file is separated, on lists of one column
#
# Usual guess: what finds the separator of messy files finds none where there is none; or it
# takes the comma, and each line is one cell all the same.
# Seen: a list of addresses is cut at the @, so that all that opted out are "anna" and "bo",
# with a second column that has no header. Names, companies, telephone numbers and tags of two
# words are cut at their blanks, some into four columns. No error. Lists of single words are
# whole, and so are files of two columns, even with such values, so that a trial with a usual
# export shows nothing. The class Sniffer, made to stand for Python's own, does the same.
# What follows for a reader: lists of opt-outs, tags or owners that went through such a script
# hold parts of their values under too few headers. What separates columns is a sign that
# programs write for that; blanks and the @ are none, and a list may have none at all.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet clevercsv==0.8.5
cat > read.py <<'PY'
from pathlib import Path

import clevercsv

LISTS = {
    "addresses": ["email", "anna@example.org", "bo@example.org", "kim@example.com"],
    "names": ["name", "Anna Wolf", "Bo Lind", "Kim Berg"],
    "companies": ["company", "Wolf & Co KG", "Lind and Sons AG", "Kestrel Ltd"],
    "numbers": ["phone", "+49 30 1234567", "+49 89 7654321", "+49 40 2345678"],
    "tags": ["tag", "key account", "new lead", "old lead"],
    "words": ["tag", "lead", "customer", "partner"],
    "two columns": ["name;email", "Anna Wolf;anna@example.org", "Bo Lind;bo@example.org"],
}
for label, lines in LISTS.items():
    Path("list.csv").write_text("\n".join(lines) + "\n")
    sniffed = clevercsv.Sniffer().sniff(Path("list.csv").read_text()).delimiter
    rows = clevercsv.read_table("list.csv")
    print(label, repr(sniffed), rows[0], rows[1])
PY
venv/bin/python read.py | tee found.txt
cat > expected.txt <<'TXT'
addresses '@' ['email'] ['anna', 'example.org']
names ' ' ['name'] ['Anna', 'Wolf']
companies ' ' ['company'] ['Wolf', '&', 'Co', 'KG']
numbers ' ' ['phone'] ['+49', '30', '1234567']
tags ' ' ['tag'] ['key', 'account']
words '' ['tag'] ['lead']
two columns ';' ['name', 'email'] ['Anna Wolf', 'anna@example.org']
TXT
diff found.txt expected.txt || { echo "the behavior has changed"; exit 1; }
