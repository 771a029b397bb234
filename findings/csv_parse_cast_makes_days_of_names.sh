#!/usr/bin/env bash
# csv-parse (npm 7.0.3) with the options cast and cast_date on an export of a CRM
#
# Usual guess: "cast" makes numbers of what is a number and "cast_date" days of what is a day;
# names, codes and telephone numbers stay the texts that they are.
# Seen: a name that ends in a number up to 12 is a day of 2001: "Suite 5" is May 1, "Apollo 11"
# November 1, "Room 12" December 1; "Room 13" stays. Codes too: "A-7" is July 1, "1-2" January 2. A
# telephone number loses its plus sign and a postal code its zero, for both are numbers then,
# and a note "1e5" is 100000. "true" stays a text.
# What follows: files that went through a script with these options hold such days in columns
# of names: 2001 in a company's name, and midnight of the script's zone in UTC, so that the
# day may be the last of the month before. Nothing in the file tells; the original does.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund csv-parse@7.0.3
cat > read.mjs <<'JS'
import { parse } from "csv-parse/sync";
const text = [
    "name,code,phone,zip,note,active",
    "Suite 5,1-2,+351211234567,01069,1e5,true",
    "Apollo 11,12-2024,030 123,4200-072,call,false",
    "Room 12,A-7,,,,",
    "Room 13,0012,,,,",
].join("\n");
for (const row of parse(text, { columns: true, cast: true, cast_date: true })) {
    console.log(JSON.stringify(row));
}
JS
cat > expected.txt <<'TXT'
{"name":"2001-05-01T00:00:00.000Z","code":"2001-01-02T00:00:00.000Z","phone":351211234567,"zip":1069,"note":100000,"active":"true"}
{"name":"2001-11-01T00:00:00.000Z","code":"12-2024","phone":"030 123","zip":"4200-072","note":"call","active":"false"}
{"name":"2001-12-01T00:00:00.000Z","code":"2001-07-01T00:00:00.000Z","phone":"","zip":"","note":"","active":""}
{"name":"Room 13","code":12,"phone":"","zip":"","note":"","active":""}
TXT
TZ=UTC node read.mjs | tee found.txt
diff found.txt expected.txt || { echo "the behavior has changed"; exit 1; }
