#!/usr/bin/env bash
# mailparser (npm 3.14.2), simpleParser, on the mails of an archive that goes into a CRM
#
# Usual guess: a date that cannot be read gives nothing, as a mail without a date does, or an
# error; the names of zones that old mail programs wrote (RFC 5322, 4.3) are read, or passed
# over as the standard asks.
# Seen: such a mail is from now: the moment at which it was parsed, with its milliseconds, and
# so is the header "date" that the library hands out. CET, CEST, BST and JST do that, where
# the American EST is read; so do names of months in other languages, and a line "Date:" with
# nothing behind it. 05.03.2014 is the 3rd of May. Only without the line there is no date.
# What follows for a reader: messages that are all from the day, or the minute, of an export
# have lost theirs: take the date from the last "Received", or leave it open. Compare the
# newest messages with the age of the customers that they are from.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund mailparser@3.14.2 2>/dev/null
cat > read.js <<'JS'
const { simpleParser } = require("mailparser");

const dates = [
    "Mon, 3 Mar 2014 10:00:00 +0100",
    "Mon, 3 Mar 2014 10:00:00 EST",
    "Mon, 3 Mar 2014 10:00:00 CET",
    "Mon, 3 Mar 2014 10:00:00 BST",
    "Mon, 3 Mar 2014 10:00:00 JST",
    "Seg, 3 Fev 2014 10:00:00 +0000",
    "05.03.2014 10:00:00",
    "",
    null,
];
(async () => {
    const begin = Date.now();
    for (const date of dates) {
        const line = date === null ? "" : `Date: ${date}\r\n`;
        const mail = await simpleParser(`From: ana@example.com\r\n${line}Subject: x\r\n\r\nHello\r\n`);
        const isNow = mail.date >= begin && mail.date <= Date.now();
        const told = mail.date ? mail.date.toISOString() : "none";
        console.log(`${date === null ? "(no line)" : date} → ${isNow ? "now" : told}`);
    }
})();
JS
cat > expected.txt <<'TXT'
Mon, 3 Mar 2014 10:00:00 +0100 → 2014-03-03T09:00:00.000Z
Mon, 3 Mar 2014 10:00:00 EST → 2014-03-03T15:00:00.000Z
Mon, 3 Mar 2014 10:00:00 CET → now
Mon, 3 Mar 2014 10:00:00 BST → now
Mon, 3 Mar 2014 10:00:00 JST → now
Seg, 3 Fev 2014 10:00:00 +0000 → now
05.03.2014 10:00:00 → 2014-05-03T10:00:00.000Z
 → now
(no line) → none
TXT
TZ=UTC node read.js | tee found.txt
diff found.txt expected.txt || { echo "the behavior has changed"; exit 1; }
