#!/usr/bin/env bash
# singer-python 6.8.0, Transformer: what Singer taps send the records of a CRM through
#
# Usual guess: a text that does not fit the type of the schema is an error, or falls through
# to the next type that the schema allows.
# Seen: for boolean only "false" (in any case, without blanks) and the empty text are false:
# "no", "0" and "N" are true. For numbers all commas are taken out: 1,50 is 150, and
# 1.234,50 is 1.2345. Where a schema allows integer or string, a text of two numbers,
# "12,13", becomes the integer 1213, and "0012" becomes 12: the order of the types in the
# list decides whether leading zeros live.
# What follows for a reader: in data that came through such a pipeline a yes is no proof of
# consent; where opt-ins are all true, or amounts a hundred times too high, go back to the CRM.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install -q singer-python==6.8.0
venv/bin/python - <<'PY'
from singer.transform import Transformer

EXPECTED = [
    ("no", ["null", "boolean"], True),
    ("0", ["null", "boolean"], True),
    ("N", ["null", "boolean"], True),
    ("False", ["null", "boolean"], False),
    (" false", ["null", "boolean"], True),
    ("1,50", ["null", "number"], 150.0),
    ("1.234,50", ["null", "number"], 1.2345),
    ("12,13", ["null", "integer", "string"], 1213),
    ("0012", ["null", "integer", "string"], 12),
    ("0012", ["null", "string", "integer"], "0012"),
]
seen = []
for text, types, _value in EXPECTED:
    seen.append((text, types, Transformer().transform(text, {"type": types})))
    print(f"{text!r:12} {'/'.join(types):22} → {seen[-1][2]!r}")
assert seen == EXPECTED, "the behavior has changed"
PY
