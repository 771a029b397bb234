#!/usr/bin/env bash
# SheetJS (npm xlsx 0.18.5) on Node.js, writing Date objects without cellDates
#
# Usual guess: new Date(2025, 2, 1), midnight of where the program runs, becomes the cell
# 1 March 2025, wherever that is; an error of zones would be a whole number of hours and
# show in all zones but UTC.
# Seen: right in UTC, Berlin and Amsterdam; 28 February 23:59:15 in Lisbon, 23:59:32 in São
# Paulo, ten seconds late in Kolkata. The serial number is counted from 1899 in local mean
# time, of which JavaScript's getTimezoneOffset tells whole minutes only: the seconds of the
# old local time stay in every cell, and where they are missing the day is one early.
# What follows for a reader: where all cells of a column have the same odd seconds close to
# midnight, days were meant; ask, and propose the next (or the same) day.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund xlsx@0.18.5
cat > write.js <<'JS'
const xlsx = require("xlsx");
const shown = [[2025, 2, 1], [2025, 6, 15]].map((day) => {
    const cell = xlsx.utils.aoa_to_sheet([[new Date(...day)]])["A1"];
    const seconds = Math.round(cell.v * 86400);
    return new Date((seconds - 25569 * 86400) * 1000).toISOString().slice(0, 19);
});
console.log(shown.join(" "));
JS
check() {
  local found
  found=$(TZ=$1 node write.js)
  printf '%-18s %s\n' "$1" "$found"
  [ "$found" = "$2" ] || { echo "the behavior has changed"; exit 1; }
}
check UTC "2025-03-01T00:00:00 2025-07-15T00:00:00"
check Europe/Berlin "2025-03-01T00:00:00 2025-07-15T00:00:00"
check Europe/Lisbon "2025-02-28T23:59:15 2025-07-14T23:59:15"
check America/Sao_Paulo "2025-02-28T23:59:32 2025-07-14T23:59:32"
check Asia/Kolkata "2025-03-01T00:00:10 2025-07-15T00:00:10"
