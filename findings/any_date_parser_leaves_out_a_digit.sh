#!/usr/bin/env bash
# any-date-parser (npm 2.2.4), fromString, on days and moments of an export
#
# Usual guess: "31/12/2024" read as American is no day, or is December 31 all the same, for
# there is no month 31; a moment that says its zone ("Z", "+02:00") is that instant on any
# machine.
# Seen: the digits are shared out anew until they make a day. As American, 31/12/2024 is
# January 12, 13/05/2024 March 5 and 29/02/2024 September 2, while 30/06/2024 is right. As
# British, the American 12/31/2024 is March 12. An amount, "1.234,56", is a day of 1956.
# Nothing is invalid. Where a moment says its zone, the distance of the machine from UTC is
# taken off as well: the same text is an hour early in Berlin, even with "Z", and five hours
# late in New York; it is right on a server in UTC.
# What follows for a reader: days behind the 12th that are all days of other months went
# through such a tool; no exchange of day and month and no other time zone mends them, as a
# digit is gone. Read the file before it, or take the day as no day.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund any-date-parser@2.2.4 2>/dev/null
cat > days.mjs <<'JS'
import parser from "any-date-parser";
for (const [locale, text] of [
    ["en-US", "31/12/2024"], ["en-US", "13/05/2024"], ["en-US", "29/02/2024"],
    ["en-US", "30/06/2024"], ["en-GB", "12/31/2024"], ["en-GB", "1.234,56"],
]) {
    const found = parser.fromString(text, locale);
    console.log(locale, text, found.isValid() ? found.toISOString().slice(0, 10) : "invalid");
}
JS
cat > moments.mjs <<'JS'
import parser from "any-date-parser";
for (const text of [
    "2024-03-01T10:00:00Z", "2024-03-01T10:00:00+02:00", "2024-03-01 10:00 EST",
]) {
    const found = parser.fromString(text, "en-US");
    console.log(process.env.TZ, text, "in UTC", found.toISOString().slice(11, 16));
}
JS
cat > expected.txt <<'TXT'
en-US 31/12/2024 2024-01-12
en-US 13/05/2024 2024-03-05
en-US 29/02/2024 2024-09-02
en-US 30/06/2024 2024-06-30
en-GB 12/31/2024 2024-03-12
en-GB 1.234,56 1956-02-01
UTC 2024-03-01T10:00:00Z in UTC 10:00
UTC 2024-03-01T10:00:00+02:00 in UTC 08:00
UTC 2024-03-01 10:00 EST in UTC 15:00
Europe/Berlin 2024-03-01T10:00:00Z in UTC 09:00
Europe/Berlin 2024-03-01T10:00:00+02:00 in UTC 07:00
Europe/Berlin 2024-03-01 10:00 EST in UTC 14:00
America/New_York 2024-03-01T10:00:00Z in UTC 15:00
America/New_York 2024-03-01T10:00:00+02:00 in UTC 13:00
America/New_York 2024-03-01 10:00 EST in UTC 20:00
TXT
(
  TZ=UTC node days.mjs
  for zone in UTC Europe/Berlin America/New_York; do TZ=$zone node moments.mjs; done
) | tee found.txt
diff found.txt expected.txt || { echo "the behavior has changed"; exit 1; }
