#!/usr/bin/env bash
# price-parser 0.4.0 (PyPI) on amounts as exports of deals, invoices and credit notes have them
#
# Usual guess: what reads "12,5 € + tax" reads the sign of "-12.50" or the brackets of an
# accountant's "(1,234.56)" as well; else it gives nothing.
# Seen: both come out positive, so a credit note becomes an invoice and a discount a surcharge.
# "1.5M" is 1.5 and "1e5" is 1. The Swiss "1’234.50" with a typographic apostrophe is 1.
# What follows for a reader: signs, brackets, magnitudes and apostrophes are read by hand, and
# what cannot be read whole is asked for: a first part of a number is a wrong number.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check price-parser==0.4.0 2>/dev/null
cat > read.py <<'PY'
from price_parser import Price

for text in ("12,5 € + tax", "-12.50", "(1,234.56)", "1.5M", "1e5", "CHF 1’234.50"):
    print(text, "→", Price.fromstring(text).amount)
PY
cat > expected.txt <<'TXT'
12,5 € + tax → 12.5
-12.50 → 12.50
(1,234.56) → 1234.56
1.5M → 1.5
1e5 → 1
CHF 1’234.50 → 1
TXT
PYTHONIOENCODING=utf-8 venv/bin/python read.py | tee found.txt
diff found.txt expected.txt || { echo "the behavior has changed"; exit 1; }
