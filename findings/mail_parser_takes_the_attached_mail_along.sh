#!/usr/bin/env bash
# mail-parser (PyPI 4.8.0) on mails as an archive of customers' mail has them, beside Python's own
# email package
#
# Usual guess: "body" and "text_plain" are what the sender wrote; a mail that is attached is an
# attachment, with its text and its files inside. A subject over two lines is one line with
# a blank between them (RFC 5322, 2.2.3).
# Seen: the text of the attached mail stands in the body as if it were the sender's, behind
# what he wrote, and its files are attachments of the outer mail; the attachment itself is
# there as well. "We do not accept" is followed by the "We accept" of somebody else, months
# before. In a subject whose first line is encoded (any letter beyond ASCII) the words at the
# line's end grow together: "Angebot fürMill". No error.
# What follows for a reader: of a message that such a tool exported nobody can tell whose
# words the second part is; keep the original (.eml) beside the text, and look for subjects
# as keys of conversations with care: the answer may have the blank.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check mail-parser==4.8.0 2>/dev/null
cat > read.py <<'PY'
import email
import email.policy
from email.message import EmailMessage

import mailparser

offer = EmailMessage()
offer["From"], offer["Subject"] = "eva@example.com", "Offer"
offer["Date"] = "Wed, 01 Jan 2025 10:00:00 +0100"
offer.set_content("We accept.\n")
offer.add_attachment(b"%PDF-1.4", maintype="application", subtype="pdf", filename="terms.pdf")
answer = EmailMessage()
answer["From"], answer["To"] = "ana@example.com", "bo@example.com"
answer["Date"] = "Mon, 03 Mar 2025 10:00:00 +0100"
answer.set_content("We do not accept, see the mail attached.\n")
answer.add_attachment(offer, filename="offer.eml")
data = b"Subject: =?utf-8?q?Angebot_f=C3=BCr?=\r\n Mill\r\n" + answer.as_bytes()

mail = mailparser.parse_from_bytes(data)
found = {
    "subject": mail.subject,
    "text_plain": [text.strip() for text in mail.text_plain],
    "attachments": [each["filename"] for each in mail.attachments],
}
own = email.message_from_bytes(data, policy=email.policy.default)
found |= {
    "email, subject": own["Subject"],
    "email, text": own.get_body().get_content().strip(),
    "email, attachments": [each.get_filename() for each in own.iter_attachments()],
}
for name, value in found.items():
    print(f"{name}: {value}")
assert found == {
    "subject": "Angebot fürMill",
    "text_plain": ["We do not accept, see the mail attached.", "We accept."],
    "attachments": ["offer.eml", "terms.pdf"],
    "email, subject": "Angebot für Mill",
    "email, text": "We do not accept, see the mail attached.",
    "email, attachments": ["offer.eml"],
}, "the behavior has changed"
PY
venv/bin/python read.py
