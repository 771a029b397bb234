#!/usr/bin/env bash
# email-reply-parser 0.5.12 (PyPI), parse_reply: what importers of support mail keep of it
#
# Usual guess: quoted text and signatures go; in doubt too much stays. A mail that answers
# nothing and quotes nothing stays whole.
# Seen: a last paragraph whose lines begin with a hyphen and no blank, a list of what is
# needed, is a signature and goes. A mail whose text begins with "From:" or with "On …
# wrote:" as a sentence is all quotation: nothing is left of it.
# What follows for a reader: where a ticket has an empty or a short text, keep the whole mail
# beside it; never store only what such a cutter leaves.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install -q email-reply-parser==0.5.12
venv/bin/python - <<'PY'
from email_reply_parser import EmailReplyParser

EXPECTED = {
    "Please send offers for\n\n-Roof of the depot\n-Gutter\n": "Please send offers for",
    "Please send offers for\n\n- Roof of the depot\n- Gutter\n": (
        "Please send offers for\n\n- Roof of the depot\n- Gutter"
    ),
    "From: what I see, the roof leaks.\nCome on Monday.\n": "",
    "On Monday Anna wrote:\nwe cannot deliver before May.\nWhat now?\n": "",
}
seen = {}
for mail in EXPECTED:
    seen[mail] = EmailReplyParser.parse_reply(mail)
    print(f"{mail!r}\n  → {seen[mail]!r}")
assert seen == EXPECTED, "the behavior has changed"
PY
