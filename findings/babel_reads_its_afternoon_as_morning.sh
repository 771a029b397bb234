#!/usr/bin/env bash
# Babel (PyPI 2.19.0, which Odoo requires), parse_time on the texts that its format_time writes
#
# Usual guess: the library knows the words of each language for the two halves of the day, for
# it writes them, and reads its own text back; what it cannot read is an error.
# Seen: it reads "am" and "pm" alone. Of 1147 locales 168 lose the afternoon: 3:30 p.m. of
# Canada and Mexico, 오후 3:30 of Korea, 下午3:30 of Taiwan, 3:30 μ.μ. of Greece come back as
# half past three at night, and a quarter past midnight as a quarter past noon. There is no
# error, mornings are right, and so are the United States, Australia and all with 24 hours.
# What follows for a reader: meetings and calls of a whole country that lie between one and
# twelve at night were read so. A time is read with the words of its language, or refused
# where a word stands beside it that nobody knows.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check babel==2.19.0 2>/dev/null
cat > read.py <<'PY'
import datetime

from babel.dates import format_time, parse_time
from babel.localedata import locale_identifiers

afternoon, night = datetime.time(15, 30), datetime.time(0, 15)
for locale in ("en_US", "en_CA", "es_MX", "es_CO", "el_GR", "ko_KR", "zh_TW", "ar_EG"):
    for given in (afternoon, night):
        text = format_time(given, "short", locale=locale)
        found = parse_time(text, locale=locale)
        print(locale, f"{given:%H:%M}", ascii(text), f"{found:%H:%M}")
locales, wrong = locale_identifiers(), 0
for locale in locales:
    text = format_time(afternoon, "short", locale=locale)
    wrong += parse_time(text, locale=locale) != afternoon
print(wrong, "of", len(locales), "locales lose the afternoon")
PY
cat > expected.txt <<'TXT'
en_US 15:30 '3:30\u202fPM' 15:30
en_US 00:15 '12:15\u202fAM' 00:15
en_CA 15:30 '3:30\u202fp.m.' 03:30
en_CA 00:15 '12:15\u202fa.m.' 12:15
es_MX 15:30 '3:30\u202fp.m.' 03:30
es_MX 00:15 '12:15\u202fa.m.' 12:15
es_CO 15:30 '3:30\u202fp.\u202fm.' 03:30
es_CO 00:15 '12:15\u202fa.\u202fm.' 12:15
el_GR 15:30 '3:30\u202f\u03bc.\u03bc.' 03:30
el_GR 00:15 '12:15\u202f\u03c0.\u03bc.' 12:15
ko_KR 15:30 '\uc624\ud6c4 3:30' 03:30
ko_KR 00:15 '\uc624\uc804 12:15' 12:15
zh_TW 15:30 '\u4e0b\u53483:30' 03:30
zh_TW 00:15 '\u51cc\u666812:15' 12:15
ar_EG 15:30 '3:30 \u0645' 03:30
ar_EG 00:15 '12:15 \u0635' 12:15
168 of 1147 locales lose the afternoon
TXT
venv/bin/python read.py | tee found.txt
diff found.txt expected.txt || { echo "the behavior has changed"; exit 1; }
