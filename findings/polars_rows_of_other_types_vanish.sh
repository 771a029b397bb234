#!/usr/bin/env bash
# polars (PyPI 2.1.0) with fastexcel 0.21.0, read_excel, on a workbook of 252 customers; the last
# two have texts where the others have numbers and days
#
# Usual guess: a column of numbers and texts is one of texts, or the reader says that a cell
# does not fit; every row is there, whatever is in it.
# Seen: types are those of the first 100 rows, and a later cell of another type is empty: the
# telephone number with its plus sign, the day that somebody typed as text, the customer's
# number with a letter. A row of which no cell fits is no row any more: 251 customers are
# read. Nothing is said, and with infer_schema_length=None all are there.
# What follows for a reader: where a script of this kind stood between the CRM and the file,
# compare the number of rows with the workbook's; columns that are filled to some row and
# have holes behind it are worth a look, and so are numbers of which none has a plus.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check polars==2.1.0 \
  fastexcel==0.21.0 XlsxWriter==3.2.9 2>/dev/null
cat > read.py <<'PY'
import datetime

import polars
import xlsxwriter

COUNT = 250

with xlsxwriter.Workbook("customers.xlsx") as book:
    sheet = book.add_worksheet()
    day = book.add_format({"num_format": "dd.mm.yyyy"})
    sheet.write_row(0, 0, ["Number", "Phone", "Last call"])
    for row in range(1, COUNT + 1):
        sheet.write_row(row, 0, [row, 493012340000 + row])
        sheet.write_datetime(row, 2, datetime.datetime(2024, 3, 1), day)
    sheet.write_row(COUNT + 1, 0, [COUNT + 1, "+43 1 5123456", "03.04.2024"])
    sheet.write_row(COUNT + 2, 0, ["A-17", "+43 1 7654321", "05.04.2024"])

for options in ({}, {"infer_schema_length": None}):
    table = polars.read_excel("customers.xlsx", **options)
    print(options, table.height)
    for row in table.rows()[-2:]:
        print("  ", row)
PY
cat > expected.txt <<'TXT'
{} 251
   (250, 493012340250, datetime.date(2024, 3, 1))
   (251, None, None)
{'infer_schema_length': None} 252
   ('251', '+43 1 5123456', '03.04.2024')
   ('A-17', '+43 1 7654321', '05.04.2024')
TXT
venv/bin/python read.py | tee found.txt
diff found.txt expected.txt || { echo "the behavior has changed"; exit 1; }
