#!/usr/bin/env bash
# csvkit 2.2.0 (agate 1.14.2), sorting a CSV export before it is imported elsewhere
#
# Usual guess: csvsort puts lines into another order; of the values, at most leading zeros
# and empty words suffer.
# Seen: every column is read as a type and written from it. A time of day is a duration of
# minutes and seconds (09:30 comes out as 0:09:30, nine and a half minutes), a name of a
# month is a day of the year 1 ("may" as a reply becomes 0001-05-01), decimals with a comma
# lose it (1,5 becomes 15, but 1.234,5 becomes 1.2345), percent signs go.
# What follows for a reader: a column of times that all begin with "0:", or of days in the
# year 1, went through such a tool; ask for the file as the CRM wrote it. Whoever uses it
# needs --no-inference.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install -q csvkit==2.2.0 agate==1.14.2
cat > given.csv <<'CSV'
name,opens,reply,hours,discount
Bakery,09:30,may,"1,5",5%
Depot,17:45,,"1.234,5",12%
CSV
cat > expected.csv <<'CSV'
name,opens,reply,hours,discount
Bakery,0:09:30,0001-05-01,15,5
Depot,0:17:45,,1.2345,12
CSV
venv/bin/csvsort -c name given.csv | tee found.csv
diff found.csv expected.csv || { echo "the behavior has changed"; exit 1; }
venv/bin/csvsort --no-inference -c name given.csv | diff - given.csv ||
  { echo "the behavior has changed"; exit 1; }
