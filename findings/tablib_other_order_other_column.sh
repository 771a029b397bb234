#!/usr/bin/env bash
# tablib 3.10.0 (PyPI, the library behind django-import-export): JSON or YAML to CSV
#
# Usual guess: members of an object have names, so their order tells nothing; a record that
# does not have the names of the first one is an error or gets blanks.
# Seen: only the first record is asked for names. Of all others the values are taken in the
# order that they stand in: where a record was written as email, phone its e-mail address is
# in the column of telephone numbers. A record with as many members of other names is taken
# as well, so that a fax number becomes an e-mail address. Only another number of members is
# an error (InvalidDimensions), and an API that leaves out what is empty and adds what is
# filled may come out even.
# What follows for a reader: in a table from such a script look at what the values are, not
# only at the header; some addresses in a column of numbers are no typing errors of the users.
# Read the JSON itself, by its names.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check tablib==3.10.0 pyyaml==6.0.3 2>/dev/null
cat > contacts.json <<'JSON'
[
  {"id": 1, "phone": "+351 21 000 001", "email": "bo@example.com"},
  {"id": 2, "email": "ana@example.com", "phone": "+351 21 000 002"},
  {"id": 3, "phone": "+351 21 000 003", "fax": "+351 21 000 004"}
]
JSON
cat > expected.csv <<'CSV'
id,phone,email
1,+351 21 000 001,bo@example.com
2,ana@example.com,+351 21 000 002
3,+351 21 000 003,+351 21 000 004
CSV
for format in json yaml; do
  venv/bin/python - "$format" <<'PY' | tee found.csv
import sys

import tablib

with open("contacts.json") as file:
    data = tablib.Dataset().load(file.read(), format=sys.argv[1])
print(data.export("csv").replace("\r\n", "\n"), end="")
PY
  diff found.csv expected.csv || { echo "the behavior has changed"; exit 1; }
done
