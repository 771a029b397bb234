#!/usr/bin/env bash
# xlsx2csv (PyPI 0.8.6) making CSV of a workbook whose number formats have words, as those of
# exports of deals, hours and terms do
#
# Usual guess: of a number there is the value, or the text that the sheet shows (1,234.56 USD).
# Seen: where a word of the format has a letter d, h, m, s or y, it is taken for the format of
# a day: the cell holds the format's own signs with a day in it, `#,##0.00 "us18"` for
# 1,234.56 USD, and the number is nowhere. CHF suffers, EUR and [$USD] do not. A share of
# 12.345 % is "12%", rounded as it is shown, and 42 hours under [h]:mm:ss are "18:00", while
# 36 hours under [h]:mm are "1.5". No error, and an exit status of 0.
# What follows for a reader: a column of texts with "us18" has no amounts; ask for the
# workbook. Where the currency is part of a cell's format, the number and the format are
# read apart from each other.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check xlsx2csv==0.8.6 \
  XlsxWriter==3.2.9 2>/dev/null
cat > write.py <<'PY'
import xlsxwriter

CELLS = [
    (1234.56, '#,##0.00 "USD"'), (1234.56, '#,##0.00 "CHF"'), (1234.56, '#,##0.00 "EUR"'),
    (1234.56, "#,##0.00 [$USD]"), (7.5, '0.0 "h"'), (36, '0 "days"'), (0.12345, "0%"),
    (1.75, "[h]:mm:ss"), (1.5, "[h]:mm"),
]
with xlsxwriter.Workbook("deals.xlsx") as book:
    sheet = book.add_worksheet()
    for row, (number, code) in enumerate(CELLS):
        sheet.write_string(row, 0, code.replace('"', "'"))
        sheet.write_number(row, 1, number, book.add_format({"num_format": code}))
PY
cat > expected.txt <<'TXT'
"#,##0.00 'USD'","#,##0.00 ""us18"""
"#,##0.00 'CHF'","#,##0.00 ""c01f"""
"#,##0.00 'EUR'",1234.56
"#,##0.00 [$USD]",1234.56
0.0 'h',"0.0 ""12"""
0 'days',"0 ""04ays"""
0%,12%
[h]:mm:ss,18:00
[h]:mm,1.5
TXT
venv/bin/python write.py
venv/bin/xlsx2csv deals.xlsx | tee found.txt
diff found.txt expected.txt || { echo "the behavior has changed"; exit 1; }
