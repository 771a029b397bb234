#!/usr/bin/env bash
# Papa Parse (npm 5.7.1) finding out by itself what separates the columns of a short file
#
# Usual guess: a file of two columns, each line with just one semicolon, is a file with
# semicolons; whether its last line is closed by a line end makes no difference.
# Seen: with the line end, which nearly every program writes, the "line" behind it counts as
# one column, so that lines of two columns have fewer than 1.99 on the average. No separator
# is found then and the comma is taken: the customer is read together with half of the
# amount, and what follows the decimal comma is a surplus field. Without the line end, with
# ten lines or more (only ten are looked at), or with skipEmptyLines it is right. An error
# "UndetectableDelimiter" is in the list of errors; the rows are given all the same.
# What follows: lists of values, owners or opt-outs are short files of two columns. A tool
# that was written with this parser may have split them before they come to us, and our own
# reader must neither count the last line end nor the commas of amounts.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund papaparse@5.7.1
cat > read.js <<'JS'
const Papa = require("papaparse");
const lines = ["Firma;Umsatz", "Alpenblick GmbH;1250,50", "Kestrel AG;12000,00"];
const more = [...lines, ...Array.from({length: 9}, (_, n) => `Nummer ${n} KG;${n},10`)];
const show = (label, text, options = {}) => {
    const {data, meta, errors} = Papa.parse(text, {header: true, ...options});
    const codes = [...new Set(errors.map((error) => error.code))].sort().join(" ") || "-";
    console.log(label, meta.delimiter, JSON.stringify(data[0]), codes);
};
show("closed", lines.join("\r\n") + "\r\n");
show("open", lines.join("\r\n"));
show("long", more.join("\r\n") + "\r\n");
show("skipping", lines.join("\r\n") + "\r\n", {skipEmptyLines: true});
JS
cat > expected.txt <<'TXT'
closed , {"Firma;Umsatz":"Alpenblick GmbH;1250","__parsed_extra":["50"]} TooManyFields UndetectableDelimiter
open ; {"Firma":"Alpenblick GmbH","Umsatz":"1250,50"} -
long ; {"Firma":"Alpenblick GmbH","Umsatz":"1250,50"} TooFewFields
skipping ; {"Firma":"Alpenblick GmbH","Umsatz":"1250,50"} -
TXT
node read.js | tee found.txt
diff found.txt expected.txt || { echo "the behavior has changed"; exit 1; }
