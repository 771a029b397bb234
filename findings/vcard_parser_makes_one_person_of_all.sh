#!/usr/bin/env bash
# vcard-parser (npm 1.0.0) on an address book of two people, as telephones and mail programs
# export it, and on a note that is folded; beside it vcf (npm 2.1.2)
#
# Usual guess: a file of several cards gives a list, or an error, or the first of them; each
# number belongs to the person in whose card it stands.
# Seen: one object comes back, with the names of all and the numbers of all. Nothing tells
# whose a number is: where Anna has none, Bo's number is the first, as Anna's name is. The
# blank at which a line was folded is lost (RFC 6350, 3.2, takes away one of two), so that
# words grow together; of the folder C:\new the "n" is a line end. vcf gives two people and
# the blank, and leaves each backslash doubled.
# What follows for a reader: contacts whose numbers are those of another one, some people
# further up or down, came through such a reader, and cannot be put right without the file.
# Count the cards (BEGIN:VCARD) and the people.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund vcard-parser@1.0.0 vcf@2.1.2 2>/dev/null
cat > read.js <<'JS'
const parser = require("vcard-parser");
const vcf = require("vcf");
const card = (...lines) =>
    ["BEGIN:VCARD", "VERSION:3.0", ...lines, "END:VCARD", ""].join("\r\n");
const values = (read) => JSON.stringify(read.map(({ value }) => value));
const text = (one) => one.valueOf();
const book = card("N:Wolf;Anna;;;", "FN:Anna Wolf")
    + card("N:Meier;Bo;;;", "FN:Bo Meier", "TEL:+49 30 1234567");
const all = parser.parse(book);
console.log("names", values(all.fn), "phones", values(all.tel));
const notes = ["NOTE:We shall not", "  deliver before May", "NOTE:C:\\\\new\\\\plans"];
const noted = card("N:Wolf;Anna;;;", "FN:Anna Wolf", ...notes);
console.log("notes", values(parser.parse(noted).note));
console.log("vcf", JSON.stringify(vcf.parse(book).map((one) => text(one.get("fn")))));
console.log("vcf", JSON.stringify(vcf.parse(noted)[0].get("note").map(text)));
JS
cat > expected.txt <<'TXT'
names ["Anna Wolf","Bo Meier"] phones ["+49 30 1234567"]
notes ["We shall notdeliver before May","C:\\\new\\\\plans"]
vcf ["Anna Wolf","Bo Meier"]
vcf ["We shall not deliver before May","C:\\\\new\\\\plans"]
TXT
node read.js | tee found.txt
diff found.txt expected.txt || { echo "the behavior has changed"; exit 1; }
