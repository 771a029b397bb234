#!/usr/bin/env bash
# nameparser 1.1.3, full names of a CRM export that are split into first and last name
#
# Usual guess: the last word of a name is the last name, or at least it does not depend on
# how many words stand before it; a degree is written behind a comma, or with its dots.
# Seen: "Wei Ma" has the last name Ma. With a second given name the same person has none of
# that name any more: of "Li Wei Ma" and "Minh Anh Do" the last name becomes the suffix, as
# if it were a degree (M.A., D.O.), and a given name moves into its place. The same happens
# to "Kim Min Ho Pt" and to "Carlos Lopez I". A first name that is also an office vanishes
# from two words already: "Bishop Burns" has no first name.
# What follows for whoever splits names: compare the first and the last name with the words
# of the text, and leave a name whole where a suffix stands without a comma or a dot.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install -q nameparser==1.1.3
venv/bin/python - <<'PY'
from nameparser import HumanName

EXPECTED = {
    "Wei Ma": ("Wei", "", "Ma", ""),
    "Li Wei Ma": ("Li", "", "Wei", "Ma"),
    "Ma, Li Wei": ("Li", "Wei", "Ma", ""),
    "Anh Do": ("Anh", "", "Do", ""),
    "Minh Anh Do": ("Minh", "", "Anh", "Do"),
    "Kim Min Ho Pt": ("Kim", "Min", "Ho", "Pt"),
    "Carlos Lopez I": ("Carlos", "", "Lopez", "I"),
    "Bishop Burns": ("", "", "Burns", ""),
    "Dean Martin": ("Dean", "", "Martin", ""),
}
seen = {}
for text in EXPECTED:
    name = HumanName(text)
    seen[text] = (name.first, name.middle, name.last, name.suffix)
    print(f"{text:16} first {name.first!r}, last {name.last!r}, suffix {name.suffix!r}")
assert seen == EXPECTED, "the behavior has changed"
PY
