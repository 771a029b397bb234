#!/usr/bin/env bash
# vobject 0.9.9 (which Odoo requires) reading vCard 2.1, as Outlook and many telephones
# still export contacts; there a comma is a sign like any other, and long values go on
# behind a soft line break of quoted-printable
#
# Usual guess: a text comes as it was written; what cannot be read is an error, or with
# ignoreUnreadable a line that is left out.
# Seen: names, titles and notes end at their first comma, without a word; only a comma with
# a backslash, which version 2.1 does not write, stays. A note that does not fit into one
# line ends the whole file with a ParseError, also behind contacts that were read; with
# ignoreUnreadable it is cut at the break, and only allowQP=True (off by default) joins it.
# What follows for a reader: escape the commas of version 2.1 before vobject sees them, use
# allowQP, never ignoreUnreadable.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install -q vobject==0.9.9
venv/bin/python - <<'PY'
import logging

import vobject

logging.disable(logging.CRITICAL)
HEAD = "BEGIN:VCARD\r\nVERSION:2.1\r\nN:Lund;Bo\r\n"
QP = "NOTE;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:"
commas = f"{HEAD}FN:Bo Lund, Dr.\r\nTITLE:Head, Sales\r\nEND:VCARD\r\n"
escaped = commas.replace(",", "\\,")
long = f"{HEAD}FN:Bo\r\n{QP}Likes caf=C3=A9s and quiet =\r\nmornings\r\nEND:VCARD\r\n"


def read(text, **options):
    found = []
    try:
        for card in vobject.readComponents(text, **options):
            names = [n for n in ("fn", "title", "note") if n in card.contents]
            found.append([card.contents[name][0].value for name in names])
    except vobject.base.ParseError:
        found.append("ParseError")
    return found


seen = {
    "commas": read(commas),
    "escaped": read(escaped),
    "long note": read(commas + long + commas),
    "ignoreUnreadable": read(long, ignoreUnreadable=True),
    "allowQP": read(long, allowQP=True),
}
for name, found in seen.items():
    print(f"{name:17} {found}")
cut = ["Bo Lund", "Head"]
assert seen == {
    "commas": [cut],
    "escaped": [["Bo Lund, Dr.", "Head, Sales"]],
    "long note": [cut, "ParseError"],
    "ignoreUnreadable": [["Bo", "Likes cafés and quiet "]],
    "allowQP": [["Bo", "Likes cafés and quiet mornings"]],
}, "the behavior has changed"
PY
