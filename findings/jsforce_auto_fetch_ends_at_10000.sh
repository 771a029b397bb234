#!/usr/bin/env bash
# jsforce 3.10.7 (npm), asked for 25,000 contacts with autoFetch; the server on the loopback
# answers 2,000 a page with a link to the next, as Salesforce's REST query does
#
# Usual guess: autoFetch follows the links to the end; a result that is not whole would be an
# error, or at least come without the total.
# Seen: it stops at 10,000 (its own default of maxFetch), without a word; totalSize says
# 25,000 beside 10,000 records, and "done" is false. By events ("record", "end") the end comes
# after 10,000 as well, where nothing but the total tells. maxFetch above the total helps.
# What follows for a reader: an export of exactly 10,000 rows (or 2,000, without autoFetch)
# was cut: say so, and ask for the number that the source counts.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund jsforce@3.10.7 2>/dev/null
cat > ask.js <<'JS'
const http = require("http");
const jsforce = require("jsforce");
const TOTAL = 25000, PAGE = 2000;
const server = http.createServer((request, response) => {
    const next = request.url.match(/\/query\/01g-(\d+)$/);
    const start = next ? Number(next[1]) : 0;
    const count = Math.min(PAGE, TOTAL - start);
    const records = Array.from({length: count}, (_, place) => ({
        attributes: {type: "Contact"}, Id: String(start + place),
    }));
    const done = start + count >= TOTAL;
    const link = done ? {} : {nextRecordsUrl: `/services/data/v50.0/query/01g-${start + count}`};
    response.setHeader("Content-Type", "application/json");
    response.end(JSON.stringify({totalSize: TOTAL, done, records, ...link}));
});
server.listen(0, "127.0.0.1", async () => {
    const instanceUrl = `http://127.0.0.1:${server.address().port}`;
    const connection = new jsforce.Connection({instanceUrl, accessToken: "t", version: "50.0"});
    const soql = "SELECT Id FROM Contact";
    const told = (name, found) =>
        console.log(name, found.records.length, "of", found.totalSize, "done:", found.done);
    told("plain", await connection.query(soql));
    told("autoFetch", await connection.query(soql, {autoFetch: true}));
    told("maxFetch", await connection.query(soql, {autoFetch: true, maxFetch: 100000}));
    let events = 0;
    const query = connection.query(soql).on("record", () => { events += 1; });
    await new Promise((ended) => { query.on("end", ended).run({autoFetch: true}); });
    console.log("events", events);
    server.close();
});
JS
cat > expected.txt <<'TXT'
plain 2000 of 25000 done: false
autoFetch 10000 of 25000 done: false
maxFetch 25000 of 25000 done: true
events 10000
TXT
node ask.js | tee found.txt
diff found.txt expected.txt || { echo "the behavior has changed"; exit 1; }
