"""The kinds of runs, the phases of each, and which of their states are alive."""

KINDS = [
    ("discover", "Discovery"),
    ("extract", "Extraction"),
    ("transform", "Preparation"),
    ("dry_run", "Dry Run"),
    ("load", "Load"),
    ("fetch", "Fetch"),
    ("verify", "Verification"),
    ("rollback", "Rollback"),
]


PHASES_OF_KIND = {
    "discover": ("discover",),
    "extract": ("extract", "profile", "transform", "match", "compare"),
    "transform": ("transform", "match", "compare"),
    "dry_run": ("transform", "dry_run"),
    "load": ("transform", "prepare", "load", "link", "settle", "archive"),
    # Within a request, behind the reading of but one record.
    "fetch": ("transform", "match", "compare"),
    "verify": ("verify", "reread", "cover"),
    "rollback": ("rollback",),
}


ALIVE = ("running", "waiting", "paused", "blocked")


SIGNED = ("load",)
"""Kinds of runs that write into Odoo what was signed."""
