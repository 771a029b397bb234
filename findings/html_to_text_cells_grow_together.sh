#!/usr/bin/env bash
# html-to-text (npm 10.0.1), and mailparser (npm 3.14.2), which makes a mail's text by it
#
# Usual guess: plain text of an offer has its words and figures; a table loses its lines, and
# there is a blank or a tab between two cells at least.
# Seen: cells grow together: "1" piece beside "200" is 1200, "12" beside "350" 12350. Rows
# have no line ends either: a whole table is one word. Headings are in capitals, and the
# names of companies in them ("ß" is "SS" then, which nobody turns back). simpleParser of
# mailparser gives just this as "text" of a mail that has HTML alone; only its "html" is
# whole. Cells stand apart where a caller asks for the format "dataTable".
# What follows for a reader: a figure in the body of a message or note that came as plain
# text from such a tool may be two; take the HTML where the source still has it. Whoever
# makes text of HTML puts a blank between cells.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund html-to-text@10.0.1 mailparser@3.14.2 2>/dev/null
cat > read.mjs <<'JS'
import { convert } from "html-to-text";
import { simpleParser } from "mailparser";
const offer = "<h2>Straße GmbH</h2><table>"
    + "<tr><th>Item</th><th>Pieces</th><th>Price</th></tr>"
    + "<tr><td>Gate</td><td>1</td><td>200</td></tr>"
    + "<tr><td>Gutter</td><td>12</td><td>350</td></tr></table>";
const mail = ["From: a@example.org", "Subject: Offer", "MIME-Version: 1.0",
    "Content-Type: text/html; charset=utf-8", "", offer, ""].join("\r\n");
console.log("text", JSON.stringify(convert(offer)));
console.log("mail", JSON.stringify((await simpleParser(mail)).text));
const selectors = [{ selector: "table", format: "dataTable" }];
console.log("asked", JSON.stringify(convert(offer, { selectors })));
JS
cat > expected.txt <<'TXT'
text "STRASSE GMBH\n\nItemPiecesPriceGate1200Gutter12350"
mail "STRASSE GMBH\n\nItemPiecesPriceGate1200Gutter12350"
asked "STRASSE GMBH\n\nITEM     PIECES   PRICE\nGate     1        200\nGutter   12       350"
TXT
node read.mjs | tee found.txt
diff found.txt expected.txt || { echo "the behavior has changed"; exit 1; }
