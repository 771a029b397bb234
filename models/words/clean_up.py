"""What *Clean Up* says of the data of the source, and of what cannot be done without it."""

from odoo.tools.translate import LazyTranslate

_lt = LazyTranslate(__name__)

TO_COME = _lt(
    "%(count)s [[count|record that is|records that are]] still to be loaded "
    "[[count|keeps its|keep their]] data."
)

INVENTED = _lt(
    "The secret that people are invented with goes as well: then this migration can read "
    "nothing more."
)

OF_DATA = {
    "payloads": (
        _lt("What was read of each record, with samples"),
        _lt(
            "Then a change of the mapping no longer reaches what is loaded, nothing of it "
            "can be corrected here or drawn for a spot check, and a verification compares "
            "the converted values only; the account of all values stays as it is. Changes "
            "are still read and loaded: by what other records name it, that stays."
        ),
    ),
    "values": (
        _lt("The values that it was converted to"),
        _lt(
            "Only together with what was read. Then a verification no longer compares what "
            "is loaded, and data quality no longer counts it. Conflicts are still found: "
            "the links keep what was loaded."
        ),
    ),
    "conflicts": (
        _lt("The values of conflicts that are settled"),
        _lt("Who decided what, and when, stays. A rollback needs nothing of it."),
    ),
    "files": (
        _lt("The files of the source, and what was unpacked of them"),
        _lt(
            "Then Read Changes asks for newer files, and a verification does not look at "
            "them a second time."
        ),
    ),
    "corrections": (
        _lt("The workbooks for corrections"),
        _lt("Corrections that were taken over stay."),
    ),
    "credentials": (
        _lt("The credentials of the source"),
        _lt("Then they are to be entered again before anything is read."),
    ),
}
"""Key → (what it is, what can no longer be done)."""
