#!/usr/bin/env bash
# phonenumbers 9.0.43 (the library behind Odoo's phone_validation), numbers of contacts with
# a word or a second number behind them
#
# Usual guess: what is no telephone number raises NumberParseException or is not valid, so
# "parse, and keep the given text unless is_valid_number" cannot harm.
# Seen: a word of three letters or more behind a number is dialed as on a keypad ("Fax" is
# 329), two numbers become one; where subscriber numbers differ in length (Germany, Austria,
# Italy) the result is valid. Only a letter with an accent makes it an error: "Büro" is
# refused, "mobil" is 66245.
# What follows for a reader: format only what is one number and nothing else; look for
# letters and separators behind the first digits before asking the library.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install -q phonenumbers==9.0.43
venv/bin/python - <<'PY'
import phonenumbers

GIVEN = {
    "040 1234567": ("DE", "+49 40 1234567", True),
    "040 1234567 Fax": ("DE", "+49 40 1234567329", True),
    "030 123456 mobil": ("DE", "+49 30 12345666245", True),
    "030 123456 (abends)": ("DE", "+49 30 123456223637", True),
    "+43 1 58858 Lager": ("AT", "+43 1 5885852437", True),
    "06 1234 Anna": ("IT", "+39 06 1234 2662", True),
    "089 12345 / 089 12346": ("DE", "+49 89 1234508912346", True),
    "030 123456 od. 123457": ("DE", "+49 30 123456123457", True),
    "030 123456 Büro": ("DE", "NumberParseException", False),
}
seen = {}
for text, (region, *_expected) in GIVEN.items():
    try:
        number = phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException:
        seen[text] = (region, "NumberParseException", False)
    else:
        style = phonenumbers.PhoneNumberFormat.INTERNATIONAL
        shown = phonenumbers.format_number(number, style)
        seen[text] = (region, shown, phonenumbers.is_valid_number(number))
    print(f"{text:24} {seen[text]}")
assert seen == GIVEN, "the behavior has changed"
PY
