#!/usr/bin/env bash
# vcf (npm 2.1.2) writing the cards of an address book, which vobject (PyPI 0.9.9, that Odoo
# requires) reads
#
# Usual guess: a library that takes a name as a list of its five parts, and a note of several
# lines, escapes what separates parts and lines in a card (RFC 6350, 3.4).
# Seen: nothing is escaped. The surname "Wolf; Berg" is a surname and a first name, and "Anna"
# is a second name then; a semicolon in a street makes the rear house the town, the town the
# region and the postal code the country, and the country is gone. Line ends are left out,
# with no blank in their place: "Wants an offer", "Call again" is "Wants an offerCall again".
# A folder C:\new has a line end before "ew". No error, neither here nor in the reader.
# What follows for a reader: more than five parts of a name, or seven of an address, are such
# a semicolon; those with a blank before them belong to the part before. Where another reader
# was in between, a country that is a postal code tells. Nobody can part the lines of a note.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund vcf@2.1.2
python3 -m venv venv
venv/bin/pip install --quiet vobject==0.9.9
cat > write.js <<'JS'
const fs = require("fs");
const Card = require("vcf");
const card = new Card();
card.set("fn", "Anna Wolf; Berg");
card.set("n", ["Wolf; Berg", "Anna", "", "", ""]);
card.set("adr", ["", "", "Main Street 1; rear", "Ulm", "", "89073", "Germany"]);
card.set("note", "Wants an offer\nCall again: C:\\new");
const text = card.toString("3.0");
fs.writeFileSync("anna.vcf", text + "\r\n");
console.log(text.replaceAll("\r\n", "\n"));
JS
cat > read.py <<'PY'
from pathlib import Path

import vobject

card = vobject.readOne(Path("anna.vcf").read_bytes().decode())
name, place = card.n.value, card.adr.value
print("name", repr(name.family), repr(name.given), repr(name.additional))
print("place", [place.street, place.city, place.region, place.code, place.country])
print("note", repr(card.note.value))
PY
cat > expected.txt <<'TXT'
BEGIN:VCARD
VERSION:3.0
FN:Anna Wolf; Berg
N:Wolf; Berg;Anna;;;
ADR:;;Main Street 1; rear;Ulm;;89073;Germany
NOTE:Wants an offerCall again: C:\new
END:VCARD
name 'Wolf' ' Berg' 'Anna'
place ['Main Street 1', ' rear', 'Ulm', '', '89073']
note 'Wants an offerCall again: C:\new'
TXT
{ node write.js; venv/bin/python read.py; } | tee found.txt
diff found.txt expected.txt || { echo "the behavior has changed"; exit 1; }
