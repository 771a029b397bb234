"""What coverage says of a value of the source."""

FIELD, NOTES, LEFT_OUT, UNACCOUNTED = "field", "notes", "left_out", "unaccounted"
KINDS = (FIELD, NOTES, LEFT_OUT, UNACCOUNTED)
"""The four parts of a coverage."""
