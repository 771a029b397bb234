#!/usr/bin/env bash
# pycountry 26.2.16 (PyPI), countries.search_fuzzy with the countries of addresses
#
# Usual guess: the best match comes first, and a name that is written as ISO 3166 has it
# cannot lose against a longer one; what is no country is an error (LookupError) or a bad
# match far behind.
# Seen: "Niger", the very name, is Nigeria first, and "Korea" is the North. Places count as
# well, by parts of their names: "Rome" is Czechia and "Curaçao" the Netherlands, "Lima"
# Peru and "Porto" Portugal, though nobody said a country. What people do write is not
# found: "Vienna", "Ivory Coast", "Turkey", "U.S.A." and "Deutschland" are errors. There is no
# score that would tell one from the other.
# What follows for a reader: names of countries are looked up in a list that says all of
# their names, whole; a name that is not there is asked for. Where a source was cleaned by
# such a search, customers in Niger, Korea and Rome are worth a look.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check pycountry==26.2.16 2>/dev/null
venv/bin/python - <<'PY'
import pycountry

EXPECTED = {
    "Niger": "NG",
    "Korea": "KP",
    "Rome": "CZ",
    "Curaçao": "NL",
    "Lima": "PE",
    "Porto": "PT",
    "Vienna": None,
    "Ivory Coast": None,
    "Turkey": None,
    "U.S.A.": None,
    "Deutschland": None,
}
assert pycountry.countries.get(alpha_2="NE").name == "Niger"
seen = {}
for name in EXPECTED:
    try:
        seen[name] = pycountry.countries.search_fuzzy(name)[0].alpha_2
    except LookupError:
        seen[name] = None
    print(f"{name} → {seen[name]}")
assert seen == EXPECTED, "the behavior has changed"
PY
