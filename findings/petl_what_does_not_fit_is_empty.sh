#!/usr/bin/env bash
# petl (PyPI 1.7.30) cleaning an export of deals before it is imported elsewhere
#
# Usual guess: convert(table, "amount", float) raises an error at "1,5", as float() does, or
# keeps the text; what is no number is not less than one.
# Seen: whatever the conversion refuses is None, without an error: amounts with a comma or a
# currency and days that are written in another way are empty cells of the CSV file that is
# written. selectlt() finds these amounts below any other. What has no key is equal:
# join() and leftjoin() bring None to None, so that contacts without a company get the town
# of a company that lacks its number. convertnumbers() makes the accountant's minus,
# "(1250.50)", a complex number, which the file has as (1250.5+0j).
# What follows for a reader: empty amounts beside others without cents are perhaps no empty
# amounts; count the filled cells of a column in the source. Whoever uses it needs
# failonerror=True, and takes out the rows without a key before a join.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet petl==1.7.30
cat > clean.py <<'PY'
import petl

petl.tocsv(
    [
        ["deal", "amount", "day"],
        ["Alpha", "1250.50", "2024-03-01"],
        ["Beta", "1,5", "01.03.2024"],
        ["Gamma", "900 EUR", "2024-03-02"],
    ],
    "deals.csv",
)
deals = petl.fromcsv("deals.csv")
clean = petl.convert(deals, {"amount": float, "day": petl.dateparser("%Y-%m-%d")})
for row in clean:
    print(*row, sep="|")
print("less than 100:", *petl.values(petl.selectlt(clean, "amount", 100), "deal"))
try:
    list(petl.convert(deals, "amount", float, failonerror=True))
except ValueError as error:
    print("failonerror:", type(error).__name__)
contacts = [["contact", "number"], ["Anna", None], ["Bo", 7]]
companies = [["number", "town"], [7, "Ulm"], [None, "Bern"]]
for row in petl.leftjoin(contacts, companies, key="number"):
    print(*row, sep="|")
petl.tocsv(petl.convertnumbers([["amount"], ["(1250.50)"]]), "numbers.csv")
for row in petl.fromcsv("numbers.csv"):
    print(*row, sep="|")
PY
cat > expected.txt <<'TXT'
deal|amount|day
Alpha|1250.5|2024-03-01
Beta|None|None
Gamma|None|2024-03-02
less than 100: Beta Gamma
failonerror: ValueError
contact|number|town
Anna|None|Bern
Bo|7|Ulm
amount
(1250.5+0j)
TXT
venv/bin/python clean.py | tee found.txt
diff found.txt expected.txt || { echo "the behavior has changed"; exit 1; }
