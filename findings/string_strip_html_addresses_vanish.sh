#!/usr/bin/env bash
# string-strip-html (npm 13.7.6) making plain text of notes and messages
#
# Usual guess: tags go, and what a reader of the page sees stays; a "<" that is written as
# &lt; is no tag, which is what it is written so for.
# Seen: the entities are undone first, and what comes of them is taken for tags: "Anna Wolf
# &lt;anna@example.org&gt;", as each quoted mail has it, is "Anna Wolf"; two recipients are
# a comma; a link in angle brackets and a placeholder like &lt;name of customer&gt; are
# nothing. "Price < 500 and size > 20" and "<50000>" stay, so that a trial with figures
# shows nothing. The option skipHtmlDecoding keeps the words, with "&lt;" in them.
# What follows for a reader: messages with "From:" and a name and no address, or with "To:"
# and commas, lost them on the way; take the HTML. Whoever turns HTML into text finds the
# tags first and undoes the entities in what is left.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund string-strip-html@13.7.6 2>/dev/null
cat > read.mjs <<'JS'
import { stripHtml } from "string-strip-html";
for (const html of [
    "<p>From: Anna Wolf &lt;anna@example.org&gt;</p><p>Please call.</p>",
    "<p>To: &lt;bo@example.org&gt;, &lt;eva@example.org&gt;</p>",
    "<p>Valid until May: &lt;https://example.org/offer&gt;</p>",
    "<p>Dear &lt;name of customer&gt;</p>",
    "<p>Price &lt; 500 and size &gt; 20, &lt;50000&gt;</p>",
]) {
    console.log("result", JSON.stringify(stripHtml(html).result));
    const { result } = stripHtml(html, { skipHtmlDecoding: true });
    console.log("asked ", JSON.stringify(result));
}
JS
cat > expected.txt <<'TXT'
result "From: Anna Wolf Please call."
asked  "From: Anna Wolf &lt;anna@example.org&gt; Please call."
result "To: ,"
asked  "To: &lt;bo@example.org&gt;, &lt;eva@example.org&gt;"
result "Valid until May:"
asked  "Valid until May: &lt;https://example.org/offer&gt;"
result "Dear"
asked  "Dear &lt;name of customer&gt;"
result "Price < 500 and size > 20, <50000>"
asked  "Price &lt; 500 and size &gt; 20, &lt;50000&gt;"
TXT
node read.mjs | tee found.txt
diff found.txt expected.txt || { echo "the behavior has changed"; exit 1; }
