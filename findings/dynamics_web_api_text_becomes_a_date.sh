#!/usr/bin/env bash
# dynamics-web-api (npm 2.5.0) reading rows of Dataverse whose text columns hold a moment as text
#
# Usual guess: the client gives what the Web API gives: the value of a text column (name,
# description, a code, a log that an integration wrote) is that text, and only columns of the
# type DateTime may become dates, for the metadata tells which these are.
# Seen: whatever string of the answer has the form YYYY-MM-DDTHH:MM:SSZ becomes a Date, of
# whatever column. Written on as JSON the text has milliseconds that nobody entered; a text of
# that form that is no moment at all ("2024-13-45T99:00:00Z", a code with digits) becomes
# another day of another year without an error. A column of the type Date Only stays a string,
# so that two columns of days in one row have two types.
# What follows for a reader: an export written by a program on top of this client may hold
# moments where the organization has text; with ".000Z" in a column of text, ask the source.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund dynamics-web-api@2.5.0
cat > read.js <<'JS'
const http = require("http");
const {DynamicsWebApi} = require("dynamics-web-api");
const row = {
    name: "2024-05-01T10:00:00Z",
    accountnumber: "2024-13-45T99:00:00Z",
    description: "Called 2024-05-01T10:00:00Z",
    createdon: "2024-05-01T10:00:00Z",
    lastusedincampaign: "2024-05-01",
};
const server = http.createServer((request, response) => {
    response.setHeader("Content-Type", "application/json");
    response.end(JSON.stringify({value: [row]}));
});
server.listen(0, "127.0.0.1", async () => {
    const api = new DynamicsWebApi({
        serverUrl: `http://127.0.0.1:${server.address().port}`,
        dataApi: {version: "9.2"},
    });
    const found = await api.retrieveMultiple({collection: "accounts"});
    for (const [name, value] of Object.entries(found.value[0])) {
        const kind = value instanceof Date ? "Date" : typeof value;
        console.log(name, kind, JSON.stringify(value));
    }
    server.close();
});
JS
cat > expected.txt <<'TXT'
name Date "2024-05-01T10:00:00.000Z"
accountnumber Date "2025-02-18T03:00:00.000Z"
description string "Called 2024-05-01T10:00:00Z"
createdon Date "2024-05-01T10:00:00.000Z"
lastusedincampaign string "2024-05-01"
TXT
TZ=UTC node read.js | tee found.txt
diff found.txt expected.txt || { echo "the behavior has changed"; exit 1; }
