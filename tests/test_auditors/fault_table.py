"""Faults that were seen on real material, each as the wrong result that it had."""

from .faults_of_links import LINKS
from .faults_of_proof import PROOF
from .faults_of_records import RECORDS
from .faults_of_values import VALUES

FAULTS = (*VALUES, *RECORDS, *LINKS, *PROOF)

DROPPED = (
    ("a13", "rows with one key: the second never staged"),
    ("rows", "a row that the reader skipped"),
)
"""Rows that were not staged at all; ``fault_files.READING`` are those read wrongly."""

NOT_FOUND = (
    (
        "§1q",
        "a call that is still to be done became an hour of the calendar: no value is"
        " lost or wrong, it is what the mapping decided",
    ),
    (
        "§1r",
        "half of the contacts are companies in truth: nothing in the payload says so",
    ),
    (
        "§1ak",
        "a table or a relation that no connector reads, as further addresses and"
        " relations many to many were: there is no payload of it",
    ),
    (
        "§3j",
        "a price in the currency of an installation that no record names: nothing in"
        " the payload says so",
    ),
)
"""What verification cannot know."""
