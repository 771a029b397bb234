#!/usr/bin/env bash
# dlt (PyPI 1.31.0) loading contacts as a pipeline from a CRM does, into files
#
# Usual guess: names of columns are made simple ("E-Mail" is e_mail), and two that would be
# one get numbers, or an error; a language that is not English loses its accents.
# Seen: letters beyond ASCII are an "x", or nothing: of a table with Имя, Фамилия, Телефон
# there is one column, "x", with the last value of each row; first and last name are gone. Of
# E-Mail and E Mail, of Price € and Price $ ("pricex"), of AccountId, AccountID and
# Account.Id the last one counts as well. A column has the type of its first values: "01067"
# below a 7 is 1067, "+49301234" loses its plus, a postal code below a moment is one of 1970.
# A moment without a zone is in UTC. No error and no warning. With the naming "direct" the
# names stay apart.
# What follows for a reader: fewer columns than the CRM's screens have, or one named "x", were
# not left out on purpose. Ask for the CRM's own export.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check dlt==1.31.0 2>/dev/null
cat > load.py <<'PY'
import gzip
import json
import os
import pathlib

import dlt

here = pathlib.Path.cwd()


def load(name, rows):
    """Load the rows as a table of files, and print what is in it."""
    target = dlt.destinations.filesystem(bucket_url=(here / "out").as_uri())
    pipeline = dlt.pipeline(name, pipelines_dir=here, destination=target, dataset_name=name)
    pipeline.run(rows, table_name="contacts", loader_file_format="jsonl")
    for path in sorted((here / "out" / name / "contacts").iterdir()):
        data = path.read_bytes()
        text = gzip.decompress(data) if path.suffix == ".gz" else data
        for row in map(json.loads, text.splitlines()):
            shown = {key: value for key, value in row.items() if not key.startswith("_dlt")}
            print(name, json.dumps(shown, ensure_ascii=False))


russian = {"Имя": "Анна", "Фамилия": "Волкова", "Телефон": "+7 495 1234567"}
load("russian", [russian])
load("alike", [{"E-Mail": "anna@example.org", "E Mail": "a.wolf@example.org"}])
load("signs", [{"Price €": 5, "Price $": 6}])
load("capitals", [{"AccountId": "1", "AccountID": "2", "Account.Id": "3"}])
load("types", [{"code": 7}, {"code": "01067"}, {"code": "+49301234"}, {"code": "A-7"}])
load("moments", [{"when": "2024-03-01T10:00:00"}, {"when": "10115"}])
os.environ["SCHEMA__NAMING"] = "direct"
load("direct", [russian])
PY
cat > expected.txt <<'TXT'
russian {"x": "+7 495 1234567"}
alike {"e_mail": "a.wolf@example.org"}
signs {"pricex": 6}
capitals {"account_id": "3"}
types {"code": 7}
types {"code": 1067}
types {"code": 49301234}
types {"code__v_text": "A-7"}
moments {"when": "2024-03-01T10:00:00+00:00"}
moments {"when": "1970-01-01T02:48:35+00:00"}
direct {"Имя": "Анна", "Фамилия": "Волкова", "Телефон": "+7 495 1234567"}
TXT
export DLT_DATA_DIR=$folder/data RUNTIME__DLTHUB_TELEMETRY=false
venv/bin/python load.py | tee found.txt
diff found.txt expected.txt || { echo "the behavior has changed"; exit 1; }
